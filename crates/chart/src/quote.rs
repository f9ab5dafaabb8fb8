/// Puts a text into quotes as Go's `%q` does.
pub(crate) fn quote(text: &str) -> String {
    rhumb_value::quote::quote(text.as_bytes())
}

/// Puts each character into quotes, as Go's `%q` does with runes: `['a' 'b']`.
pub(crate) fn quote_each(text: &str) -> String {
    let mut quoted = vec![b'['];
    let mut buffer = [0; 4];
    for (i, c) in text.chars().enumerate() {
        quoted.extend_from_slice(if i == 0 { b"" } else { b" " });
        rhumb_value::quote::append(&mut quoted, c.encode_utf8(&mut buffer).as_bytes(), '\'', false);
    }
    quoted.push(b']');
    String::from_utf8_lossy(&quoted).into_owned()
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
