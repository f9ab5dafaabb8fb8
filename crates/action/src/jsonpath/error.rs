use rhumb_value::json;

/// Why a `JSONPath` template cannot be parsed or filled in, in the words of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonPathError {
    /// An action has no end.
    #[error("unclosed action")]
    UnclosedAction,
    /// Something that means nothing in an action.
    #[error("unrecognized character in action: {shown}")]
    Character {
        /// The character with its number.
        shown: String,
    },
    /// `....`
    #[error("invalid multiple recursive descent")]
    TwoRecursive,
    /// Digits and dots that are no number.
    #[error("cannot parse number {text}")]
    Number {
        /// The text.
        text: String,
    },
    /// `[` without `]`.
    #[error("unterminated array")]
    UnterminatedArray,
    /// What stands in brackets is nothing that can.
    #[error("invalid array index {text}")]
    Index {
        /// The text.
        text: String,
    },
    /// A bound of a slice is too large, or only a sign.
    #[error("array index {text} is not a number")]
    IndexNumber {
        /// The text.
        text: String,
    },
    /// `[?(` without `)]`.
    #[error("unterminated filter")]
    UnterminatedFilter,
    /// `[?(…)` without `]`.
    #[error("unclosed array expect ]")]
    UnclosedFilter,
    /// A quote without its other half.
    #[error("unterminated quoted string")]
    UnterminatedQuote,
    /// A quoted text with an escape that is none.
    #[error("unquote string {text} error invalid syntax")]
    Quote {
        /// The text with its quotes.
        text: String,
    },
    /// Nothing has this field.
    #[error("{name} is not found")]
    NotFound {
        /// The field.
        name: String,
    },
    /// An index into what is no list.
    #[error("{kind} is not array or slice")]
    NotList {
        /// The Go type.
        kind: String,
    },
    /// A filter of what is no list.
    #[error("{shown} is not array or slice and cannot be filtered")]
    NotFilterable {
        /// The value as Go prints it.
        shown: String,
    },
    /// An index outside of the list.
    #[error("array index out of bounds: index {index}, length {length}")]
    OutOfBounds {
        /// The index.
        index: i64,
        /// The items of the list.
        length: i64,
    },
    /// A slice that ends before its start.
    #[error("starting index {start} is greater than ending index {end}")]
    Backwards {
        /// The start.
        start: i64,
        /// The end.
        end: i64,
    },
    /// A step that does not go on.
    #[error("step must be > 0")]
    Step,
    /// Several values on one side of a comparison.
    #[error("can only compare one element at a time")]
    SeveralCompared,
    /// A comparison of what cannot be compared.
    #[error("invalid type for comparison")]
    ComparedType,
    /// A comparison of values of two kinds.
    #[error("incompatible types for comparison")]
    ComparedTypes,
    /// No such operator.
    #[error("unrecognized filter operator {operator}")]
    Operator {
        /// The operator.
        operator: String,
    },
    /// `end` without `range`.
    #[error("not in range, nothing to end")]
    End,
    /// A word that means nothing.
    #[error("unrecognized identifier {word}")]
    Word {
        /// The word.
        word: String,
    },
    /// A value has no JSON.
    #[error(transparent)]
    Json(#[from] json::PrintError),
    /// A value cannot be printed.
    #[error("{why}")]
    Unprintable {
        /// Why.
        why: String,
    },
}
