/// Why a text is no version or no range. The texts are those that templates and commands show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An empty text where a strict version must be.
    #[error("version string empty")]
    Empty,
    /// Not of a version's form.
    #[error("invalid semantic version")]
    Invalid,
    /// Something other than digits in a number.
    #[error("invalid characters in version")]
    Characters,
    /// A leading zero.
    #[error("version segment starts with 0")]
    LeadingZero,
    /// Build metadata of the wrong form.
    #[error("invalid metadata string")]
    Metadata,
    /// A pre-release of the wrong form.
    #[error("invalid prerelease string")]
    Prerelease,
    /// More than [`Version::MAX_BYTES`](crate::Version::MAX_BYTES).
    #[error("version string is too long (max 256 bytes)")]
    TooLong,
    /// A number past 64 bits; `lenient` tells which reader found it.
    #[error("{}strconv.ParseUint: parsing \"{text}\": value out of range", if *lenient { "error parsing version segment: " } else { "" })]
    OutOfRange {
        /// The digits.
        text: String,
        /// Whether the lenient reader found it.
        lenient: bool,
    },
    /// More than [`Constraint::MAX_BYTES`](crate::Constraint::MAX_BYTES).
    #[error("constraint string is too long (max 512 bytes)")]
    ConstraintTooLong,
    /// More than [`Constraint::MAX_GROUPS`](crate::Constraint::MAX_GROUPS) alternatives.
    #[error("too many constraint groups (max 32)")]
    TooManyGroups,
    /// An alternative of the wrong form; shown as Go quotes it.
    #[error("improper constraint: {0}")]
    Improper(String),
    /// The right form, but a number or pre-release in it is off.
    #[error("constraint parser error")]
    Parser,
}
