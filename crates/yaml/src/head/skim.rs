//! Documents whose head can be read in one pass without tokens and nodes, line by line.
//!
//! They are most of what charts render. What is read here is what the nodes would have said; where
//! anything is less simple, or may be wrong, nothing is said and the nodes are made.

mod block;
mod field;
mod flow;
mod scalar;

use field::{Field, Role};

use super::Head;
use crate::scan::{Collection, Rest, class, line_rest, plain_line_end};
use crate::source::Source;
use crate::{Duplicates, Options};

/// The longest text that is read here. Whatever is in it stays below the limits on values.
const MAX_TEXT: usize = 8 << 20;
/// The longest key that is read here, in bytes: longer ones may be none.
const MAX_KEY: usize = 1000;
/// The deepest nesting that is read here.
const MAX_OPEN: usize = 100;

/// The head of a document, if it is simple.
pub(super) fn head(source: &Source<'_>, options: &Options) -> Option<Head> {
    let (text, limits) = (source.text(), options.limits);
    let is_bounded = text.len() <= MAX_TEXT.min(limits.values).min(limits.text)
        && MAX_OPEN + flow::MAX_DEPTH < limits.depth;
    let is_simple = source.only_line_feeds() && options.duplicates == Duplicates::LastWins;
    if !is_bounded || !is_simple {
        return None;
    }
    let mut skim = Skim {
        text,
        bytes: text.as_bytes(),
        at: 0,
        open: Vec::new(),
        last: Last::Whole,
        found: Vec::new(),
        head: Head::default(),
    };
    skim.lines()?;
    // Nothing, or no mapping.
    (!skim.open.is_empty()).then_some(skim.head)
}

/// A block collection that has not ended.
#[derive(Clone, Copy)]
struct Open {
    /// The column of its keys or dashes.
    indent: usize,
    collection: Collection,
    role: Role,
}

/// What a deeper line would belong to.
#[derive(Clone, Copy)]
enum Last<'t> {
    /// Nothing: what was read is whole.
    Whole,
    /// A plain text, which would go on.
    Plain,
    /// The key of this field, which has no value yet.
    Key(Field<'t>),
    /// A dash that has no value yet.
    Dash,
}

/// Whether the line that starts here may part documents.
fn is_document_mark(bytes: &[u8], line_start: usize) -> bool {
    matches!(bytes.get(line_start..line_start + 3), Some(b"---" | b"..."))
}

struct Skim<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// What is not read yet.
    at: usize,
    open: Vec<Open>,
    last: Last<'t>,
    /// The names of the head's fields that have been there.
    found: Vec<&'static str>,
    head: Head,
}

impl<'t> Skim<'t> {
    fn lines(&mut self) -> Option<()> {
        loop {
            let column = class::spaces(self.rest(self.at));
            let at = self.at + column;
            match self.bytes.get(at) {
                None => return Some(()),
                Some(b'\n') => self.at = at + 1,
                Some(b'#') => {
                    if matches!(self.last, Last::Plain) {
                        self.last = Last::Whole;
                    }
                    self.at = self.line_end(at) + 1;
                }
                Some(_) => self.line(column, at)?,
            }
        }
    }

    /// Reads the line with this indentation whose first thing is at `at`.
    fn line(&mut self, column: usize, at: usize) -> Option<()> {
        if column == 0 && is_document_mark(self.bytes, at) {
            return None;
        }
        let Some(&innermost) = self.open.last() else {
            return self.mapping(column, self.key_end(at)?, at, Role::Root);
        };
        if column > innermost.indent {
            return self.deeper_line(column, at);
        }
        if column < innermost.indent {
            self.last = Last::Whole;
            while self.open.last()?.indent > column {
                self.open.pop();
            }
        }
        let Open { indent, collection, role } = *self.open.last()?;
        if column != indent {
            return None;
        }
        match (collection, self.is_dash(at)) {
            (Collection::Sequence, true) => self.item(column, at),
            (Collection::Mapping, false) => self.entry(self.key_end(at)?, at, role),
            // A sequence may be as deep as its key.
            (Collection::Mapping, true) => match self.last {
                Last::Key(Field::Other) => self.sequence(column, at),
                _ => None,
            },
            (Collection::Sequence, false) => {
                self.open.pop();
                match *self.open.last()? {
                    Open { indent, collection: Collection::Mapping, role } if indent == column => {
                        self.entry(self.key_end(at)?, at, role)
                    }
                    _ => None,
                }
            }
        }
    }

