use std::path::{Path, PathBuf};

use rhumb_action::{FetchDependencies, Package};

use super::dependency::{Stream, narrate};
use crate::argument::{ConnectionArgs, CredentialArgs, Format, Switch};
use crate::context::{Context, block_on};
use crate::error::Error;

/// Pack charts into archives
///
/// The folder of a chart becomes NAME-VERSION.tgz. The same folder always packs to the same bytes: files keep
/// their times, or get the one that `SOURCE_DATE_EPOCH` gives.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PackageArgs {
    /// Folders of charts
    #[arg(value_name = "[CHART_PATH] [...]", num_args = 0.., value_hint = clap::ValueHint::DirPath)]
    charts: Vec<PathBuf>,

    /// Set the version of the application in the chart
    #[arg(long, default_value = "", hide_default_value = true)]
    app_version: String,

    #[command(flatten)]
    connection: ConnectionArgs,

    #[command(flatten)]
    credential: CredentialArgs,

    /// Fetch the charts that it depends on into charts/ first
    #[arg(short = 'u', long)]
    dependency_update: Switch,

    /// Folder to write to
    #[arg(short, long, default_value = ".")]
    destination: PathBuf,

    /// Name of the key to sign with
    #[arg(long)]
    key: Option<String>,

    /// File with the keys to sign with
    #[arg(long)]
    keyring: Option<String>,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,

    /// File with the passphrase of the key; - for standard input
    #[arg(long)]
    passphrase_file: Option<String>,

    /// Sign the archive, too
    #[arg(long)]
    sign: Switch,

    /// Set the version of the chart
    #[arg(long, default_value = "", hide_default_value = true)]
    version: String,
}

const EXAMPLES: &str = "  {program} package ./web

  {program} package ./web ./db --destination dist --version 1.2.3";

pub(crate) fn run(args: PackageArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let PackageArgs {
        charts,
        app_version,
        connection,
        credential,
        dependency_update,
        destination,
        key: _,
        keyring: _,
        output,
        passphrase_file: _,
        sign,
        version,
    } = args;
    if charts.is_empty() {
        return Err(Error::Message("need at least one argument, the path to the chart"));
    }
    let archive_time = context.environment.source_date_epoch()?;
    if sign.on() {
        return Err(Error::NotYet { what: "--sign" });
    }
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let client = context.client(&connection, &credential)?;
    for chart in charts {
        if dependency_update.on() && chart.exists() {
            let chart =
                std::path::absolute(&chart).map_err(|source| Error::CurrentFolder { source })?;
            let time = crate::ports::seconds();
            let fetch =
                FetchDependencies { chart, time, archive_time, ..FetchDependencies::default() };
            narrate(&client, &fetch, (Stream::None, Stream::Output), context)?;
        }
        let request = Package {
            chart,
            destination: folder(&destination)?,
            version: given(&version),
            app_version: given(&app_version),
            time: archive_time,
        };
        let packaged = block_on(client.package(&request))??;
        if output == Format::Json {
            context.print_json(&packaged)?;
            continue;
        }
        let path = packaged.path.display();
        context.print(format_args!("Successfully packaged chart and saved it to: {path}"))?;
    }
    Ok(())
}

/// The folder to write to; Helm prints where this one is.
fn folder(destination: &Path) -> Result<PathBuf, Error> {
    if destination == Path::new(".") {
        return std::env::current_dir().map_err(|source| Error::CurrentFolder { source });
    }
    Ok(destination.to_owned())
}
