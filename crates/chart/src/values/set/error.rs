use crate::quote::{quote, quote_each};
use crate::values::Node;

/// The largest index that `--set a[…]` may have.
pub(super) const MAX_INDEX: usize = 65_536;
/// How many dots the name of a value may have.
pub(super) const MAX_LEVEL: usize = 30;

/// Why a `--set` argument is refused, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// A name without an equals sign.
    #[error("key {} has no value", quote(key))]
    NoValue {
        /// The name.
        key: String,
    },
    /// A name that a comma ends.
    #[error("key {} has no value (cannot end with ,)", quote(key))]
    EndsWithComma {
        /// The name.
        key: String,
    },
    /// Nothing in a map.
    #[error("key map {} has no value", quote(key))]
    EmptyMap {
        /// The map's name.
        key: String,
    },
    /// Too many dots.
    #[error(
        "value name nested level is greater than maximum supported nested level of {MAX_LEVEL}"
    )]
    TooDeep,
    /// An index that is no number.
    #[error("error parsing index: strconv.Atoi: parsing {}: {reason}", quote(text))]
    Index {
        /// What is between the brackets.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An index below zero.
    #[error("negative {index} index not allowed")]
    NegativeIndex {
        /// The index.
        index: i64,
    },
    /// An index that would need much memory.
    #[error("index of {index} is greater than maximum supported index of {MAX_INDEX}")]
    IndexTooLarge {
        /// The index.
        index: usize,
    },
    /// Something between `]` and what must follow it.
    #[error("unexpected data at end of array index: {}", quote_each(text))]
    AfterIndex {
        /// What is there.
        text: String,
    },
    /// `{` without `}`.
    #[error("list must terminate with '}}'")]
    OpenList,
    /// An index into something that is no list, or a dot after something that is no map.
    #[error("unable to parse key: interface conversion: interface {{}} is {got}, not {want}")]
    Conversion {
        /// The Go type that is there.
        got: &'static str,
        /// The Go type that is needed.
        want: &'static str,
    },
    /// The file of `--set-file` cannot be read.
    #[error("{message}")]
    File {
        /// Why, in the reader's words.
        message: String,
    },
    /// A value of `--set-json` is no JSON.
    #[error("invalid JSON")]
    Json,
}

impl SetError {
    pub(super) fn not_a(node: &Node, want: &'static str) -> Self {
        let got = if node.is_null() { "nil" } else { node.go_type() };
        Self::Conversion { got, want }
    }

    pub(super) fn index(text: &str) -> Self {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let reason = if is_number { "value out of range" } else { "invalid syntax" };
        Self::Index { text: text.to_owned(), reason }
    }
}

/// Why reading stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// The argument is read.
    End,
    /// The argument is refused.
    Error(SetError),
}

impl From<SetError> for Stop {
    fn from(error: SetError) -> Self {
        Self::Error(error)
    }
}
