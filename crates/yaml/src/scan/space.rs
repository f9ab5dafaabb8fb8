use super::{Scanner, class};
use crate::Error;

impl Scanner<'_> {
    pub(super) fn skip_to_token(&mut self) -> Result<(), Error> {
        let before = self.mark();
        loop {
            self.need(1)?;
            if self.model.is_some() {
                self.skip_bom()?;
            }
            let with_tabs = self.flow_level > 0 || !self.simple_key_allowed;
            self.advance_to(self.skip_spaces(self.position), 1)?;
            while self.byte(0) == b' ' || with_tabs && self.byte(0) == b'\t' {
                self.position += 1;
                self.need(1)?;
            }
            if self.comments.is_some() {
                self.lift_comment_behind_dash();
            }
            if self.byte(0) == b'#' {
                if self.comments.is_some() {
                    self.scan_comments(before)?;
                } else {
                    self.skip_comment()?;
                }
            }
            if self.break_width(0) == 0 {
                return Ok(());
            }
            self.need(2)?;
            self.skip_line();
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    #[cold]
    fn skip_bom(&mut self) -> Result<(), Error> {
        let is_at_bom = self.model.as_ref().is_some_and(|model| model.is_at_bom(self.text));
        if self.position == self.line_start && is_at_bom {
            if self.position < self.bytes.len() {
                self.skip();
            } else {
                // The mark is behind this place, at the start of the buffer, and a zero that ends
                // the text is skipped for it.
                self.line_start = self.line_start.saturating_sub(1);
                if let Some(model) = &mut self.model {
                    model.skip_zero();
                }
            }
        }
        self.need(1)
    }

    /// Goes to the end of the line.
    pub(super) fn skip_comment(&mut self) -> Result<(), Error> {
        let end = self.line_end();
        self.advance_to(end, 1)
    }

    /// Where the line ends, before its break.
    pub(super) fn line_end(&self) -> usize {
        let rest = &self.bytes[self.position..];
        if self.only_line_feeds {
            return self.position + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        }
        let mut at = self.position;
        while let Some(&byte) = self.bytes.get(at) {
            if class::may_break(byte) && class::break_width(self.bytes, at) > 0 {
                break;
            }
            at += 1;
        }
        at
    }
}
