use std::fmt;

/// Why YAML could not be read, in the words that Helm's reader has for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is no YAML.
    #[error("yaml: {}{problem}", LinePrefix(*line))]
    Syntax {
        /// What is wrong.
        problem: &'static str,
        /// The line as Helm counts it, which may be one too low; 0 if it names none.
        line: u32,
        /// Where the problem was found, in bytes.
        offset: u32,
    },
    /// An alias whose anchor is not there before it.
    #[error("yaml: unknown anchor '{name}' referenced")]
    UnknownAnchor {
        /// The name after the `*`.
        name: String,
        /// Where the alias is, in bytes.
        offset: u32,
    },
    /// An alias inside what it stands for.
    #[error("yaml: anchor '{name}' value contains itself")]
    SelfReference {
        /// The name after the `*`.
        name: String,
    },
    /// Aliases that blow the document up.
    #[error("yaml: document contains excessive aliasing")]
    ExcessiveAliasing,
    /// A `<<` whose value is no mapping, or list of mappings.
    #[error("yaml: map merge requires map or sequence of maps as the value")]
    MergeNotMapping {
        /// Where the value is, in bytes.
        offset: u32,
    },
    /// A mapping or a sequence as the key of a mapping.
    #[error("yaml: invalid map key: {shown}")]
    InvalidKey {
        /// The key as Go prints it.
        shown: String,
        /// Where the key is, in bytes.
        offset: u32,
    },
    /// A tag that the text does not fit.
    #[error("yaml: cannot decode {got} `{text}` as a {want}")]
    TagMismatch {
        /// What the text looks like, such as `!!str`.
        got: &'static str,
        /// The text.
        text: String,
        /// What the tag says.
        want: &'static str,
        /// Where the text is, in bytes.
        offset: u32,
    },
    /// A `!!binary` that is not base64.
    #[error("yaml: !!binary value contains invalid base64 data")]
    InvalidBase64 {
        /// Where the text is, in bytes.
        offset: u32,
    },
    /// Keys that are twice in a mapping, where that is not allowed.
    #[error("yaml: unmarshal errors:{}", Duplicates(keys))]
    DuplicateKeys {
        /// All of them, in the order of the text.
        keys: Vec<DuplicateKey>,
    },
    /// A key that JSON cannot have, such as null.
    #[error("unsupported map key of type: {kind}, key: {key}, value: {value}")]
    UnsupportedKey {
        /// The Go type of the key.
        kind: String,
        /// The key as Go prints it.
        key: String,
        /// Its value as Go prints it.
        value: String,
    },
    /// A number that JSON cannot have: infinite, or none.
    #[error("json: unsupported value: {shown}")]
    UnsupportedNumber {
        /// The number as Go prints it.
        shown: &'static str,
    },
    /// The text is nested deeper than is allowed.
    #[error("yaml: exceeded max depth of {limit}")]
    TooDeep {
        /// The most levels.
        limit: usize,
    },
    /// The text is larger than is allowed.
    #[error("YAML is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The most bytes.
        limit: usize,
    },
    /// More values than are allowed, aliases followed.
    #[error("YAML holds more than the limit of {limit} values")]
    TooManyValues {
        /// The most values.
        limit: usize,
    },
}

impl Error {
    /// Where the problem is, in bytes, if it is at one place.
    pub const fn offset(&self) -> Option<u32> {
        match self {
            Self::Syntax { offset, .. }
            | Self::UnknownAnchor { offset, .. }
            | Self::MergeNotMapping { offset }
            | Self::InvalidKey { offset, .. }
            | Self::TagMismatch { offset, .. }
            | Self::InvalidBase64 { offset } => Some(*offset),
            _ => None,
        }
    }
}

/// A key that is in a mapping already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key as Go prints it, quoted if it is text.
    pub shown: String,
    /// The line of its value, from 1.
    pub line: u32,
}

/// Why YAML could not be read by way of JSON, as Helm reads nearly everything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// No YAML, or none that JSON can express.
    #[error("error converting YAML to JSON: {0}")]
    Convert(Error),
    /// JSON of another shape than is wanted, in the words of Go's `encoding/json`.
    #[error("error unmarshaling JSON: while decoding JSON: {0}")]
    Shape(String),
}

impl From<Error> for LoadError {
    fn from(error: Error) -> Self {
        Self::Convert(error)
    }
}

struct LinePrefix(u32);

impl fmt::Display for LinePrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 { Ok(()) } else { write!(f, "line {}: ", self.0) }
    }
}

struct Duplicates<'a>(&'a [DuplicateKey]);

impl fmt::Display for Duplicates<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|DuplicateKey { shown, line }| {
            write!(f, "\n  line {line}: key {shown} already set in map")
        })
    }
}
