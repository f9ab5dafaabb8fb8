//! Go string literals: quoting and unquoting, as `strconv` does.

use crate::unicode::{decode, is_print, push};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// The double-quoted Go literal of `text`, as `%q` prints it.
pub fn quote(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    append(&mut out, text, '"', false);
    String::from_utf8_lossy(&out).into_owned()
}

/// Appends `text` as a literal between `mark`s; with `ascii`, all else is escaped, as `%+q` does.
pub fn append(out: &mut Vec<u8>, text: &[u8], mark: char, ascii: bool) {
    push(out, mark);
    let mut rest = text;
    while !rest.is_empty() {
        let (character, width) = decode(rest);
        match character {
            Some(character) => escape(out, character, mark, ascii),
            None => escape_byte(out, rest[0]),
        }
        rest = &rest[width..];
    }
    push(out, mark);
}

fn escape_byte(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(b"\\x");
    out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

fn escape(out: &mut Vec<u8>, character: char, mark: char, ascii: bool) {
    if character == mark || character == '\\' {
        out.push(b'\\');
        return push(out, character);
    }
    if is_print(character) && (!ascii || character.is_ascii()) {
        return push(out, character);
    }
    let short = match character {
        '\x07' => b'a',
        '\x08' => b'b',
        '\x0c' => b'f',
        '\n' => b'n',
        '\r' => b'r',
        '\t' => b't',
        '\x0b' => b'v',
        _ => 0,
    };
    let code = u32::from(character);
    if short != 0 {
        out.extend_from_slice(&[b'\\', short]);
    } else if code < 0x80 {
        out.extend_from_slice(format!("\\x{code:02x}").as_bytes());
    } else if code < 0x10000 {
        out.extend_from_slice(format!("\\u{code:04x}").as_bytes());
    } else {
        out.extend_from_slice(format!("\\U{code:08x}").as_bytes());
    }
}

/// Whether `text` can stand between backquotes as it is.
pub fn can_backquote(text: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(text) else { return false };
    text.chars().all(|character| match character {
        '\t' => true,
        '`' | '\u{7f}' | '\u{feff}' => false,
        other => other >= ' ',
    })
}

/// The text of a Go string literal with its quotes, or nothing if it is none.
pub fn unquote(literal: &[u8]) -> Option<Vec<u8>> {
    let (&mark, rest) = literal.split_first()?;
    let (&last, mut rest) = rest.split_last()?;
    if last != mark {
        return None;
    }
    if mark == b'`' {
        let inner = rest.iter().copied();
        return (!rest.contains(&b'`')).then(|| inner.filter(|byte| *byte != b'\r').collect());
    }
    if mark != b'"' {
        return None;
    }
    if !rest.iter().any(|byte| matches!(byte, b'\\' | b'\n' | b'"')) && str::from_utf8(rest).is_ok()
    {
        return Some(rest.to_vec());
    }
    let mut out = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        if rest[0] == b'\n' {
            return None;
        }
        let (unit, width) = unquote_unit(rest, b'"')?;
        match unit {
            Unit::Byte(byte) => out.push(byte),
            Unit::Char(character) => push(&mut out, character),
        }
        rest = &rest[width..];
    }
    Some(out)
}

/// One character or byte of a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A byte, by `\x` or octal.
    Byte(u8),
    /// A character.
    Char(char),
}

/// Reads the first character of the inside of a literal, and how many bytes it takes; nothing if it
/// is not well formed.
pub fn unquote_unit(inside: &[u8], mark: u8) -> Option<(Unit, usize)> {
    let &first = inside.first()?;
    if first == mark {
        return None;
    }
    if first != b'\\' {
        let (character, width) = decode(inside);
        return Some((Unit::Char(character.unwrap_or(char::REPLACEMENT_CHARACTER)), width));
    }
    let &kind = inside.get(1)?;
    let simple = |character| Some((Unit::Char(character), 2));
    match kind {
        b'a' => simple('\x07'),
        b'b' => simple('\x08'),
        b'f' => simple('\x0c'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'v' => simple('\x0b'),
        b'\\' => simple('\\'),
        b'x' => {
            let byte = u8::try_from(number(inside.get(2..4)?, 16)?).ok()?;
            Some((Unit::Byte(byte), 4))
        }
        b'u' => Some((Unit::Char(char::from_u32(number(inside.get(2..6)?, 16)?)?), 6)),
        b'U' => Some((Unit::Char(char::from_u32(number(inside.get(2..10)?, 16)?)?), 10)),
        b'0'..=b'7' => {
            let byte = u8::try_from(number(inside.get(1..4)?, 8)?).ok()?;
            Some((Unit::Byte(byte), 4))
        }
        b'\'' | b'"' if kind == mark => simple(char::from(kind)),
        _ => None,
    }
}

fn number(digits: &[u8], base: u32) -> Option<u32> {
    let mut value: u32 = 0;
    for digit in digits {
        value = value.checked_mul(base)?.checked_add(char::from(*digit).to_digit(base)?)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_go_does() {
        assert_eq!(
            quote("a\"b\\\n\u{7f}é\u{a0}\u{10ffff}".as_bytes()),
            r#""a\"b\\\n\x7fé\u00a0\U0010ffff""#
        );
        assert_eq!(quote(b"\xff\x00"), r#""\xff\x00""#);
        assert!(can_backquote(b"a\tb") && !can_backquote(b"a`") && !can_backquote(b"\n"));
    }

    #[test]
    fn unquotes_what_it_quotes() {
        let text = b"tab\t \xff \xc3\xa9 \" \\";
        assert_eq!(unquote(quote(text).as_bytes()).unwrap(), text);
        assert_eq!(unquote(b"`a\r\nb`").unwrap(), b"a\nb");
        assert_eq!(unquote(br#""\101\u00e9""#).unwrap(), "Aé".as_bytes());
        assert_eq!(unquote(br#""\400""#), None);
        assert_eq!(unquote(br#""\ud800""#), None);
        assert_eq!(unquote(br#""\'""#), None);
    }
}
