//! Schemas and the documents that they refer to.

use std::collections::BTreeMap;

use rhumb_value::json::ParseError;
use rhumb_value::url::Url;
use serde_json::Value;

use super::{decimal, pattern, place, quick};

/// A schema or what it refers to.
pub(super) struct Document {
    /// What it is.
    pub(super) json: Value,
    text: Vec<u8>,
}

impl Document {
    /// Reads JSON, or says what Go says of what is none.
    pub(super) fn read(text: &[u8]) -> Result<Self, String> {
        // Go's numbers have no bounds here, and ours do.
        let json = serde_json::from_slice(&decimal::bounded(text));
        let json = json.map_err(|error| problem(text, &error))?;
        Ok(Self { json, text: text.to_owned() })
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
        Some(self.place_of(url)?.1)
    }

    /// Whether the schema at a URL is of a draft that has `prefixItems`.
    pub(super) fn has_prefix_items(&self, url: &str) -> bool {
        const OLD: [&str; 4] = ["/draft-04/", "/draft-06/", "/draft-07/", "/draft/2019-09/"];
        let document = url.split('#').next().and_then(|url| self.0.get(url));
        let draft = document.and_then(|document| document.json.get("$schema")?.as_str());
        draft.is_none_or(|draft| !OLD.iter().any(|old| draft.contains(old)))
    }

    /// What the schema at a URL has as a keyword, as it is written; of a list, each item.
    pub(super) fn written(&self, url: &str, keyword: &str) -> Vec<&str> {
        self.place_of(url).map_or_else(Vec::new, |(document, _, pointer)| {
            quick::written(&document.text, &format!("{pointer}/{keyword}"))
        })
    }

    /// The document that a URL is of, the value in it, and the pointer to that.
    fn place_of(&self, url: &str) -> Option<(&Document, &Value, String)> {
        let document = self.0.get(url.split('#').next()?)?;
        let fragment = String::from_utf8(Url::parse(url.as_bytes()).ok()?.fragment).ok()?;
        let (mut value, mut pointer) = (&document.json, String::new());
        for word in fragment.split('/').skip(1) {
            let (word, inner) = member(value, word)?;
            value = inner;
            pointer.push('/');
            pointer.push_str(&word);
        }
        Some((document, value, pointer))
    }
}

/// What a word of a pointer leads to from a value, and the word for it: the validator has other
/// names for some patterns.
pub(super) fn member<'v>(value: &'v Value, word: &str) -> Option<(String, &'v Value)> {
    let members = match value {
        Value::Object(members) => members,
        Value::Array(items) => {
            return Some((word.to_owned(), items.get(word.parse::<usize>().ok()?)?));
        }
        _ => return None,
    };
    let name = word.replace("~1", "/").replace("~0", "~");
    if let Some(inner) = members.get(&name) {
        return Some((word.to_owned(), inner));
    }
    let (name, inner) = members.iter().find(|(pattern, _)| pattern::translated(pattern) == name)?;
    Some((place::escape(name), inner))
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
        assert_eq!(documents.schema("file:///s#/a~1b/0/b"), None);
    }

    #[test]
    fn numbers_have_no_bounds() {
        let document = Document::read(br#"{"a": 1e400, "b": -1e-400}"#).unwrap();
        let want = serde_json::json!({ "a": f64::MAX, "b": -f64::from_bits(1) });
        assert_eq!(document.json, want);
        assert!(Document::read(b"{1e400}").is_err());
    }
}
