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
    /// An alternative of the wrong form.
    #[error("improper constraint: {}", quote(.0))]
    Improper(String),
    /// The right form, but a number or pre-release in it is off.
    #[error("constraint parser error")]
    Parser,
}

/// Puts a text into quotes as Go's `%q` does.
fn quote(text: &str) -> String {
    let quoted: String = text.chars().map(quoted).collect();
    format!("\"{quoted}\"")
}

fn quoted(char: char) -> String {
    let code = u32::from(char);
    match char {
        '"' | '\\' => format!("\\{char}"),
        '\x07' => "\\a".to_owned(),
        '\x08' => "\\b".to_owned(),
        '\x0c' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\x0b' => "\\v".to_owned(),
        char if !char.is_control() && is_printable(char) => char.to_string(),
        _ if code < 0x80 => format!("\\x{code:02x}"),
        _ if code < 0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

fn is_printable(char: char) -> bool {
    // Behind another character those that combine with it are not escaped.
    !format!("x{char}").escape_debug().any(|part| part == '{') || char == '{'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_range_is_quoted_as_go_quotes() {
        let said = Error::Improper(
            "a\0\x0b\x1b\u{7f}\u{85}\u{a0}e\u{301}{\"\\'é日\u{feff}\u{e0001}".to_owned(),
        );
        assert_eq!(
            said.to_string(),
            "improper constraint: \"a\\x00\\v\\x1b\\x7f\\u0085\\u00a0e\u{301}{\\\"\\\\'é日\\ufeff\\U000e0001\""
        );
    }
}
