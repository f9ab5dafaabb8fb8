//! Compares with recorded answers of the library that Helm uses; see `conformance/semver`.

use std::cmp::Ordering;
use std::fs;

use rhumb_semver::{Constraint, Version};
use serde_json::{Value, json};

fn differences(case: &Value) -> Vec<String> {
    let text = case["constraint"].as_str().expect("a range");
    let range = Constraint::parse(text);
    let mut found = Vec::new();
    let mut compare = |what: &str, got: Value, want: &Value| {
        if got != *want {
            found.push(format!("{what}: got {got}, want {want}"));
        }
    };
    let error = range.as_ref().err().map(ToString::to_string);
    compare(text, json!(error), &case["error"]);
    for (version, want) in case["versions"].as_object().expect("versions") {
        let got = match (Version::parse(version), &range) {
            (Err(error), _) => json!(error.to_string()),
            (Ok(parsed), Err(_)) => json!(parsed.to_string()),
            (Ok(parsed), Ok(range)) => json!(range.check(&parsed)),
        };
        compare(&format!("{version} in {text}"), got, want);
    }
    if let Some([left, right, want]) = case["compare"].as_array().map(Vec::as_slice) {
        let parse = |text: &Value| Version::parse(text.as_str().expect("a text")).expect("parses");
        let order = match parse(left).cmp(&parse(right)) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        };
        compare(&format!("{left} with {right}"), json!(order), want);
    }
    let strict = case["strict"][0].as_str().expect("a text");
    let got = Version::parse_strict(strict).map_or_else(|e| e.to_string(), |v| v.to_string());
    compare(&format!("strict {strict}"), json!(got), &case["strict"][1]);
    found
}

#[test]
fn answers_as_recorded() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance/semver");
    let cases = fs::read_to_string(format!("{folder}/cases.jsonl")).expect("recorded cases");
    let cases: Vec<Value> =
        cases.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(cases.len(), 700);
    let found: Vec<String> = cases.iter().flat_map(differences).collect();
    assert!(
        found.is_empty(),
        "{} differ:\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
}
