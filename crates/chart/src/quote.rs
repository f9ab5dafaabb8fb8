/// Puts a text into quotes as Go's `%q` does.
pub(crate) fn quote(text: &str) -> String {
    rhumb_value::quote::quote(text.as_bytes())
}

/// Puts a character into quotes as Go's `%q` does.
pub(crate) fn quote_char(c: char) -> String {
    let mut quoted = Vec::new();
    let mut buffer = [0; 4];
    rhumb_value::quote::append(&mut quoted, c.encode_utf8(&mut buffer).as_bytes(), '\'', false);
    String::from_utf8_lossy(&quoted).into_owned()
}

/// Puts each character into quotes, as Go's `%q` does with runes: `['a' 'b']`.
pub(crate) fn quote_each(text: &str) -> String {
    let quoted: Vec<_> = text.chars().map(quote_char).collect();
    format!("[{}]", quoted.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_go() {
        assert_eq!(quote("a\"b\\\n"), "\"a\\\"b\\\\\\n\"");
        assert_eq!(quote_each("n'"), "['n' '\\'']");
    }
}
