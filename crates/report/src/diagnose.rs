use std::io;
use std::ops::Range;
use std::sync::Arc;

/// A byte range in one named source, such as `templates/deployment.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What the bytes are a part of: a path, or a name such as `--set`.
    pub source: Arc<str>,
    /// Offsets in bytes, end exclusive.
    pub bytes: Range<usize>,
}

/// An error that can point at its cause and suggest a next step.
///
/// `Display` stays one line, so logs and embedders get plain text. Spans and hints travel
/// beside the message, and only a front end renders them.
pub trait Diagnose: std::error::Error {
    /// The place that the error is about.
    fn span(&self) -> Option<&Span> {
        None
    }

    /// What to try next, each a short sentence without a period.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What the system says about a failed call, in the words of Go: small, and without a number.
pub fn system_words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
}

/// The call that failed, in the words of Go, when a file was opened and read: folders can be opened.
pub fn read_verb(error: &io::Error) -> &'static str {
    if error.kind() == io::ErrorKind::IsADirectory { "read" } else { "open" }
}

/// What to do if a file could not be written for want of room.
pub fn disk_hints(error: &io::Error) -> Vec<String> {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
        return vec!["free some space and run the command again".to_owned()];
    }
    Vec::new()
}
