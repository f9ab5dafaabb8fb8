use super::{Field, Last, Skim, block, flow, is_document_mark};
use crate::scan::{is_short_escape, plain_line_end, starts_plain};

/// Where a text between quotes ends.
pub(super) struct Quoted {
    /// Behind its last quote.
    pub(super) behind: usize,
    /// Whether it is meant as it stands there.
    pub(super) is_verbatim: bool,
    pub(super) is_on_one_line: bool,
}

/// Where the text ends whose first quote is at `at`, if all escapes in it are right and short.
pub(super) fn quoted_end(bytes: &[u8], at: usize) -> Option<Quoted> {
    let quote = *bytes.get(at)?;
    let (mut is_verbatim, mut is_on_one_line) = (true, true);
    let mut next = at + 1;
    loop {
        let rest = bytes.get(next..)?;
        next += match quote {
            b'"' => memchr::memchr3(b'"', b'\\', b'\n', rest)?,
            _ => memchr::memchr2(b'\'', b'\n', rest)?,
        };
        let behind = next + 1;
        match (bytes[next], *bytes.get(behind).unwrap_or(&b'\n')) {
            (b'\n', _) if is_document_mark(bytes, behind) => return None,
            (b'\n', _) => (is_on_one_line, is_verbatim, next) = (false, false, behind),
            // The break is seen next.
            (b'\\', b'\n') => next = behind,
            (b'\\', byte) => {
                is_short_escape(byte).then_some(())?;
                (is_verbatim, next) = (false, behind + 1);
            }
            (b'\'', b'\'') => (is_verbatim, next) = (false, behind + 1),
            _ => return Some(Quoted { behind, is_verbatim, is_on_one_line }),
        }
    }
}

impl<'t> Skim<'t> {
    /// Reads the value at `at`, which is no block collection, and the rest of its line.
    pub(super) fn value(&mut self, at: usize, field: Field<'t>) -> Option<()> {
        self.last = Last::Whole;
        let is_other = matches!(field, Field::Other);
        match *self.bytes.get(at)? {
            b'"' | b'\'' => {
                let end = quoted_end(self.bytes, at)?;
                self.end_line(end.behind)?;
                match field {
                    Field::Other => Some(()),
                    _ if !end.is_verbatim => None,
                    _ => self.set(field, at + 1..end.behind - 1, false),
                }
            }
            b'|' | b'>' if is_other => block::skip(self, at),
            b'{' if self.bytes.get(at + 1) == Some(&b'}') => {
                // An empty mapping says as much as none.
                field.role()?;
                self.end_line(at + 2).map(drop)
            }
            b'[' | b'{' if is_other => {
                let end = flow::end(self, at)?;
                self.end_line(end).map(drop)
            }
            _ if starts_plain(self.bytes, at) => self.plain(at, field),
            _ => None,
        }
    }

    fn plain(&mut self, at: usize, field: Field<'t>) -> Option<()> {
        let end = plain_line_end(self.bytes, at);
        let has_comment = self.end_line(end)?;
        if matches!(field, Field::Other) && !has_comment {
            self.last = Last::Plain;
        }
        self.set(field, at..end, true)
    }

    /// Reads a line on which a plain text goes on.
    pub(super) fn more_of_plain(&mut self, at: usize) -> Option<()> {
        if self.bytes[at] == b'\t' {
            return None;
        }
        let end = plain_line_end(self.bytes, at);
        if self.end_line(end)? {
            self.last = Last::Whole;
        }
        Some(())
    }
}
