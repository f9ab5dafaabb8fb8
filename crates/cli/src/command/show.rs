use std::io::IsTerminal as _;

use clap::Subcommand;
use rhumb_action::{Show, ShowPart};

use crate::argument::ChartArgs;
use crate::context::{Context, block_on};
use crate::error::Error;

/// Look at a chart without installing it
///
/// A chart is a folder, an archive, a reference, REPOSITORY/CHART of a chart repository, or the address of an archive. What is asked of one in a registry comes from the cache where
/// it can; its metadata is fetched without the rest.
#[derive(Debug, Subcommand)]
#[command(alias = "inspect")]
pub(crate) enum ShowCommand {
    All(AllArgs),
    Chart(ChartFileArgs),
    Crds(CrdsArgs),
    Readme(ReadmeArgs),
    Values(ValuesArgs),
}

/// What every part is asked by.
#[derive(Debug, clap::Args)]
struct Which {
    /// Folder, archive, reference or address of a chart, or REPOSITORY/CHART
    #[arg(value_name = "[CHART]", value_hint = clap::ValueHint::AnyPath)]
    name: String,

    #[command(flatten)]
    chart: ChartArgs,
}

/// Show everything that a chart says
///
/// The metadata, the default values, the readme and the custom resource definitions are printed, with --- between.
#[derive(Debug, clap::Args)]
pub(crate) struct AllArgs {
    #[command(flatten)]
    which: Which,
}

/// Show the metadata of a chart
///
/// The content of Chart.yaml is printed, with sorted keys. Of a chart in a registry nothing else is fetched.
#[derive(Debug, clap::Args)]
pub(crate) struct ChartFileArgs {
    #[command(flatten)]
    which: Which,
}

/// Show the custom resource definitions of a chart
#[derive(Debug, clap::Args)]
pub(crate) struct CrdsArgs {
    #[command(flatten)]
    which: Which,
}

/// Show the readme of a chart
#[derive(Debug, clap::Args)]
pub(crate) struct ReadmeArgs {
    #[command(flatten)]
    which: Which,
}

/// Show the default values of a chart
///
/// The content of values.yaml is printed as it is, with its comments.
#[derive(Debug, clap::Args)]
pub(crate) struct ValuesArgs {
    #[command(flatten)]
    which: Which,

    /// Print only what this `JSONPath` template selects
    #[arg(long, default_value = "", hide_default_value = true)]
    jsonpath: String,
}

pub(crate) fn run(command: ShowCommand, context: &mut Context<'_>) -> Result<(), Error> {
    let mut template = String::new();
    let (Which { name, chart }, part) = match command {
        ShowCommand::All(AllArgs { which }) => (which, ShowPart::All),
        ShowCommand::Chart(ChartFileArgs { which }) => (which, ShowPart::Chart),
        ShowCommand::Crds(CrdsArgs { which }) => (which, ShowPart::Crds),
        ShowCommand::Readme(ReadmeArgs { which }) => (which, ShowPart::Readme),
        ShowCommand::Values(ValuesArgs { which, jsonpath }) => {
            template = jsonpath;
            (which, ShowPart::Values)
        }
    };
    let client = context.client(&chart.connection, &chart.credential)?;
    let request = Show { source: chart.source(name, context)?, part, jsonpath: template };
    let shown = block_on(client.show(&request))??;
    // Scripts are told nothing, as by Helm.
    if let Some(note) = shown.note.filter(|_| std::io::stderr().is_terminal()) {
        context.tell(note);
    }
    context.print_bytes(&shown.text)
}
