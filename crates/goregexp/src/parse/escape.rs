use regex_syntax::hir::Look;

use super::Parser;
use crate::class::{self, Class};
use crate::node::Node;
use crate::scan::{before, check_utf8, next_char};
use crate::unicode;
use crate::{Error, ErrorKind};

impl<'p> Parser<'p> {
    /// Reads what starts with a backslash, outside of brackets.
    pub(super) fn escape(&mut self, text: &'p [u8]) -> Result<&'p [u8], Error> {
        match text.get(1) {
            Some(b'A') => self.push(Node::look(Look::Start))?,
            Some(b'z') => self.push(Node::look(Look::End))?,
            Some(b'b') => self.push(Node::look(Look::WordAscii))?,
            Some(b'B') => self.push(Node::look(Look::WordAsciiNegate))?,
            Some(b'C') => return Err(Error::syntax(ErrorKind::Escape, &text[..2])),
            Some(b'Q') => return self.quoted(&text[2..]),
            _ => {
                if let Some((class, rest)) = self.class_escape(text)? {
                    self.push_class(class)?;
                    return Ok(rest);
                }
                let (code, rest) = char_escape(text)?;
                self.code_point(code)?;
                return Ok(rest);
            }
        }
        Ok(&text[2..])
    }

    /// Reads the literal text between `\Q` and `\E`, or the end.
    fn quoted(&mut self, text: &'p [u8]) -> Result<&'p [u8], Error> {
        let end = text.windows(2).position(|pair| pair == b"\\E");
        let mut literal = &text[..end.unwrap_or(text.len())];
        while !literal.is_empty() {
            let (char, rest) = next_char(literal)?;
            self.literal(char)?;
            literal = rest;
        }
        Ok(end.map_or(&[], |end| &text[end + 2..]))
    }

    /// Reads an escape that stands for a class: `\p{…}`, `\d` and so on; nothing if it is none.
    pub(super) fn class_escape(&self, text: &'p [u8]) -> Result<Option<(Class, &'p [u8])>, Error> {
        let &[b'\\', letter, ref rest @ ..] = text else {
            return Ok(None);
        };
        if letter.eq_ignore_ascii_case(&b'p') {
            return self.unicode_class(text).map(Some);
        }
        Ok(class::perl(letter)
            .map(|(set, is_negated)| (class::named(set, self.flags.is_folded, is_negated), rest)))
    }

    /// Reads `\pN`, `\p{Name}`, `\P…` and `\p{^…}`.
    fn unicode_class(&self, text: &'p [u8]) -> Result<(Class, &'p [u8]), Error> {
        let mut is_negated = text[1] == b'P';
        let (first, mut rest) = next_char(&text[2..])?;
        let (mut name, whole);
        if first == '{' {
            let Some(end) = text.iter().position(|byte| *byte == b'}') else {
                check_utf8(text)?;
                return Err(Error::syntax(ErrorKind::ClassRange, text));
            };
            (whole, rest) = text.split_at(end + 1);
            name = &text[3..end];
            check_utf8(name)?;
        } else {
            whole = before(text, rest);
            name = &whole[2..];
        }
        if let Some(positive) = name.strip_prefix(b"^") {
            is_negated = !is_negated;
            name = positive;
        }
        let class = str::from_utf8(name).ok().and_then(unicode::class);
        let mut class = class.ok_or_else(|| Error::syntax(ErrorKind::ClassRange, whole))?;
        if self.flags.is_folded {
            class::fold(&mut class);
        }
        if is_negated {
            class.negate();
        }
        Ok((class, rest))
    }
}

/// Reads an escape that stands for one code point.
pub(super) fn char_escape(text: &[u8]) -> Result<(u32, &[u8]), Error> {
    if text.len() == 1 {
        return Err(Error::syntax(ErrorKind::TrailingBackslash, b""));
    }
    let (char, rest) = next_char(&text[1..])?;
    let code = match char {
        'a' => 0x07,
        'f' => 0x0c,
        'n' => 0x0a,
        'r' => 0x0d,
        't' => 0x09,
        'v' => 0x0b,
        'x' => return hex_escape(text, rest),
        '0' => return Ok(octal(0, rest)),
        '1'..='7' if matches!(rest.first(), Some(b'0'..=b'7')) => {
            return Ok(octal(u32::from(char) - u32::from('0'), rest));
        }
        _ if char.is_ascii() && !char.is_ascii_alphanumeric() => char.into(),
        _ => return Err(Error::syntax(ErrorKind::Escape, before(text, rest))),
    };
    Ok((code, rest))
}

/// Reads at most two more octal digits.
fn octal(first: u32, text: &[u8]) -> (u32, &[u8]) {
    let digits = text.iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let code = text[..digits].iter().fold(first, |code, digit| code * 8 + u32::from(digit - b'0'));
    (code, &text[digits..])
}

/// Reads `xHH` or `x{H…}`; `rest` is what comes after the `x`.
fn hex_escape<'p>(text: &'p [u8], mut rest: &'p [u8]) -> Result<(u32, &'p [u8]), Error> {
    let error = |rest: &[u8]| Error::syntax(ErrorKind::Escape, before(text, rest));
    if rest.is_empty() {
        return Err(error(rest));
    }
    let (first, after) = next_char(rest)?;
    rest = after;
    if first != '{' {
        let (second, after) = next_char(rest)?;
        let (Some(high), Some(low)) = (first.to_digit(16), second.to_digit(16)) else {
            return Err(error(after));
        };
        return Ok((high * 16 + low, after));
    }
    let mut code = None;
    while !rest.is_empty() {
        let (char, after) = next_char(rest)?;
        rest = after;
        if char == '}' {
            return code.map(|code| (code, rest)).ok_or_else(|| error(rest));
        }
        let Some(digit) = char.to_digit(16) else { break };
        let next = code.unwrap_or(0) * 16 + digit;
        if next > 0x10_ffff {
            break;
        }
        code = Some(next);
    }
    Err(error(rest))
}
