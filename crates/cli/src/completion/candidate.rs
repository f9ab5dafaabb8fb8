//! Candidates that depend on what is typed: values of flags, names of variables, charts.

use clap::ValueHint;

use super::{Candidates, Directive, remote};
use crate::command_line::CommandLine;
use crate::context::Context;
use crate::definition::Flag;

/// Prefixes of a chart's place, with what they mean.
const CHART_PREFIXES: &[(&str, &str)] = &[("oci://", "Chart in a registry")];
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
    if let (Some(chart), "version") = (line.arguments.first(), flag.name()) {
        return remote::versions(chart, typed, line, context);
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
    match hint {
        ValueHint::Url | ValueHint::AnyPath if typed.starts_with(CHART_PREFIXES[0].0) => {
            remote::chart(typed, line, context)
        }
        ValueHint::Url => chart(typed, &[CHART_PREFIXES], Directive::NO_FILES),
        ValueHint::AnyPath => chart(typed, &[CHART_PREFIXES, PATH_PREFIXES], Directive::DEFAULT),
        ValueHint::Other | ValueHint::Hostname => Candidates::none(Directive::NO_FILES),
        _ => Candidates::none(Directive::DEFAULT),
    }
}

fn chart(typed: &str, prefixes: &[&[(&str, &str)]], directive: Directive) -> Candidates {
    let mut candidates = Candidates::none(directive);
    for (prefix, meaning) in prefixes.iter().copied().flatten() {
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
