//! Values: what templates are filled with, where each came from, and how they are put together.

mod coalesce;
mod dependencies;
mod json;
mod live;
mod node;
pub(crate) mod number;
mod path;
mod read;
mod set;
mod user;

use std::sync::Arc;

pub use dependencies::DisabledChart;
pub use node::{Data, Node, Origin, Table};
pub use path::PathError;
pub(crate) use read::read;
pub use read::{ReadError, merge};
pub use set::{SetError, SetMode, set};
pub use user::{UserValues, UserValuesError};

/// A map of values that never changes. Cheap to clone, and may be sent between threads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Arc<Table>);

impl Values {
    /// The map.
    pub fn table(&self) -> &Arc<Table> {
        &self.0
    }

    /// Reads YAML with any number of documents, of which later ones win key by key. `source` is
    /// the file's name, for the origins.
    ///
    /// # Errors
    ///
    /// If a document is no YAML or no map.
    pub fn read(text: &[u8], source: &str) -> Result<Self, ReadError> {
        read(text, &Arc::from(source)).map(Self::from)
    }

    /// Reads the first document of YAML, as Helm's linter does, and nothing of what follows it.
    ///
    /// # Errors
    ///
    /// If it is no YAML or no map.
    pub fn read_first(text: &[u8], source: &str) -> Result<Self, ReadError> {
        read::read_first(text, &Arc::from(source)).map(Self::from)
    }
}

impl From<Table> for Values {
    fn from(table: Table) -> Self {
        Self(Arc::new(table))
    }
}

impl From<Arc<Table>> for Values {
    fn from(table: Arc<Table>) -> Self {
        Self(table)
    }
}

/// Reads a text that is JSON, and nothing of one that is not.
pub(crate) fn read_json(text: &[u8], source: &Arc<str>) -> Option<Node> {
    json::Reader::new(std::str::from_utf8(text).ok()?, source, 0).whole().ok()
}

/// Whether a text is JSON and nothing else.
pub(crate) fn is_json(text: &str) -> bool {
    read_json(text.as_bytes(), &Arc::from("")).is_some()
}

/// Why values cannot be put together, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoalesceError {
    /// Something that is no map where the values of a chart within belong.
    #[error("type mismatch on {name}: {found}")]
    TypeMismatch {
        /// The chart within.
        name: String,
        /// What is there, as Go prints it.
        found: String,
    },
}
