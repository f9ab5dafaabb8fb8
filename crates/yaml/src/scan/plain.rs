use std::borrow::Cow;

use super::{Scanner, class};
use crate::Error;
use crate::token::{Style, Token, TokenKind};

/// A scalar as it is read: a piece of the text as long as it can be, a copy when it must.
pub(super) struct ScalarText<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    copy: Option<String>,
}

impl<'a> ScalarText<'a> {
    pub(super) const fn new(text: &'a str, start: usize) -> Self {
        Self { text, start, end: start, copy: None }
    }

    /// Adds the text up to `end`, which goes on where the last piece ended.
    pub(super) fn extend(&mut self, end: usize) {
        if let Some(copy) = &mut self.copy {
            copy.push_str(&self.text[self.end..end]);
        }
        self.end = end;
    }

    /// Adds what is not in the text, and goes on reading at `next`.
    pub(super) fn replace(&mut self, with: &str, next: usize) {
        let copy = self.copy.get_or_insert_with(|| self.text[self.start..self.end].to_owned());
        copy.push_str(with);
        self.end = next;
    }

    pub(super) fn finish(self) -> Cow<'a, str> {
        self.copy.map_or(Cow::Borrowed(&self.text[self.start..self.end]), Cow::Owned)
    }
}

/// Line breaks inside a scalar, which fold: one becomes a blank, more become one less.
#[derive(Default)]
pub(super) struct Fold {
    first: Option<&'static str>,
    more: String,
}

impl Fold {
    pub(super) fn push(&mut self, read: &'static str, is_first: bool) {
        if is_first { self.first = Some(read) } else { self.more.push_str(read) }
    }

    pub(super) fn apply(&mut self, text: &mut ScalarText<'_>, next: usize) {
        match self.first.take() {
            Some("\n") if self.more.is_empty() => text.replace(" ", next),
            Some("\n") | None => text.replace(&self.more, next),
            Some(other) => {
                text.replace(other, next);
                text.replace(&self.more, next);
            }
        }
        self.more.clear();
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn fetch_plain(&mut self) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_plain()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn scan_plain(&mut self) -> Result<Token<'a>, Error> {
        let indent = self.indent + 1;
        let start = self.mark();
        let mut end = start;
        let mut text = ScalarText::new(self.text, self.position);
        let mut fold = Fold::default();
        let mut broken = false;
        loop {
            self.need(4)?;
            if self.is_document_indicator() || self.byte(0) == b'#' {
                break;
            }
            let run_end = self.plain_run_end();
            if run_end > self.position {
                if broken {
                    fold.apply(&mut text, self.position);
                    broken = false;
                }
                self.advance_to(run_end, 2)?;
                text.extend(run_end);
                end = self.mark();
            }
            if !matches!(self.byte(0), b' ' | b'\t') && self.break_width(0) == 0 {
                break;
            }
            self.need(1)?;
            self.skip_plain_gap(indent, &mut broken, &mut fold)?;
            if self.flow_level == 0 && self.column() < indent {
                break;
            }
        }
        if broken {
            self.simple_key_allowed = true;
        }
        Ok(Token {
            kind: TokenKind::Scalar { text: text.finish(), style: Style::Plain },
            start,
            end,
        })
    }

    /// Skips blanks and line breaks between the words of a plain scalar.
    fn skip_plain_gap(
        &mut self,
        indent: isize,
        broken: &mut bool,
        fold: &mut Fold,
    ) -> Result<(), Error> {
        loop {
            match self.byte(0) {
                b' ' => self.position += 1,
                b'\t' => {
                    if *broken && self.column() < indent {
                        let problem = "found a tab character that violates indentation";
                        return Err(self.error(problem));
                    }
                    self.position += 1;
                }
                _ if self.break_width(0) > 0 => {
                    self.need(2)?;
                    fold.push(self.read_line(), !*broken);
                    *broken = true;
                }
                _ => return Ok(()),
            }
            self.need(1)?;
        }
    }

    pub(super) fn plain_line_end(&self, at: usize) -> usize {
        line_end(self.bytes, at)
    }

    /// Where the plain characters from here end.
    fn plain_run_end(&self) -> usize {
        if self.only_line_feeds && self.model.is_none() && self.flow_level == 0 {
            return self.plain_line_end(self.position);
        }
        let stop = if self.flow_level > 0 { class::PLAIN_IN_FLOW } else { class::PLAIN };
        let mut at = self.position;
        while let Some(&byte) = self.bytes.get(at) {
            if class::is(byte, stop) {
                let goes_on = match byte {
                    b':' => !self.is_blankz(at + 1 - self.position),
                    0xc2 | 0xe2 => class::break_width(self.bytes, at) == 0,
                    _ => false,
                };
                if !goes_on {
                    break;
                }
            }
            at += 1;
        }
        at
    }
}

/// Where the plain text from `at` on ends on its line, outside of brackets, if line feeds are the
/// only breaks.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    let mut searched = at;
    let stop = loop {
        let rest = &bytes[searched..];
        let Some(found) = memchr::memchr3(b'\n', b':', b'#', rest) else {
            break bytes.len();
        };
        let stop = searched + found;
        let goes_on = match bytes[stop] {
            b':' => !matches!(bytes.get(stop + 1), None | Some(b' ' | b'\t' | b'\n')),
            b'#' => stop > at && !matches!(bytes[stop - 1], b' ' | b'\t'),
            _ => false,
        };
        if !goes_on {
            break stop;
        }
        searched = stop + 1;
    };
    let text = &bytes[at..stop];
    let blanks = text.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    stop - blanks
}
