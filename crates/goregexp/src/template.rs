use crate::scan::decode;

/// A part of a replacement template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Text as it is.
    Text(&'t [u8]),
    /// A group by number.
    Number(usize),
    /// A group by name.
    Name(&'t [u8]),
}

/// Splits a template at `$1`, `$name`, `${name}` and `$$`; a `$` before anything else is text.
pub(crate) fn parse(mut template: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some(dollar) = template.iter().position(|byte| *byte == b'$') {
        parts.push(Part::Text(&template[..dollar]));
        let sign = &template[dollar..=dollar];
        template = &template[dollar + 1..];
        if let Some(rest) = template.strip_prefix(b"$") {
            parts.push(Part::Text(sign));
            template = rest;
        } else if let Some((name, rest)) = split_name(template) {
            parts.push(number(name).map_or(Part::Name(name), Part::Number));
            template = rest;
        } else {
            parts.push(Part::Text(sign));
        }
    }
    parts.push(Part::Text(template));
    parts
}

/// Splits off `name` or `{name}`, the longest there is.
fn split_name(template: &[u8]) -> Option<(&[u8], &[u8])> {
    let body = template.strip_prefix(b"{");
    let text = body.unwrap_or(template);
    let mut end = 0;
    while let Some((char, width)) = decode(&text[end..]) {
        if !(is_letter_or_digit(char) || char == '_') {
            break;
        }
        end += width;
    }
    let (name, mut rest) = text.split_at(end);
    if body.is_some() {
        rest = rest.strip_prefix(b"}")?;
    }
    (!name.is_empty()).then_some((name, rest))
}

/// Letters and decimal digits; Rust's alphanumeric characters have other numbers too.
fn is_letter_or_digit(char: char) -> bool {
    char.is_ascii_alphanumeric()
        || !char.is_ascii() && char.is_alphanumeric() && crate::unicode::is_letter_or_digit(char)
}

/// The number that a name is; one with a leading zero or of nine digits and more is a name.
fn number(name: &[u8]) -> Option<usize> {
    let is_number = name.len() <= 9
        && name.iter().all(u8::is_ascii_digit)
        && (name.len() == 1 || name[0] != b'0');
    is_number.then(|| name.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_long_as_possible() {
        let want = [Part::Text(b"a"), Part::Name(b"1x"), Part::Text(b"-"), Part::Number(1)];
        assert_eq!(parse(b"a$1x-${1}x")[..4], want);
        assert_eq!(parse(b"$${x")[1], Part::Text(b"$"));
    }
}
