use std::borrow::Cow;

use crate::decode::{Build, Key, text_of};
use crate::number::coerced_float;
use crate::resolve::Scalar;
use crate::span::Span;

mod mapping;

pub use mapping::{Entry, Mapping};

/// A value of a document and where it stands.
///
/// It has the shape of JSON, since Helm reads YAML by way of JSON: keys are texts, tags, anchors,
/// aliases and merges are resolved. Numbers keep their type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// Where it stands; the place of what an alias stands for is that of the anchor.
    pub span: Span,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Null, or nothing.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer that is too large for the other.
    Uint(u64),
    /// A number with a point or an exponent. It is finite.
    Float(f64),
    /// Text.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Mapping),
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.get(key)
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self.content {
            Content::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The items, if it is a sequence.
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.content {
            Content::List(items) => Some(items),
            _ => None,
        }
    }

    /// The mapping, if it is one.
    pub const fn as_map(&self) -> Option<&Mapping> {
        match &self.content {
            Content::Map(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The text that Helm reads where it expects one: that of numbers and truth values too, in which
    /// a float has the precision of a `float32`. Nothing for null, lists and maps.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(match &self.content {
            Content::Text(text) => Cow::Borrowed(text),
            Content::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Content::Int(number) => number.to_string().into(),
            Content::Uint(number) => number.to_string().into(),
            Content::Float(number) => coerced_float(*number).into(),
            Content::Null | Content::List(_) | Content::Map(_) => return None,
        })
    }

    /// Whether it is null.
    pub const fn is_null(&self) -> bool {
        matches!(self.content, Content::Null)
    }

    /// What Go's `encoding/json` calls it in errors: `null`, `bool`, `number`, `string`, `array` or
    /// `object`.
    pub const fn json_kind(&self) -> &'static str {
        match self.content {
            Content::Null => "null",
            Content::Bool(_) => "bool",
            Content::Int(_) | Content::Uint(_) | Content::Float(_) => "number",
            Content::Text(_) => "string",
            Content::List(_) => "array",
            Content::Map(_) => "object",
        }
    }
}

impl From<Content> for Node {
    fn from(content: Content) -> Self {
        Self { content, span: Span::default() }
    }
}

/// Builds nodes.
pub(crate) struct BuildNode;

impl Build for BuildNode {
    type Value = Node;
    type Key = (String, Span);

    fn scalar(&mut self, scalar: Scalar<'_>, span: Span) -> Node {
        let content = match scalar {
            Scalar::Null => Content::Null,
            Scalar::Bool(value) => Content::Bool(value),
            Scalar::Int(number) => Content::Int(number),
            Scalar::Uint(number) => Content::Uint(number),
            Scalar::Float(number) => Content::Float(number),
            Scalar::Text(text) => Content::Text(text.to_owned()),
            Scalar::Bytes(bytes) => Content::Text(text_of(&bytes)),
        };
        Node { content, span }
    }

    fn key(&mut self, key: &Key<'_>, span: Span) -> (String, Span) {
        (key.to_text().unwrap_or_default().into_owned(), span)
    }

    fn list(&mut self, items: Vec<Node>, span: Span) -> Node {
        Node { content: Content::List(items), span }
    }

    fn map(&mut self, entries: Vec<((String, Span), Node)>, span: Span) -> Node {
        let entries = entries.into_iter();
        let entries = entries.map(|((key, key_span), value)| Entry { key, key_span, value });
        Node { content: Content::Map(entries.collect()), span }
    }
}
