/// Why a pattern is refused, or a result is. The texts are Go's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The pattern breaks a rule of the syntax.
    #[error("error parsing regexp: {kind}: `{}`", String::from_utf8_lossy(.fragment))]
    Syntax {
        /// Which rule.
        kind: ErrorKind,
        /// The part of the pattern that breaks it, in bytes as it may be no UTF-8.
        fragment: Vec<u8>,
    },
    /// A replacement would make more than [`Regex::MAX_OUTPUT`](crate::Regex::MAX_OUTPUT) bytes.
    #[error("replaced text is larger than {limit} bytes")]
    OutputTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl Error {
    pub(crate) fn syntax(kind: ErrorKind, fragment: &[u8]) -> Self {
        Self::Syntax { kind, fragment: fragment.to_vec() }
    }
}

/// The rule that a pattern breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A range such as `z-a`, or a class name nobody knows.
    #[error("invalid character class range")]
    ClassRange,
    /// A backslash before something that has no such meaning.
    #[error("invalid escape sequence")]
    Escape,
    /// A group name with other than letters, digits and underscores.
    #[error("invalid named capture")]
    NamedCapture,
    /// `(?` followed by something else than flags or a name.
    #[error("invalid or unsupported Perl syntax")]
    PerlSyntax,
    /// Two repetition operators in a row.
    #[error("invalid nested repetition operator")]
    NestedRepetition,
    /// A count above 1000, nested ones multiplied, or a range the wrong way round.
    #[error("invalid repeat count")]
    RepeatCount,
    /// The pattern is not UTF-8.
    #[error("invalid UTF-8")]
    Utf8,
    /// A class is not closed.
    #[error("missing closing ]")]
    MissingBracket,
    /// A group is not closed.
    #[error("missing closing )")]
    MissingParen,
    /// Nothing to repeat.
    #[error("missing argument to repetition operator")]
    MissingRepeatArgument,
    /// A backslash at the very end.
    #[error("trailing backslash at end of expression")]
    TrailingBackslash,
    /// A parenthesis that closes nothing.
    #[error("unexpected )")]
    UnexpectedParen,
    /// Deeper than 1000 levels.
    #[error("expression nests too deeply")]
    NestingDepth,
    /// The compiled form would be too large.
    #[error("expression too large")]
    TooLarge,
}
