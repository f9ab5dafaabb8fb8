//! SARIF 2.1.0, which code hosts show beside the code.
//!
//! Source: [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

use std::path::Path;

use rhumb_lint::Severity;
use serde_json::{Value, json};

use super::{LintMessage, Linted, LintedChart};
use crate::Excerpt;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The rule of a chart that cannot be examined at all.
const UNREADABLE: &str = "chart-unreadable";

impl Linted {
    /// The findings as one run of SARIF.
    pub fn sarif(&self) -> Value {
        let results: Vec<Value> = self.charts.iter().flat_map(results).collect();
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "rhumb",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules(),
                }},
                "results": results,
                "columnKind": "unicodeCodePoints",
            }],
        })
    }
}

fn rules() -> Vec<Value> {
    let known = rhumb_lint::rules().map(|rule| rule_of(rule.id, rule.text, rule.severity));
    let unreadable = rule_of(UNREADABLE, "the chart can be read", Severity::Error);
    known.chain([unreadable]).collect()
}

fn rule_of(id: &str, text: &str, severity: Severity) -> Value {
    let level = level(severity.name());
    json!({
        "id": id,
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": level},
    })
}

fn level(severity: &str) -> &'static str {
    match severity {
        "ERROR" => "error",
        "WARNING" => "warning",
        _ => "note",
    }
}

fn results(chart: &LintedChart) -> Vec<Value> {
    if let (Some(error), true) = (&chart.error, chart.messages.is_empty()) {
        return vec![result(UNREADABLE, "error", error, &location(&chart.path, None))];
    }
    let one = |message: &LintMessage| {
        let LintMessage { rule, severity, path, text, place } = message;
        // An argument is no file that could be shown.
        let place = place.as_ref().filter(|place| !place.path.starts_with("--"));
        let path = place.map_or_else(|| chart.path.join(path), |place| place.path.clone().into());
        result(rule, level(severity), text, &location(&path, place))
    };
    chart.messages.iter().map(one).collect()
}

fn result(rule: &str, level: &str, text: &str, location: &Value) -> Value {
    json!({
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    })
}

/// A file, or a part of one of its lines.
fn location(path: &Path, place: Option<&Excerpt>) -> Value {
    let mut location = json!({"artifactLocation": {"uri": address(&path.to_string_lossy())}});
    if let Some(Excerpt { line, column, width, text, .. }) = place {
        location["region"] = json!({
            "startLine": line,
            "startColumn": column,
            "endColumn": column + width,
            "snippet": {"text": text},
        });
    }
    location
}

/// A path as a relative or absolute reference to a file.
fn address(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut text = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => text.extend(['%'].into_iter().chain(format!("{byte:02X}").chars())),
        }
    }
    if path.starts_with('/') { format!("file://{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(address("a b/c.yaml"), "a%20b/c.yaml");
        assert_eq!(address("/a/c.yaml"), "file:///a/c.yaml");
    }
}
