//! Schemas and the documents that they refer to.

use std::collections::BTreeMap;

use rhumb_value::json::ParseError;
use rhumb_value::url::Url;
use serde_json::Value;

use super::{decimal, quick};

/// A schema or what it refers to.
pub(super) struct Document {
    /// What it is.
    pub(super) json: Value,
    text: Vec<u8>,
}

impl Document {
    /// Reads JSON, or says what Go says of what is none.
    pub(super) fn read(text: &[u8]) -> Result<Self, String> {
        let json = serde_json::from_slice(text).or_else(|error| {
            // Go's numbers have no bounds here, and ours do.
            let bounded = decimal::bounded(text);
            serde_json::from_slice(&bounded).map_err(|_| problem(text, &error))
        });
        Ok(Self { json: json?, text: text.to_owned() })
    }
}

fn problem(text: &[u8], error: &serde_json::Error) -> String {
    match rhumb_value::json::parse(text) {
        Err(_) if text.trim_ascii().is_empty() => "EOF".to_owned(),
        Err(_) if error.is_eof() => "unexpected EOF".to_owned(),
        Err(ParseError::Unexpected { context, .. }) if context == "after top-level value" => {
            format!("invalid character {context}")
        }
        Err(ParseError::Unexpected { character, context }) => {
            ParseError::Unexpected { character, context }.to_string()
        }
        _ => format!("invalid JSON: {error}"),
    }
}

/// Documents by their URLs.
#[derive(Default)]
pub(super) struct Documents(pub(super) BTreeMap<String, Document>);

impl Documents {
    /// The schema at a URL.
    pub(super) fn schema(&self, url: &str) -> Option<&Value> {
        let (document, pointer) = self.place_of(url)?;
        document.json.pointer(&pointer)
    }

    /// What the schema at a URL has as a keyword, as it is written; of a list, each item.
    pub(super) fn written(&self, url: &str, keyword: &str) -> Vec<&str> {
        self.place_of(url).map_or_else(Vec::new, |(document, pointer)| {
            quick::written(&document.text, &format!("{pointer}/{keyword}"))
        })
    }

    /// The document that a URL is of, and the pointer into it.
    fn place_of(&self, url: &str) -> Option<(&Document, String)> {
        let document = self.0.get(url.split('#').next()?)?;
        let pointer = Url::parse(url.as_bytes()).ok()?.fragment;
        Some((document, String::from_utf8(pointer).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_documents_are_found() {
        let text = br#"{"a/b": [{"enum": [1.10, "x"]}], "c": {"const": -1e2}}"#;
        let document = Document::read(text).unwrap();
        let documents = Documents([("file:///s".to_owned(), document)].into());
        assert_eq!(documents.written("file:///s#/a~1b/0", "enum"), ["1.10", "\"x\""]);
        assert_eq!(documents.written("file:///s#/c", "const"), ["-1e2"]);
        assert_eq!(documents.schema("file:///s#/c/const"), Some(&(-100.0).into()));
        assert_eq!(documents.schema("file:///s#/b"), None);
    }

    #[test]
    fn numbers_have_no_bounds() {
        let document = Document::read(br#"{"a": 1e400, "b": -1e-400}"#).unwrap();
        let want = serde_json::json!({ "a": f64::MAX, "b": -f64::from_bits(1) });
        assert_eq!(document.json, want);
        assert!(Document::read(b"{1e400}").is_err());
    }
}