    /// Reads a line that is deeper than the innermost collection.
    fn deeper_line(&mut self, column: usize, at: usize) -> Option<()> {
        let field = match self.last {
            Last::Whole => return None,
            Last::Plain => return self.more_of_plain(at),
            Last::Key(field) => field,
            Last::Dash => Field::Other,
        };
        let is_other = matches!(field, Field::Other);
        if self.is_dash(at) {
            return if is_other { self.sequence(column, at) } else { None };
        }
        match self.key_end(at) {
            Some(end) => self.mapping(column, end, at, field.role()?),
            None => self.value(at, field),
        }
    }

    fn open(&mut self, indent: usize, collection: Collection, role: Role) -> Option<()> {
        self.open.push(Open { indent, collection, role });
        (self.open.len() < MAX_OPEN).then_some(())
    }

    /// Opens a mapping with its first key, from `at` to `end`.
    fn mapping(&mut self, column: usize, end: usize, at: usize, role: Role) -> Option<()> {
        self.open(column, Collection::Mapping, role)?;
        self.entry(end, at, role)
    }

    /// Opens a sequence with its first dash.
    fn sequence(&mut self, column: usize, at: usize) -> Option<()> {
        self.open(column, Collection::Sequence, Role::Other)?;
        self.item(column, at)
    }

    /// Reads a key, from `at` to `end`, and what is behind it on its line.
    fn entry(&mut self, end: usize, at: usize, role: Role) -> Option<()> {
        let field = self.field(role, at, end)?;
        let next = self.skip_spaces(end + 1);
        if matches!(self.bytes.get(next), None | Some(b'\n' | b'#')) {
            self.last = Last::Key(field);
            return self.end_line(end + 1).map(drop);
        }
        self.value(next, field)
    }

    /// Reads a dash at this column, and what is behind it on its line.
    fn item(&mut self, column: usize, at: usize) -> Option<()> {
        let next = self.skip_spaces(at + 1);
        if matches!(self.bytes.get(next), None | Some(b'\n' | b'#')) {
            self.last = Last::Dash;
            return self.end_line(at + 1).map(drop);
        }
        let inner = column + (next - at);
        if self.is_dash(next) {
            // Each is one level of nesting, which is bounded.
            return self.sequence(inner, next);
        }
        match self.key_end(next) {
            Some(end) => self.mapping(inner, end, next, Role::Other),
            None => self.value(next, Field::Other),
        }
    }

    /// Where the `:` is behind the key that starts at `at`, if there is one.
    fn key_end(&self, at: usize) -> Option<usize> {
        let end = match *self.bytes.get(at)? {
            b'"' | b'\'' => {
                scalar::quoted_end(self.bytes, at).filter(|end| end.is_on_one_line)?.behind
            }
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'.' | b'/' | b'$' => {
                let end = at + class::word(self.rest(at));
                if self.is_colon(end) { end } else { plain_line_end(self.bytes, at) }
            }
            _ => return None,
        };
        (self.is_colon(end) && end - at < MAX_KEY).then_some(end)
    }

    fn is_colon(&self, at: usize) -> bool {
        self.bytes.get(at) == Some(&b':')
            && matches!(self.bytes.get(at + 1), None | Some(b' ' | b'\n'))
    }

    fn is_dash(&self, at: usize) -> bool {
        self.bytes.get(at) == Some(&b'-')
            && matches!(self.bytes.get(at + 1), None | Some(b' ' | b'\n'))
    }

    fn rest(&self, at: usize) -> &'t [u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    fn skip_spaces(&self, at: usize) -> usize {
        at + class::spaces(self.rest(at))
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.rest(at);
        at + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
    }

    /// Goes behind the line, on which there must be nothing but a comment from `at` on. Says whether
    /// there is one.
    fn end_line(&mut self, at: usize) -> Option<bool> {
        let (is_comment, end) = match line_rest(self.bytes, at)? {
            Rest::Comment(start) => (true, self.line_end(start)),
            Rest::Nothing(end) => (false, end),
        };
        self.at = end + 1;
        Some(is_comment)
    }
}

#[cfg(test)]
mod tests;
