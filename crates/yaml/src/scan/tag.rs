use super::{Scanner, class};
use crate::Error;
use crate::token::TokenKind;

impl<'a> Scanner<'a> {
    /// An alias (`*name`) or an anchor (`&name`).
    pub(super) fn fetch_anchor(&mut self, is_alias: bool) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.position += 1;
        self.need(1)?;
        let name = self.scan_word()?;
        let is_ended = self.is_blankz(0)
            || matches!(self.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !is_ended {
            return Err(self.error("did not find expected alphabetic or numeric character"));
        }
        let kind = if is_alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) };
        self.push(kind, start);
        Ok(())
    }

    /// Letters, digits, `_` and `-`.
    pub(super) fn scan_word(&mut self) -> Result<&'a str, Error> {
        let from = self.position;
        let rest = &self.bytes[from..];
        let length = rest.iter().position(|&byte| !class::is_word(byte)).unwrap_or(rest.len());
        self.advance_to(from + length, 1)?;
        Ok(&self.text[from..from + length])
    }

    pub(super) fn fetch_tag(&mut self) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.need(2)?;
        let (mut handle, mut suffix) = ("", Vec::new());
        if self.byte(1) == b'<' {
            self.position += 2;
            self.scan_uri(None, &mut suffix)?;
            if self.byte(0) != b'>' {
                return Err(self.error("did not find the expected '>'"));
            }
            self.position += 1;
        } else {
            handle = self.scan_handle(false)?;
            if handle.len() > 1 && handle.ends_with('!') {
                self.scan_uri(None, &mut suffix)?;
            } else {
                self.scan_uri(Some(handle), &mut suffix)?;
                handle = "!";
                if suffix.is_empty() {
                    // The lone `!`.
                    handle = "";
                    suffix.push(b'!');
                }
            }
        }
        self.need(1)?;
        if !self.is_blankz(0) {
            return Err(self.error("did not find expected whitespace or line break"));
        }
        self.push(TokenKind::Tag { handle, suffix }, start);
        Ok(())
    }

    /// `!`, `!!` or `!name!`; outside of a directive also `!name`.
    pub(super) fn scan_handle(&mut self, in_directive: bool) -> Result<&'a str, Error> {
        self.need(1)?;
        if self.byte(0) != b'!' {
            return Err(self.error("did not find expected '!'"));
        }
        let from = self.position;
        self.position += 1;
        self.need(1)?;
        self.scan_word()?;
        if self.byte(0) == b'!' {
            self.position += 1;
        } else if in_directive && self.position > from + 1 {
            return Err(self.error("did not find expected '!'"));
        }
        Ok(&self.text[from..self.position])
    }

    /// Reads what may be in a tag, after a handle that turned out to be part of it.
    pub(super) fn scan_uri(&mut self, head: Option<&str>, uri: &mut Vec<u8>) -> Result<(), Error> {
        uri.extend_from_slice(head.and_then(|head| head.as_bytes().get(1..)).unwrap_or_default());
        let mut is_there = head.is_some();
        self.need(1)?;
        while class::is_uri(self.byte(0)) {
            if self.byte(0) == b'%' {
                self.scan_uri_escapes(uri)?;
            } else {
                uri.push(self.byte(0));
                self.position += 1;
            }
            self.need(1)?;
            is_there = true;
        }
        if is_there { Ok(()) } else { Err(self.error("did not find expected tag URI")) }
    }

    /// Reads one character of bytes written as `%` and two digits.
    fn scan_uri_escapes(&mut self, uri: &mut Vec<u8>) -> Result<(), Error> {
        let mut left = None;
        while left != Some(0) {
            self.need(3)?;
            let digit =
                |byte| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            let (high, low) = (digit(self.byte(1)), digit(self.byte(2)));
            let (b'%', Some(high), Some(low)) = (self.byte(0), high, low) else {
                return Err(self.error("did not find URI escaped octet"));
            };
            let octet = high << 4 | low;
            left = Some(match left {
                None if matches!(octet, 0x80..=0xbf | 0xf8..) => {
                    return Err(self.error("found an incorrect leading UTF-8 octet"));
                }
                None => class::width(octet) - 1,
                Some(_) if octet & 0xc0 != 0x80 => {
                    return Err(self.error("found an incorrect trailing UTF-8 octet"));
                }
                Some(left) => left - 1,
            });
            uri.push(octet);
            self.position += 3;
        }
        Ok(())
    }
}
