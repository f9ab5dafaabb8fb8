use clap::Subcommand;
use rhumb_action::{ExplainValue, ExplainedValue, ReadPlace};

use crate::argument::{ChartArgs, Format, ValuesArgs};
use crate::context::{Context, block_on};
use crate::error::Error;
use crate::explanation;

/// Find out where things come from
#[derive(Debug, Subcommand)]
pub(crate) enum Explain {
    Values(Box<ExplainValuesArgs>),
}

/// Show where a value comes from and what reads it
///
/// PATH is the value's path as the whole chart sees it, such as `image.tag`, or `db.image.tag` for a chart
/// within. Of several places that set a value, the one that counts is named.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainValuesArgs {
    /// Folder, archive or reference of the chart
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    chart: String,

    /// Path of the value, such as `image.tag`
    path: String,

    #[command(flatten)]
    from: ChartArgs,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,

    #[command(flatten)]
    values: ValuesArgs,
}

/// Characters of a line that are shown.
const MAX_LINE: usize = 160;

const EXAMPLES: &str = "  {program} explain values ./web image.tag -f prod.yaml

  {program} explain values oci://ghcr.io/acme/charts/web replicas --set replicas=3";

pub(crate) fn run(command: Explain, context: &mut Context<'_>) -> Result<(), Error> {
    let Explain::Values(args) = command;
    let ExplainValuesArgs { chart, path, from, output, values } = *args;
    let client = context.client(&from.connection, &from.credential)?;
    let request =
        ExplainValue { source: from.source(chart, context)?, path, values: values.read(context)? };
    let explained = block_on(client.explain_value(&request))??;
    match output {
        Format::Json => context.print_json(&explained),
        Format::Text => context.print_bytes(text(&explained).as_bytes()),
    }
}

fn text(explained: &ExplainedValue) -> String {
    let ExplainedValue { path, value, origin, nearest, removed_by, turned_off, reads } = explained;
    let mut lines = vec![match value {
        Some(value) if value.contains('\n') => {
            let value: Vec<String> = value.lines().map(|line| format!("  {line}")).collect();
            format!("{path}:\n{}", value.join("\n"))
        }
        Some(value) => format!("{path}: {value}"),
        None => format!("{path} has no value"),
    }];
    lines.extend(removed_by.iter().map(|place| format!("removed by {}", place.place())));
    lines.extend(turned_off.iter().map(explanation::turned_off));
    lines.extend(nearest.iter().map(|path| format!("is `{path}` meant?")));
    lines.extend(origin.iter().map(|origin| format!("from {}", origin.place())));
    if reads.is_empty() {
        lines.push("read by no template".to_owned());
    }
    for ReadPlace { value, place } in reads {
        let shown = place.text.trim();
        let shown: String = shown.chars().take(MAX_LINE).collect();
        let what = if value == path { String::new() } else { format!(" as {value}") };
        lines.push(format!("read{what} at {}:{}: {shown}", place.place(), place.column));
    }
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}
