use std::borrow::Cow;

use super::plain::{Fold, ScalarText};
use super::{Scanner, class};
use crate::Error;
use crate::token::{Style, TokenKind};

/// Where a run of characters between quotes stopped.
enum Stop {
    /// At a blank, a line break, the closing quote or the end.
    Outside,
    /// After a line break that was escaped.
    EscapedBreak,
}

impl<'a> Scanner<'a> {
    pub(super) fn fetch_quoted(&mut self, single: bool) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.position += 1;
        let text = match self.simple_quoted(single) {
            Some(text) => Cow::Borrowed(text),
            None => self.scan_quoted(single)?,
        };
        self.position += 1;
        let style = if single { Style::SingleQuoted } else { Style::DoubleQuoted };
        self.push(TokenKind::Scalar { text, style }, start);
        Ok(())
    }

    /// What is between the quotes, if it stands on one line and nothing in it is escaped.
    pub(super) fn simple_quoted(&mut self, single: bool) -> Option<&'a str> {
        if self.model.is_some() {
            return None;
        }
        let (quote, stop) =
            if single { (b'\'', class::SINGLE_QUOTED) } else { (b'"', class::DOUBLE_QUOTED) };
        let rest = &self.bytes[self.position..];
        let mut at = 0;
        loop {
            at += rest[at..].iter().position(|&byte| class::is(byte, stop))?;
            match rest[at] {
                0xc2 | 0xe2 if class::break_width(rest, at) == 0 => at += 1,
                byte if byte == quote && !(single && rest.get(at + 1) == Some(&quote)) => break,
                _ => return None,
            }
        }
        let text = &self.text[self.position..self.position + at];
        self.position += at;
        Some(text)
    }

    /// What is between the quotes. Ends at the closing one.
    fn scan_quoted(&mut self, single: bool) -> Result<Cow<'a, str>, Error> {
        let quote = if single { b'\'' } else { b'"' };
        let mut text = ScalarText::new(self.text, self.position);
        let mut fold = Fold::default();
        loop {
            self.need(4)?;
            if self.is_document_indicator() {
                return Err(self.error("found unexpected document indicator"));
            }
            if self.position >= self.bytes.len() {
                return Err(self.error("found unexpected end of stream"));
            }
            let mut broken = match self.quoted_run(single, &mut text)? {
                Stop::Outside => false,
                Stop::EscapedBreak => true,
            };
            self.need(1)?;
            if self.byte(0) == quote {
                return Ok(text.finish());
            }
            self.skip_quoted_gap(&mut broken, &mut fold)?;
            if broken {
                fold.apply(&mut text, self.position);
            } else {
                text.extend(self.position);
            }
        }
    }

    fn skip_quoted_gap(&mut self, broken: &mut bool, fold: &mut Fold) -> Result<(), Error> {
        loop {
            if matches!(self.byte(0), b' ' | b'\t') {
                self.position += 1;
            } else if self.break_width(0) > 0 {
                self.need(2)?;
                fold.push(self.read_line(), !*broken);
                *broken = true;
            } else {
                return Ok(());
            }
            self.need(1)?;
        }
    }

    /// Reads up to a blank, a line break, the closing quote or the end.
    fn quoted_run(&mut self, single: bool, text: &mut ScalarText<'a>) -> Result<Stop, Error> {
        while !self.is_blankz(0) {
            match self.byte(0) {
                b'\'' if single && self.byte(1) == b'\'' => {
                    text.replace("'", self.position + 2);
                    self.position += 2;
                }
                b'\'' if single => break,
                b'"' if !single => break,
                b'\\' if !single && self.break_width(1) > 0 => {
                    self.need(3)?;
                    self.position += 1;
                    self.skip_line();
                    text.replace("", self.position);
                    return Ok(Stop::EscapedBreak);
                }
                b'\\' if !single => self.read_escape(text)?,
                _ => {
                    let end = self.quoted_run_end(single);
                    self.advance_to(end, 2)?;
                    text.extend(end);
                    continue;
                }
            }
            self.need(2)?;
        }
        Ok(Stop::Outside)
    }

    fn read_escape(&mut self, text: &mut ScalarText<'a>) -> Result<(), Error> {
        let digits = match self.byte(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            simple => {
                let Some(meant) = escaped(simple) else {
                    return Err(self.error("found unknown escape character"));
                };
                self.position += 2;
                text.replace(meant, self.position);
                return Ok(());
            }
        };
        self.position += 2;
        self.need(digits)?;
        let mut value = 0u32;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.byte(ahead)).to_digit(16) else {
                return Err(self.error("did not find expected hexdecimal number"));
            };
            value = value << 4 | digit;
        }
        let Some(character) = char::from_u32(value) else {
            return Err(self.error("found invalid Unicode character escape code"));
        };
        self.position += digits;
        text.replace(character.encode_utf8(&mut [0; 4]), self.position);
        Ok(())
    }

    /// Where the characters from here end that stand for themselves. The first one does.
    fn quoted_run_end(&self, single: bool) -> usize {
        let stop = if single { class::SINGLE_QUOTED } else { class::DOUBLE_QUOTED };
        let first = self.position + class::width(self.byte(0));
        let rest = self.bytes.get(first..).unwrap_or_default();
        let is_stop = |&byte: &u8| class::is(byte, stop) || matches!(byte, b' ' | b'\t');
        first + rest.iter().position(is_stop).unwrap_or(rest.len())
    }
}

/// Whether the backslash before this byte makes one other character of it.
pub(crate) const fn is_short_escape(byte: u8) -> bool {
    escaped(byte).is_some()
}

/// What the character after a backslash stands for.
const fn escaped(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'0' => "\0",
        b'a' => "\x07",
        b'b' => "\x08",
        b't' | b'\t' => "\t",
        b'n' => "\n",
        b'v' => "\x0b",
        b'f' => "\x0c",
        b'r' => "\r",
        b'e' => "\x1b",
        b' ' => " ",
        b'"' => "\"",
        b'\'' => "'",
        b'\\' => "\\",
        b'N' => "\u{85}",
        b'_' => "\u{a0}",
        b'L' => "\u{2028}",
        b'P' => "\u{2029}",
        _ => return None,
    })
}
