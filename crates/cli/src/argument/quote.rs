use std::fmt::Write as _;

/// Puts a text in double quotes with Go's escapes, as Go's `%q` does.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            char if char.is_ascii_control() => escape(&mut quoted, "\\x", char, 2),
            char if char.is_control() => escape(&mut quoted, "\\u", char, 4),
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

fn escape(quoted: &mut String, prefix: &str, char: char, digits: usize) {
    quoted.push_str(prefix);
    // Writing to a `String` cannot fail.
    let _ = write!(quoted, "{:0digits$x}", u32::from(char));
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn escapes_as_go_does() {
        assert_eq!(quote("a\"b\\c\n\x01é\u{85}"), r#""a\"b\\c\n\x01é\u0085""#);
    }
}
