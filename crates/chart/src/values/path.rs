use super::node::{Node, Table};
use crate::quote::quote;

/// Why a path leads to nothing, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// A part of the path that is no map, or not there.
    #[error("{} is not a table", quote(key))]
    NoTable {
        /// The part.
        key: String,
    },
    /// The last part, which is not there or is a map.
    #[error("{} is not a value", quote(key))]
    NoValue {
        /// The part.
        key: String,
    },
    /// An empty path.
    #[error("YAML path cannot be empty")]
    Empty,
}

impl Table {
    /// The map at a path such as `web.service`.
    ///
    /// # Errors
    ///
    /// If a part of it is no map or is not there.
    pub fn table_at(&self, path: &str) -> Result<&Self, PathError> {
        path.split('.').try_fold(self, |table, key| {
            let inner = table.get(key).and_then(Node::table);
            inner.map(|inner| &**inner).ok_or_else(|| PathError::NoTable { key: key.to_owned() })
        })
    }

    /// The value at a path such as `web.enabled`, which is not a map.
    ///
    /// # Errors
    ///
    /// If the path is empty or leads nowhere or to a map.
    pub fn value_at(&self, path: &str) -> Result<&Node, PathError> {
        if path.is_empty() {
            return Err(PathError::Empty);
        }
        let (folder, key) = path.rsplit_once('.').map_or((None, path), |(f, k)| (Some(f), k));
        let table = folder.map_or(Ok(self), |folder| self.table_at(folder)).ok();
        table
            .and_then(|table| table.get(key))
            .filter(|node| node.table().is_none())
            .ok_or_else(|| PathError::NoValue { key: key.to_owned() })
    }
}
