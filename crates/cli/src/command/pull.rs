use std::path::PathBuf;

use rhumb_action::{Pull, Pulled};

use super::{underscore, verify};
use crate::argument::{ChartArgs, Format, Switch};
use crate::context::{Context, block_on};
use crate::error::Error;

/// Download charts
///
/// A chart of a registry is written as NAME-VERSION.tgz, and compared with its digest before that. It is named by
/// tag, by a range of versions or by digest; without any of these the newest version is meant. What was
/// downloaded before comes from the cache.
///
/// REPOSITORY/CHART is found by the index of a chart repository, and with --repo at the address of one; the address of
/// an archive is taken as it is.
#[derive(Debug, clap::Args)]
#[command(alias = "fetch", after_help = EXAMPLES)]
pub(crate) struct PullArgs {
    /// Charts, such as `oci://ghcr.io/acme/charts/web:1.2.3` or `REPOSITORY/web`
    #[arg(value_name = "[chart URL | repo/chartname] [...]", num_args = 1.., required = true, value_hint = clap::ValueHint::Url)]
    charts: Vec<String>,

    #[command(flatten)]
    chart: ChartArgs,

    /// Folder to write to; --untardir is below it
    #[arg(short, long, default_value = ".")]
    destination: PathBuf,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,

    /// Download the provenance file, too, without a look at it
    #[arg(long)]
    prov: Switch,

    /// Unpack the chart in place of writing its archive
    #[arg(long)]
    untar: Switch,

    /// Folder to unpack in, below --destination
    #[arg(long, default_value = ".")]
    untardir: PathBuf,
}

const EXAMPLES: &str = "  {program} pull oci://ghcr.io/acme/charts/web --version '^1.2'

  {program} pull oci://ghcr.io/acme/charts/web@sha256:… --destination charts

  {program} pull web --repo https://charts.example.com --version 1.2.3";

pub(crate) fn run(args: PullArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let PullArgs { charts, chart, destination, output, prov, untar, untardir } = args;
    let client = context.client(&chart.connection, &chart.credential)?;
    for name in charts {
        let request = Pull {
            source: chart.source(name, context)?,
            destination: destination.clone(),
            provenance: prov.on(),
            unpack: untar.on().then(|| untardir.clone()),
        };
        let pulled = block_on(client.pull(&request))??;
        print(&pulled, output, context)?;
    }
    Ok(())
}

fn print(pulled: &Pulled, output: Format, context: &mut Context<'_>) -> Result<(), Error> {
    if output == Format::Json {
        return context.print_json(pulled);
    }
    // As in Helm, nothing is said of what is in no registry.
    if pulled.is_artifact {
        let Pulled { reference, digest, .. } = pulled;
        context.print(format_args!("Pulled: {reference}"))?;
        context.print(format_args!("Digest: {digest}"))?;
        if reference.contains('_') {
            context.print(underscore::note(reference))?;
        }
    }
    pulled.signed.as_ref().map_or(Ok(()), |signed| verify::print(signed, context))
}
