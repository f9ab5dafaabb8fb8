//! Answers what the recorder of `conformance/yaml` asks.

use std::error::Error;

use rhumb_yaml::{
    Content, LoadError, Node, Options, PrintLimits, parse, parse_documents, parse_value, print,
    print_pretty, read_head,
};
use serde_json::{Value, json};

/// Answers a question of the recorder.
pub(crate) fn answer(operation: &str, input: &[u8]) -> Result<String, Box<dyn Error>> {
    match operation {
        "json" => Ok(to_json(&parse(input, &Options::default())?).to_string()),
        "strict" => Ok(to_json(&parse(input, &Options::strict())?).to_string()),
        "all" => {
            let documents = parse_documents(input, &Options::default())?;
            Ok(Value::Array(documents.iter().map(to_json).collect()).to_string())
        }
        "head" => {
            let head = read_head(input, &Options::default())?;
            let annotations: serde_json::Map<_, _> =
                head.annotations.into_iter().map(|(key, text)| (key, json!(text))).collect();
            let answer = json!({
                "apiVersion": head.api_version,
                "kind": head.kind,
                "name": head.name,
                "annotations": annotations,
            });
            Ok(answer.to_string())
        }
        "v2" | "v3" => {
            let value = parse_value(input, &Options::default()).map_err(LoadError::from)?;
            let limits = PrintLimits::default();
            Ok(if operation == "v2" {
                print(&value, limits)
            } else {
                print_pretty(&value, limits)
            }?)
        }
        _ => Ok("unknown operation".to_owned()),
    }
}

fn to_json(node: &Node) -> Value {
    match &node.content {
        Content::Null => Value::Null,
        Content::Bool(value) => json!(value),
        Content::Int(number) => json!(number),
        Content::Uint(number) => json!(number),
        Content::Float(number) => json!(number),
        Content::Text(text) => json!(text),
        Content::List(items) => items.iter().map(to_json).collect(),
        Content::Map(mapping) => Value::Object(
            mapping.into_iter().map(|entry| (entry.key.clone(), to_json(&entry.value))).collect(),
        ),
    }
}

/// The text of a question: `text`, or `base64` for what is no UTF-8.
pub(crate) fn input(record: &Value) -> Vec<u8> {
    match record["text"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => unbase64(record["base64"].as_str().unwrap_or_default()),
    }
}

/// Standard base64 without line breaks.
fn unbase64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for symbol in text.bytes().filter(|&symbol| symbol != b'=') {
        let value = ALPHABET.iter().position(|&known| known == symbol).unwrap_or(0);
        bits = bits << 6 | u32::try_from(value).unwrap_or(0);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap_or(0));
        }
    }
    bytes
}
