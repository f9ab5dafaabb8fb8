//! Candidates that depend on what is typed: values of flags, names of variables, charts.

use clap::ValueHint;

use super::{Candidates, Directive, remote, repo};
use crate::command_line::CommandLine;
use crate::context::Context;
use crate::definition::{Flag, flags};

/// Prefixes of a chart's place, with what they mean.
const CHART_PREFIXES: &[(&str, &str)] = &[("oci://", "Chart in a registry")];
/// The same where charts may be in chart repositories.
const WEB_PREFIXES: &[(&str, &str)] =
    &[("https://", "Chart on a web server"), ("http://", "Chart on a web server")];
/// Prefixes of a chart on this machine.
const PATH_PREFIXES: &[(&str, &str)] =
    &[("./", "Chart below this folder"), ("/", "Chart on this machine")];

/// What the value of a flag could be.
pub(super) fn flag_value(
    flag: Flag<'_>,
    line: &CommandLine<'_>,
    typed: &str,
    context: &Context<'_>,
) -> Candidates {
    // The name of a release may stand before the chart.
    let chart = match line.command().get_name() {
        "template" => line.arguments.last(),
        _ => line.arguments.first(),
    };
    match (chart, flag.name()) {
        (Some(chart), "version") if chart.starts_with(CHART_PREFIXES[0].0) => {
            return remote::versions(chart, typed, line, context);
        }
        (Some(chart), "version") => return repo::versions(chart, context),
        _ => {}
    }
    let choices: &[(&str, &str)] = match flag.kind().as_str() {
        "format" => &[
            ("json", "Output result in JSON format"),
            ("table", "Output result in human-readable format"),
            ("yaml", "Output result in YAML format"),
        ],
        _ if matches!(flag.name(), "color" | "colour") => {
            &[("always", ""), ("auto", ""), ("never", "")]
        }
        _ => &[],
    };
    let mut candidates = Candidates::none(Directive::NO_FILES);
    for (text, meaning) in choices {
        candidates.push(*text, *meaning);
    }
    for (text, meaning) in flag.choices() {
        candidates.push(text, meaning);
    }
    if candidates.entries.is_empty() && flag.hint() != ValueHint::Other {
        candidates.directive = Directive::DEFAULT;
    }
    candidates
}

/// What an argument could be.
pub(super) fn argument(
    hint: ValueHint,
    line: &CommandLine<'_>,
    typed: &str,
    context: &Context<'_>,
) -> Candidates {
    if line.command().get_name() == "env" {
        return variables(context);
    }
    if matches!(line.command_path().split_once(' '), Some((_, "repo remove" | "repo update"))) {
        return repo::names(line, context);
    }
    match hint {
        ValueHint::Url | ValueHint::AnyPath if typed.starts_with(CHART_PREFIXES[0].0) => {
            remote::chart(typed, line, context)
        }
        ValueHint::Url => chart(typed, &[], Directive::NO_FILES, line, context),
        ValueHint::AnyPath => chart(typed, PATH_PREFIXES, Directive::DEFAULT, line, context),
        ValueHint::Other | ValueHint::Hostname => Candidates::none(Directive::NO_FILES),
        _ => Candidates::none(Directive::DEFAULT),
    }
}

fn chart(
    typed: &str,
    paths: &[(&str, &str)],
    directive: Directive,
    line: &CommandLine<'_>,
    context: &Context<'_>,
) -> Candidates {
    let mut candidates = Candidates::none(directive);
    let knows_repos = flags(line.command()).iter().any(|flag| flag.name() == "repo");
    if knows_repos {
        repo::push_charts(typed, &mut candidates, context);
    }
    let web = if knows_repos { WEB_PREFIXES } else { &[] };
    for (prefix, meaning) in CHART_PREFIXES.iter().chain(web).chain(paths) {
        if prefix.starts_with(typed) {
            candidates.push(*prefix, *meaning);
            candidates.directive = directive.and(Directive::NO_SPACE);
        }
    }
    candidates
}

fn variables(context: &Context<'_>) -> Candidates {
    let mut candidates = Candidates::none(Directive::NO_FILES);
    for name in context.settings.variables(&context.environment.program).into_keys() {
        candidates.push(name, "");
    }
    candidates
}
