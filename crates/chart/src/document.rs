//! Reading YAML into trees.

use std::ops::Range;
use std::sync::Arc;

use rhumb_report::{Diagnose, Span};
use rhumb_yaml::{Build, Key, Options, Scalar};

use crate::values::{Data, Node, Origin, number};

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
    Tree { source, offset: 0, keeps_integers: true }.read(text, &Options::default())
}

/// The same, where no key may be there twice.
pub(crate) fn parse_strict(text: &[u8], source: &Arc<str>) -> Result<Node, DocumentError> {
    Tree { source, offset: 0, keeps_integers: true }.read(text, &Options::strict())
}

/// Reads a part of a text as values: every number is a `float64`.
pub(crate) fn parse_values(
    text: &[u8],
    bytes: Range<usize>,
    source: &Arc<str>,
) -> Result<Node, DocumentError> {
    Tree { source, offset: bytes.start, keeps_integers: false }
        .read(&text[bytes], &Options::default())
}

/// Why YAML cannot be read strictly, where no key may be there twice.
///
/// # Errors
///
/// In Helm's words, if `text` is no YAML or has a key twice in a map.
pub fn check_strict(text: &[u8], source: &str) -> Result<(), DocumentError> {
    let tree = Tree { source: &Arc::from(source), offset: 0, keeps_integers: true };
    rhumb_yaml::check(text, &Options::strict()).map_err(|error| tree.error(error))
}

/// Builds trees of a text.
struct Tree<'a> {
    source: &'a Arc<str>,
    /// Where the text starts in the source.
    offset: usize,
    keeps_integers: bool,
}

impl Tree<'_> {
    fn read(mut self, text: &[u8], options: &Options) -> Result<Node, DocumentError> {
        match rhumb_yaml::build(text, options, &mut self) {
            Ok(Some(node)) => Ok(node),
            Ok(None) => Ok(self.node(Data::Null, rhumb_yaml::Span::default())),
            Err(error) => Err(self.error(error)),
        }
    }

    fn node(&self, data: Data, span: rhumb_yaml::Span) -> Node {
        let bytes = self.offset + span.start as usize..self.offset + span.end as usize;
        Node { data, origin: Some(Origin::new(self.source, &bytes)) }
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
}

impl Build for Tree<'_> {
    type Value = Node;
    type Key = Arc<str>;

    fn scalar(&mut self, scalar: Scalar<'_>, span: rhumb_yaml::Span) -> Node {
        let data = match scalar {
            Scalar::Null => Data::Null,
            Scalar::Bool(value) => Data::Bool(value),
            Scalar::Int(number) if self.keeps_integers => Data::Int(number),
            Scalar::Int(number) => Data::Float(number::from_int(number)),
            Scalar::Uint(number) => Data::Float(number::from_uint(number)),
            Scalar::Float(number) => Data::Float(number),
            Scalar::Text(text) => Data::Text(text.as_bytes().into()),
            Scalar::Bytes(bytes) => Data::Text(rhumb_yaml::text_of(&bytes).into_bytes().into()),
        };
        self.node(data, span)
    }

    fn key(&mut self, key: &Key<'_>, _: rhumb_yaml::Span) -> Arc<str> {
        key.to_text().unwrap_or_default().into()
    }

    fn list(&mut self, items: Vec<Node>, span: rhumb_yaml::Span) -> Node {
        self.node(Data::List(items.into()), span)
    }

    fn map(&mut self, entries: Vec<(Arc<str>, Node)>, span: rhumb_yaml::Span) -> Node {
        self.node(Data::Map(Arc::new(entries.into_iter().collect())), span)
    }
}
