//! Reading YAML into trees.

use std::ops::Range;
use std::sync::Arc;

use rhumb_report::{Diagnose, Span};
use rhumb_yaml::{Content, Options};

use crate::values::{Data, Node, Origin, Table, number};

/// Why a document is no YAML, or none that could be JSON, in Helm's words.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{error}")]
pub struct DocumentError {
    error: rhumb_yaml::Error,
    span: Option<Span>,
}

impl Diagnose for DocumentError {
    fn span(&self) -> Option<&Span> {
        self.span.as_ref()
    }
}

/// Reads a document whose numbers keep their types.
pub(crate) fn parse(text: &[u8], source: &Arc<str>) -> Result<Node, DocumentError> {
    let convert = Convert { source, offset: 0, keeps_integers: true };
    convert.document(text)
}

/// Reads a part of a text as values: every number is a `float64`.
pub(crate) fn parse_values(
    text: &[u8],
    bytes: Range<usize>,
    source: &Arc<str>,
) -> Result<Node, DocumentError> {
    let convert = Convert { source, offset: bytes.start, keeps_integers: false };
    convert.document(&text[bytes])
}

/// Why YAML cannot be read strictly, where no key may be there twice.
///
/// # Errors
///
/// In Helm's words, if `text` is no YAML or has a key twice in a map.
pub fn check_strict(text: &[u8], source: &str) -> Result<(), DocumentError> {
    let source = Arc::from(source);
    let convert = Convert { source: &source, offset: 0, keeps_integers: true };
    rhumb_yaml::check(text, &Options::strict()).map_err(|error| convert.error(error))
}

struct Convert<'a> {
    source: &'a Arc<str>,
    /// Where the text starts in the source.
    offset: usize,
    keeps_integers: bool,
}

impl Convert<'_> {
    fn document(&self, text: &[u8]) -> Result<Node, DocumentError> {
        match rhumb_yaml::parse(text, &Options::default()) {
            Ok(node) => Ok(self.node(node)),
            Err(error) => Err(self.error(error)),
        }
    }

    fn error(&self, error: rhumb_yaml::Error) -> DocumentError {
        use rhumb_yaml::Error::{
            InvalidBase64, InvalidKey, MergeNotMapping, Syntax, TagMismatch, UnknownAnchor,
        };
        let offset = match &error {
            Syntax { offset, .. }
            | UnknownAnchor { offset, .. }
            | MergeNotMapping { offset }
            | InvalidKey { offset, .. }
            | TagMismatch { offset, .. }
            | InvalidBase64 { offset } => Some(*offset),
            _ => None,
        };
        let span = offset.map(|offset| {
            let at = self.offset + offset as usize;
            Span { source: Arc::clone(self.source), bytes: at..at }
        });
        DocumentError { error, span }
    }

    fn node(&self, node: rhumb_yaml::Node) -> Node {
        let bytes = self.offset + node.span.start as usize..self.offset + node.span.end as usize;
        let data = match node.content {
            Content::Null => Data::Null,
            Content::Bool(value) => Data::Bool(value),
            Content::Int(number) if self.keeps_integers => Data::Int(number),
            Content::Int(number) => Data::Float(number::from_int(number)),
            Content::Uint(number) => Data::Float(number::from_uint(number)),
            Content::Float(number) => Data::Float(number),
            Content::Text(text) => Data::Text(text.into_bytes().into()),
            Content::List(items) => {
                Data::List(items.into_iter().map(|item| self.node(item)).collect())
            }
            Content::Map(entries) => {
                let entries = entries.into_entries().into_iter();
                let table: Table =
                    entries.map(|entry| (Arc::from(entry.key), self.node(entry.value))).collect();
                Data::Map(Arc::new(table))
            }
        };
        Node { data, origin: Some(Origin::new(self.source, &bytes)) }
    }
}
