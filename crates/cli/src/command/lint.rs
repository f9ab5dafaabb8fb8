use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use rhumb_action::{Lint, Linted, LintedChart, check_kube_version};

use crate::argument::{ConnectionArgs, CredentialArgs, FindingsFormat, Switch, ValuesArgs};
use crate::context::Context;
use crate::error::Error;
use crate::explanation;
use crate::ports::seconds;

/// Examine charts for mistakes
///
/// Errors are what keeps a chart from being installed, warnings what breaks with convention. The command fails if
/// there are errors, and with --strict also if there are warnings.
#[derive(Debug, clap::Args)]
pub(crate) struct LintArgs {
    /// Folders and archives of charts
    #[arg(value_name = "PATH", num_args = 1.., required = true, value_hint = clap::ValueHint::AnyPath, value_parser = OsStringValueParser::new().map(PathBuf::from))]
    paths: Vec<PathBuf>,

    /// Show the lines that the messages are about, as on a terminal
    #[arg(long)]
    explain: Switch,

    /// Version of Kubernetes that templates see
    #[arg(long, default_value = "", hide_default_value = true)]
    kube_version: String,

    /// Print the result as text, json or sarif
    #[arg(short, long, default_value = "text")]
    output: FindingsFormat,

    /// Print only warnings and errors
    #[arg(long)]
    quiet: Switch,

    /// Do not compare the values with the chart's schema
    #[arg(long)]
    skip_schema_validation: Switch,

    /// Fail on warnings, too
    #[arg(long)]
    strict: Switch,

    #[command(flatten)]
    values: ValuesArgs,

    /// Examine charts within, too
    #[arg(long)]
    with_subcharts: Switch,
}

pub(crate) fn run(args: LintArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let LintArgs {
        paths,
        explain,
        kube_version,
        output,
        quiet,
        skip_schema_validation,
        strict,
        values,
        with_subcharts,
    } = args;
    context.settings.explain = explain.on();
    check_kube_version(&kube_version)?;
    let namespace = context.settings.cluster.namespace.clone();
    let request = Lint {
        charts: paths,
        namespace: if namespace.is_empty() { "default".to_owned() } else { namespace },
        values: values.read(context)?,
        kube_version,
        with_subcharts: with_subcharts.on(),
        skip_schema_validation: skip_schema_validation.on(),
        strict: strict.on(),
        time: seconds(),
    };
    let client = context.client(&ConnectionArgs::default(), &CredentialArgs::default())?;
    let linted = client.lint_local(&request)?;
    let failed = linted.charts.iter().filter(|chart| chart.failed).count();
    let summary = format!("{} chart(s) linted, {failed} chart(s) failed", linted.charts.len());
    if output != FindingsFormat::Text {
        match output {
            FindingsFormat::Sarif => context.print_json(&linted.sarif())?,
            _ => context.print_json(&linted)?,
        }
        return if failed > 0 { Err(Error::Linted { summary }) } else { Ok(()) };
    }
    let explain = explain.on() || std::io::stdout().is_terminal();
    let text = report(&linted, quiet.on(), explain);
    context.print_bytes(text.as_bytes())?;
    if failed > 0 {
        return Err(Error::Linted { summary });
    }
    if quiet.on() && !linted.charts.iter().any(matters) { Ok(()) } else { context.print(summary) }
}

fn matters(chart: &LintedChart) -> bool {
    chart.error.is_some()
        || chart.failed
        || chart.messages.iter().any(rhumb_action::LintMessage::matters)
}

/// The report in Helm's form, and if it is to be explained, with the lines that it is about.
fn report(linted: &Linted, quiet: bool, explain: bool) -> String {
    let mut lines = Vec::new();
    for chart in linted.charts.iter().filter(|chart| !quiet || matters(chart)) {
        lines.push(format!("==> Linting {}", chart.path.display()));
        if let (Some(error), true) = (&chart.error, chart.messages.is_empty()) {
            lines.push(format!("Error {error}"));
        }
        let shown = chart.messages.iter().filter(|message| !quiet || message.matters());
        for message in shown {
            lines.push(format!("[{}] {}: {}", message.severity, message.path, message.text));
            lines.extend(message.place.iter().filter(|_| explain).map(explanation::excerpt));
        }
        lines.push(String::new());
    }
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}
