//! The recorded answers of the modules that Helm is built with.

use std::fs;
use std::path::Path;

use serde_json::Value;

#[path = "support/answer.rs"]
mod answer;

fn records(name: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/yaml");
    let text = fs::read_to_string(folder.join(name)).expect("is recorded");
    text.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect()
}

/// Whether both are the same JSON; numbers that are printed differently are equal.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or_default(), b.as_f64().unwrap_or_default());
            // The reader of JSON may be off in the last digit.
            (a - b).abs() <= a.abs() * 4e-16
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => a == b,
    }
}

fn check(name: &str, at_least: usize, is_json: bool) {
    let records = records(name);
    assert!(records.len() >= at_least, "only {} records", records.len());
    let mut wrong = Vec::new();
    for record in &records {
        let operation = record["op"].as_str().expect("an operation");
        let got = answer::answer(operation, &answer::input(record));
        let is_right = match (&got, record["out"].as_str(), record["error"].as_str()) {
            (Ok(got), Some(want), _) if is_json => {
                let parse = |text: &str| serde_json::from_str::<Value>(text).expect("is JSON");
                is_same(&parse(got), &parse(want))
            }
            (Ok(got), Some(want), _) => got == want,
            (Err(got), None, Some(want)) => got.to_string() == want,
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{record}\n  got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), records.len(), wrong.join("\n"));
}

#[test]
fn documents_are_read_as_helm_does() {
    check("read.jsonl", 1500, true);
}

#[test]
fn documents_are_read_strictly_as_helm_does() {
    check("strict.jsonl", 400, true);
}

#[test]
fn streams_are_read_as_helm_does() {
    check("stream.jsonl", 300, true);
}

#[test]
fn heads_are_read_as_helm_does() {
    check("head.jsonl", 400, true);
}

#[test]
fn values_are_printed_as_to_yaml_does() {
    check("print.jsonl", 800, false);
}

#[test]
fn values_are_printed_as_to_yaml_pretty_does() {
    check("print-pretty.jsonl", 800, false);
}
