use std::sync::Arc;

use rhumb_report::{Diagnose, Span};

use super::node::{Data, Node, Table};
use crate::document::{self, DocumentError};

/// Why values cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Something other than a comment behind the `---` between documents.
    #[error("error reading yaml document: invalid Yaml document separator: {found}")]
    Separator {
        /// What is there.
        found: String,
    },
    /// No YAML, or none that could be JSON.
    #[error("cannot unmarshal yaml document: error converting YAML to JSON: {0}")]
    Document(#[from] DocumentError),
    /// Another thing than a map.
    #[error(
        "cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go value of type map[string]interface {{}}"
    )]
    NoMap {
        /// What JSON calls it.
        found: &'static str,
    },
}

impl Diagnose for ReadError {
    fn span(&self) -> Option<&Span> {
        if let Self::Document(error) = self { error.span() } else { None }
    }
}

/// Reads YAML with any number of documents, of which later ones win key by key.
pub(crate) fn read(text: &[u8], source: &Arc<str>) -> Result<Table, ReadError> {
    if !text.is_empty() && !text.ends_with(b"\n") {
        // Helm's reader ends every line with a line break, and errors count lines.
        return read(&[text, b"\n"].concat(), source);
    }
    let mut values = Table::default();
    let mut start = 0;
    for at in separators(text) {
        let line = at..memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end + 1);
        let found = String::from_utf8_lossy(&text[at + SEPARATOR.len()..line.end]);
        let found = found.trim();
        if !found.is_empty() && !found.starts_with('#') {
            return Err(ReadError::Separator { found: found.to_owned() });
        }
        // Where nothing is before it, the line belongs to the document that it starts.
        if at > start {
            document(&mut values, text, start..at, source)?;
            start = line.end;
        }
    }
    if start < text.len() {
        document(&mut values, text, start..text.len(), source)?;
    }
    Ok(values)
}

/// Reads the first of the documents.
pub(super) fn read_first(text: &[u8], source: &Arc<str>) -> Result<Table, ReadError> {
    let mut values = Table::default();
    document(&mut values, text, 0..text.len(), source)?;
    Ok(values)
}

/// Starts the line between two documents.
const SEPARATOR: &[u8] = b"---";

/// Where lines are that start like the one between two documents.
fn separators(text: &[u8]) -> impl Iterator<Item = usize> {
    let first = text.starts_with(SEPARATOR).then_some(0);
    first.into_iter().chain(memchr::memmem::find_iter(text, b"\n---").map(|at| at + 1))
}

fn document(
    values: &mut Table,
    text: &[u8],
    bytes: std::ops::Range<usize>,
    source: &Arc<str>,
) -> Result<(), ReadError> {
    let node = document::parse_values(text, bytes, source)?;
    let found = match node.data {
        Data::Null => return Ok(()),
        Data::Map(table) => {
            let table = Arc::unwrap_or_clone(table);
            if values.is_empty() {
                *values = table;
            } else {
                merge(values, &table);
            }
            return Ok(());
        }
        Data::Bool(_) => "bool",
        Data::Int(_) | Data::Float(_) => "number",
        Data::Text(_) => "string",
        Data::List(_) => "array",
    };
    Err(ReadError::NoMap { found })
}

/// Puts the entries of `over` into `values`: maps key by key, all else replaces what is there.
pub fn merge(values: &mut Table, over: &Table) {
    let mut new = Vec::new();
    for (key, node) in over.entries() {
        match (values.get_mut(key), &node.data) {
            (None, _) => new.push((Arc::clone(key), node.clone())),
            (Some(Node { data: Data::Map(inner), .. }), Data::Map(table)) => {
                merge(Arc::make_mut(inner), table);
            }
            (Some(known), _) => *known = node.clone(),
        }
    }
    values.extend(new);
}
