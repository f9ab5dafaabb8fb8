use std::borrow::Cow;
use std::mem;

use super::{Scanner, class};
use crate::Error;
use crate::token::{Mark, Style, Token, TokenKind};

/// What happens to the line breaks at the end of a block scalar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

/// The first line of a block scalar.
struct Header {
    chomping: Chomping,
    /// The indentation that it names, from that of its parent; 0 if it names none.
    increment: u8,
}

impl<'a> Scanner<'a> {
    pub(super) fn fetch_block_scalar(&mut self, literal: bool) -> Result<(), Error> {
        self.remove_key()?;
        self.simple_key_allowed = true;
        let token = self.scan_block_scalar(literal)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn scan_block_scalar(&mut self, literal: bool) -> Result<Token<'a>, Error> {
        let start = self.mark();
        let Header { chomping, increment } = self.scan_block_header(start)?;
        let mut end = self.mark();
        let mut indent = match isize::from(increment) {
            0 => 0,
            increment => increment + self.indent.max(0),
        };
        let (mut text, mut line_break) = (mem::take(&mut self.spare), "");
        let mut breaks = String::new();
        self.scan_block_breaks(&mut indent, &mut breaks, &mut end)?;
        self.need(1)?;
        let mut was_blank = false;
        while self.column() == indent && self.position < self.bytes.len() {
            let is_blank = matches!(self.byte(0), b' ' | b'\t');
            if !literal && !was_blank && !is_blank && line_break == "\n" {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(line_break);
            }
            text.push_str(&breaks);
            breaks.clear();
            was_blank = is_blank;
            let (from, to) = (self.position, self.line_end());
            self.advance_to(to, 1)?;
            text.push_str(&self.text[from..to]);
            self.need(2)?;
            line_break = if self.break_width(0) > 0 { self.read_line() } else { "" };
            self.scan_block_breaks(&mut indent, &mut breaks, &mut end)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(line_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&breaks);
        }
        let style = if literal { Style::Literal } else { Style::Folded };
        let kind = TokenKind::Scalar { text: Cow::Owned(text), style };
        Ok(Token { kind, start, end })
    }

    /// Reads from the `|` or `>` to the end of its line.
    fn scan_block_header(&mut self, start: Mark) -> Result<Header, Error> {
        self.position += 1;
        self.need(1)?;
        let mut header = Header { chomping: Chomping::Clip, increment: 0 };
        if self.scan_chomping(&mut header) {
            self.need(1)?;
            self.scan_increment(&mut header)?;
        } else if self.scan_increment(&mut header)? {
            self.need(1)?;
            self.scan_chomping(&mut header);
        }
        self.need(1)?;
        self.skip_blanks()?;
        if self.byte(0) == b'#' {
            if self.comments.is_some() {
                self.scan_line_comment(start.offset)?;
            }
            self.skip_comment()?;
        }
        if self.position < self.bytes.len() && self.break_width(0) == 0 {
            return Err(self.error("did not find expected comment or line break"));
        }
        if self.break_width(0) > 0 {
            self.need(2)?;
            self.skip_line();
        }
        Ok(header)
    }

    fn scan_chomping(&mut self, header: &mut Header) -> bool {
        header.chomping = match self.byte(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return false,
        };
        self.position += 1;
        true
    }

    fn scan_increment(&mut self, header: &mut Header) -> Result<bool, Error> {
        match self.byte(0) {
            b'0' => Err(self.error("found an indentation indicator equal to 0")),
            digit @ b'1'..=b'9' => {
                header.increment = digit - b'0';
                self.position += 1;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    pub(super) fn skip_blanks(&mut self) -> Result<(), Error> {
        while matches!(self.byte(0), b' ' | b'\t') {
            self.position += 1;
            self.need(1)?;
        }
        Ok(())
    }

    /// Reads indentation and empty lines. An `indent` of 0 is not known yet and found here.
    fn scan_block_breaks(
        &mut self,
        indent: &mut isize,
        breaks: &mut String,
        end: &mut Mark,
    ) -> Result<(), Error> {
        *end = self.mark();
        let mut deepest = 0;
        loop {
            self.need(1)?;
            let mut column = self.column();
            let wanted = if *indent == 0 { isize::MAX } else { (*indent - column).max(0) };
            let spaces = class::spaces(&self.bytes[self.position..]).min(wanted.unsigned_abs());
            self.advance_to(self.position + spaces, 1)?;
            column += spaces.cast_signed();
            deepest = deepest.max(column);
            if (*indent == 0 || column < *indent) && self.byte(0) == b'\t' {
                let problem = "found a tab character where an indentation space is expected";
                return Err(self.error(problem));
            }
            if self.break_width(0) == 0 {
                break;
            }
            self.need(2)?;
            breaks.push_str(self.read_line());
            *end = self.mark();
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }
}
