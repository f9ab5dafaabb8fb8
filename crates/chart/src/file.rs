use std::sync::Arc;

use bytes::Bytes;

/// A file of a chart. Cheap to clone: the content is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path within the chart, with `/` between folders, such as `templates/service.yaml`.
    pub name: Arc<str>,
    /// The content; a byte order mark at its start is already gone.
    pub data: Bytes,
    /// When it was changed, in seconds since 1970; 0 where that is not known.
    pub modified: i64,
}

impl File {
    /// A file whose leading byte order mark is dropped.
    pub fn new(name: impl Into<Arc<str>>, data: Bytes, modified: i64) -> Self {
        let data = if data.starts_with(b"\xEF\xBB\xBF") { data.slice(3..) } else { data };
        Self { name: name.into(), data, modified }
    }

    /// The content as text, with U+FFFD for what is not UTF-8.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.data)
    }
}
