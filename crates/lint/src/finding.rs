use std::ops::Range;

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Helm's text.
    pub(crate) text: String,
    /// The bytes that it is about, of the file or of what the template renders to.
    pub(crate) at: Option<Range<usize>>,
}

impl Finding {
    /// A text about a place, if it has one.
    pub(crate) fn new(text: impl Into<String>, at: Option<Range<usize>>) -> Self {
        Self { text: text.into(), at }
    }
}

impl From<String> for Finding {
    fn from(text: String) -> Self {
        Self::new(text, None)
    }
}
