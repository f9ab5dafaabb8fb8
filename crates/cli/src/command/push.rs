use std::path::PathBuf;

use clap::ValueEnum;
use rhumb_action::{Existing, Push, PushOutcome, Pushed};

use super::underscore;
use crate::argument::{ConnectionArgs, CredentialArgs, Format};
use crate::context::{Context, block_on};
use crate::error::Error;

/// Upload charts to a registry
///
/// A chart is an archive, or a folder, which is packed on the way. It is stored below the place that is
/// given, under its own name, and its version is the tag: web 1.2.3 pushed to `oci://ghcr.io/acme/charts`
/// becomes `oci://ghcr.io/acme/charts/web:1.2.3`. A provenance file beside an archive goes with it.
///
/// Several charts may be given before the place. A chart that is there already, byte for byte, is not
/// uploaded again; a folder that has not changed always packs to the same bytes.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PushArgs {
    /// Archives or folders of charts
    #[arg(value_name = "[chart]", num_args = 1.., required = true, value_hint = clap::ValueHint::AnyPath)]
    charts: Vec<PathBuf>,

    /// Place to put them below, such as `oci://ghcr.io/acme/charts`
    #[arg(value_name = "[remote]", required = true, value_hint = clap::ValueHint::Url)]
    remote: String,

    #[command(flatten)]
    connection: ConnectionArgs,

    #[command(flatten)]
    credential: CredentialArgs,

    /// What to do if the tag is there with something else (overwrite, skip, fail)
    #[arg(long, value_name = "string", default_value = "overwrite")]
    if_exists: IfExists,

    /// Store the chart under another name than its own
    #[arg(long)]
    name: Option<String>,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,

    /// Store the chart under another tag than its version
    #[arg(long)]
    tag: Option<String>,
}

const EXAMPLES: &str = "  {program} push web-1.2.3.tgz oci://ghcr.io/acme/charts

  {program} push ./web ./db oci://localhost:5000/charts --plain-http

  {program} push web-1.2.3.tgz oci://ghcr.io/acme/charts --if-exists fail

  {program} push web-1.2.3.tgz oci://ghcr.io/acme/charts --tag latest";

/// What to do with a tag that is there.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum IfExists {
    /// Let the tag lead to the new chart
    Overwrite,
    /// Leave the tag as it is
    Skip,
    /// Fail
    Fail,
}

pub(crate) fn run(args: PushArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let PushArgs { charts, remote, connection, credential, if_exists, name, output, tag } = args;
    let client = context.client(&connection, &credential)?;
    let time = context.environment.source_date_epoch()?;
    for chart in charts {
        let request = Push {
            chart,
            remote: remote.clone(),
            name: name.clone(),
            tag: tag.clone(),
            existing: match if_exists {
                IfExists::Overwrite => Existing::Overwrite,
                IfExists::Skip => Existing::Skip,
                IfExists::Fail => Existing::Fail,
            },
            time,
        };
        let pushed = block_on(client.push(&request))??;
        print(&pushed, output, context)?;
    }
    Ok(())
}

fn print(pushed: &Pushed, output: Format, context: &mut Context<'_>) -> Result<(), Error> {
    if output == Format::Json {
        return context.print_json(pushed);
    }
    let Pushed { reference, digest, outcome, .. } = pushed;
    if *outcome == PushOutcome::Skipped {
        context.print(format_args!("Skipped: {reference} already exists"))?;
        return context.print(format_args!("Digest: {digest}"));
    }
    context.print(format_args!("Pushed: {reference}"))?;
    context.print(format_args!("Digest: {digest}"))?;
    let tag = reference.rsplit_once(':').map_or("", |(_, tag)| tag);
    if tag.contains('_') { context.print(underscore::note(reference)) } else { Ok(()) }
}
