use std::path::PathBuf;

/// The folders in which downloads are kept, shared with other processes.
#[derive(Clone, Debug)]
pub struct Cache {
    content: PathBuf,
    state: PathBuf,
}

/// What a cached file is; it decides the end of the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A chart archive, which Helm reads from the same place.
    Chart,
    /// A provenance file.
    Provenance,
    /// A manifest or an index.
    Manifest,
    /// A config blob: a chart's metadata.
    Config,
    /// Anything else.
    Blob,
}

impl Cache {
    /// Uses `content`, Helm's content cache, for what has a digest, and `state` for what tags
    /// and hosts said last. Neither needs to be there yet.
    pub fn new(content: impl Into<PathBuf>, state: impl Into<PathBuf>) -> Self {
        Self { content: content.into(), state: state.into() }
    }
}
