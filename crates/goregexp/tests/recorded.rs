//! Compares with recorded answers of Go; see `conformance/goregexp`.

use std::fs;

use rhumb_goregexp::{Error, Regex};
use serde_json::{Value, json};

/// The bytes of a recorded text, where U+E0xx is a byte that is no UTF-8.
fn bytes(text: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    for char in text.as_str().expect("a text").chars() {
        match u32::from(char) {
            code @ 0xe000..=0xe0ff => bytes.push(u8::try_from(code & 0xff).expect("a byte")),
            _ => bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

fn shown(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    while let Some(first) = bytes.first() {
        let width =
            (1..=4).find(|width| bytes.get(..*width).is_some_and(|b| str::from_utf8(b).is_ok()));
        match width {
            Some(width) => text.push_str(str::from_utf8(&bytes[..width]).expect("UTF-8")),
            None => text.push(char::from_u32(0xe000 + u32::from(*first)).expect("private use")),
        }
        bytes = &bytes[width.unwrap_or(1)..];
    }
    text
}

fn all(pieces: Vec<&[u8]>) -> Value {
    pieces.into_iter().map(shown).collect()
}

fn answer(case: &Value) -> Value {
    let regex = match Regex::compile(&bytes(&case["pattern"])) {
        Ok(regex) => regex,
        Err(Error::Syntax { kind, fragment }) => {
            return json!({ "error": format!("error parsing regexp: {kind}: `{}`", shown(&fragment)) });
        }
        Err(error) => return json!({ "error": error.to_string() }),
    };
    if case.get("text").is_none() {
        return json!({});
    }
    let (text, template) = (bytes(&case["text"]), bytes(&case["template"]));
    let limit = usize::try_from(case["n"].as_i64().expect("a number")).ok();
    let mut answer = json!({
        "match": regex.is_match(&text),
        "find_all": all(regex.find_all(&text, limit)),
        "split": all(regex.split(&text, limit)),
        "replace": shown(&regex.replace_all(&text, &template).expect("small")),
        "literal": shown(&regex.replace_all_literal(&text, &template).expect("small")),
    });
    if let Some(groups) = regex.submatch(&text) {
        assert_eq!(regex.find(&text), groups[0]);
        answer["submatch"] = groups.into_iter().map(|group| group.map(shown)).collect();
    }
    answer
}

#[test]
fn answers_as_recorded() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance/goregexp/cases.jsonl");
    let cases = fs::read_to_string(path).expect("recorded cases");
    let mut found = Vec::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let mut want = case.as_object().expect("an object").clone();
        want.retain(|key, _| !["pattern", "text", "template", "n"].contains(&key.as_str()));
        let got = answer(&case);
        if got != Value::Object(want) {
            found.push(format!("{line}\n  got {got}"));
        }
    }
    assert!(cases.lines().count() > 3000);
    assert!(
        found.is_empty(),
        "{} differ:\n{}",
        found.len(),
        found[..found.len().min(12)].join("\n")
    );
}

#[test]
fn large_and_deep_patterns_are_refused_or_run() {
    let nested = |levels: usize| [b"(".repeat(levels), b"a".to_vec(), b")".repeat(levels)].concat();
    assert!(Regex::compile(&nested(999)).expect("999 groups and the letter").is_match(b"a"));
    let deep = Regex::compile(&nested(1001)).expect_err("too deep").to_string();
    assert!(deep.starts_with("error parsing regexp: expression nests too deeply: `((("), "{deep}");
    for (pattern, accepted) in [
        (&br"((a{100}){10}){10}"[..], false),
        (br"((a{100}){10}){1}", true),
        (br"(?:\w{500}|\d{500}){2}", true),
        (br"((?:a*){1000}b){1000}", false),
        (br"\pL{1000}", true),
    ] {
        assert_eq!(
            Regex::compile(pattern).is_ok(),
            accepted,
            "{}",
            String::from_utf8_lossy(pattern)
        );
    }
    let open = Regex::compile(&b"(".repeat(100_000)).expect_err("not closed").to_string();
    assert!(open.starts_with("error parsing regexp: missing closing )"));
    let dollars = b"$0".repeat(1 << 16);
    let grown =
        Regex::compile(b".*").expect("a pattern").replace_all(&b"a".repeat(1 << 16), &dollars);
    assert_eq!(grown, Err(Error::OutputTooLarge { limit: Regex::MAX_OUTPUT }));
}
