//! Lines of block collections that need no tokens: `key: value`, `key:`, `- value`, and what ends.
//!
//! They are most of what people write. What is read here leaves everything as the tokens would have
//! left it; where a line is not as simple as that, nothing of it is taken and the tokens are made.

use super::{MAX_LEVELS, Scanner, class};
use crate::token::{Mark, Token, TokenKind};

/// The longest key that is read here, in bytes: one that could be too long is left to the tokens.
const MAX_KEY: usize = 1000;

/// A scalar that stands in the text as it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it starts, with its quote.
    pub(crate) start: Mark,
    /// Where it ends, with its quote.
    pub(crate) end: u32,
    /// Where its text starts.
    pub(crate) text: u32,
    /// The bytes of its text.
    pub(crate) length: u32,
    pub(crate) is_plain: bool,
}

/// A list or a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Collection {
    Sequence,
    Mapping,
}

/// The value of a key, or an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SimpleValue {
    Scalar(Piece),
    /// `[]` or `{}`, and where it ends.
    Empty(Collection, Mark, u32),
    /// A block collection that starts here, with its own indentation.
    Open(Collection, Mark),
    /// A block sequence that starts here, no deeper than its key.
    OpenIndentless(Mark),
    /// Whatever the next tokens say.
    Other,
}

/// What the next line means for the mapping or sequence that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SimpleLine {
    Entry(Piece, SimpleValue),
    Item(SimpleValue),
    /// Nothing: it ends before this place.
    End(u32),
}

impl Scanner<'_> {
    /// The next line of a block mapping that is open.
    pub(crate) fn simple_entry(&mut self) -> Option<SimpleLine> {
        let column = self.simple_column()?;
        if column < self.indent {
            return Some(self.simple_end());
        }
        let end = if column == self.indent { self.simple_key_end(self.position) } else { None }?;
        let key = self.piece(self.position, end, true);
        self.position = end;
        Some(SimpleLine::Entry(key, self.simple_value()))
    }

    /// The next line of a block sequence that is open, which is no deeper than its key if it is
    /// `indentless`.
    pub(crate) fn simple_item(&mut self, indentless: bool) -> Option<SimpleLine> {
        let column = self.simple_column()?;
        if column < self.indent && !indentless {
            return Some(self.simple_end());
        }
        if column > self.indent {
            return None;
        }
        let is_item = column == self.indent && self.byte(0) == b'-' && self.is_blankz(1);
        if !is_item {
            return indentless.then(|| SimpleLine::End(self.mark().offset));
        }
        let at = self.skip_spaces(self.position + 1);
        if self.simple_key_end(at).is_some() && self.indents.len() < MAX_LEVELS {
            self.position = at;
            return Some(SimpleLine::Item(self.open(Collection::Mapping)));
        }
        let value = self.simple_scalar(at)?;
        self.simple_key_allowed = false;
        Some(SimpleLine::Item(value))
    }

    /// The column of the next thing that is no comment, if it may be the start of a simple line.
    fn simple_column(&mut self) -> Option<isize> {
        let has_key = self.simple_keys.last().is_none_or(|key| key.possible);
        if !self.only_line_feeds
            || self.model.is_some()
            || !self.tokens.is_empty()
            || self.flow_level > 0
            || has_key
        {
            return None;
        }
        self.skip_to_thing()?;
        if !self.simple_key_allowed || self.position >= self.bytes.len() {
            return None;
        }
        Some(self.column())
    }

    /// Goes to the next thing that is no comment, which mostly is here or starts the next line.
    fn skip_to_thing(&mut self) -> Option<()> {
        if self.comments.is_none() {
            self.skip_lines_of_nothing();
        }
        if matches!(self.bytes.get(self.position), None | Some(b' ' | b'\t' | b'\n' | b'#')) {
            // Only a modelled reader fails here.
            self.skip_to_token().ok()?;
        }
        Some(())
    }

    /// Skips the rest of this line, and the lines after it, while there are only spaces and comments,
    /// and the spaces in front of what comes then.
    fn skip_lines_of_nothing(&mut self) {
        loop {
            let at = self.skip_spaces(self.position);
            let rest = &self.bytes[at..];
            let length = match rest.first() {
                Some(b'\n') => 0,
                Some(b'#') => match memchr::memchr(b'\n', rest) {
                    Some(length) => length,
                    None => return,
                },
                _ => {
                    self.position = at;
                    return;
                }
            };
            self.position = at + length + 1;
            self.start_line();
            self.simple_key_allowed = true;
        }
    }

    fn simple_end(&mut self) -> SimpleLine {
        self.indent = self.indents.pop().unwrap_or(-1);
        SimpleLine::End(self.mark().offset)
    }

    /// Opens a collection at this place.
    fn open(&mut self, collection: Collection) -> SimpleValue {
        self.simple_key_allowed = true;
        self.indents.push(self.indent);
        self.indent = self.column();
        SimpleValue::Open(collection, self.mark())
    }

    /// Reads the `:` here and what is behind it.
    fn simple_value(&mut self) -> SimpleValue {
        let colon = self.mark();
        self.position += 1;
        self.simple_key_allowed = false;
        let at = self.skip_spaces(self.position);
        let value = match self.bytes.get(at) {
            None | Some(b'\n' | b'#') => self.simple_nested(),
            Some(_) => self.simple_scalar(at),
        };
        value.unwrap_or_else(|| {
            let end = Mark { offset: colon.offset + 1, ..colon };
            self.tokens.push_back(Token { kind: TokenKind::Value, start: colon, end });
            SimpleValue::Other
        })
    }

    /// A collection that starts on a line behind the key.
    fn simple_nested(&mut self) -> Option<SimpleValue> {
        self.skip_to_thing()?;
        if !self.simple_key_allowed || self.indents.len() >= MAX_LEVELS {
            return None;
        }
        let column = self.column();
        if self.byte(0) == b'-' && self.is_blankz(1) {
            if column == self.indent {
                return Some(SimpleValue::OpenIndentless(self.mark()));
            }
            return (column > self.indent).then(|| self.open(Collection::Sequence));
        }
        let is_mapping = column > self.indent && self.simple_key_end(self.position).is_some();
        is_mapping.then(|| self.open(Collection::Mapping))
    }

    /// Where the key that starts at `at` ends, if a `:` follows that makes it one.
    fn simple_key_end(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..)?;
        if !rest.first().is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return None;
        }
        let length = class::word(rest.get(..MAX_KEY).unwrap_or(rest));
        let is_key = rest.get(length) == Some(&b':')
            && matches!(rest.get(length + 1), None | Some(b' ' | b'\n'));
        (is_key && length < MAX_KEY).then_some(at + length)
    }

    /// The scalar or empty collection at `at`, if nothing but a comment is behind it on its line, and
    /// it does not go on behind that.
    fn simple_scalar(&mut self, at: usize) -> Option<SimpleValue> {
        match *self.bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let before = self.position;
                self.position = at + 1;
                let length = self.simple_quoted(quote == b'\'').map(str::len);
                self.position = before;
                let end = at + 1 + length? + 1;
                line_rest(self.bytes, end)?;
                let mut piece = self.piece(at, end, false);
                (piece.text, piece.length) = (piece.text + 1, piece.length - 2);
                self.position = end;
                Some(SimpleValue::Scalar(piece))
            }
            b'{' if self.bytes.get(at + 1) == Some(&b'}') => {
                self.simple_empty(at, Collection::Mapping)
            }
            b'[' if self.bytes.get(at + 1) == Some(&b']') => {
                self.simple_empty(at, Collection::Sequence)
            }
            _ => {
                let end = self.simple_plain_end(at)?;
                let piece = self.piece(at, end, true);
                self.position = end;
                Some(SimpleValue::Scalar(piece))
            }
        }
    }

    fn simple_empty(&mut self, at: usize, collection: Collection) -> Option<SimpleValue> {
        line_rest(self.bytes, at + 2)?;
        let Piece { start, end, .. } = self.piece(at, at + 2, true);
        self.position = at + 2;
        Some(SimpleValue::Empty(collection, start, end))
    }

    /// Where the plain scalar that starts at `at` ends, if that is on its line.
    fn simple_plain_end(&self, at: usize) -> Option<usize> {
        if !starts_plain(self.bytes, at) {
            return None;
        }
        let end = self.plain_line_end(at);
        match line_rest(self.bytes, end)? {
            Rest::Comment(_) => Some(end),
            Rest::Nothing(line_end) => (!self.goes_on(line_end)).then_some(end),
        }
    }

    /// Whether a plain scalar goes on after the line that ends at `at`; also if it is hard to tell.
    fn goes_on(&self, at: usize) -> bool {
        let mut line_end = at;
        while line_end < self.bytes.len() {
            let next = self.skip_spaces(line_end + 1);
            match self.bytes.get(next) {
                Some(b'\n') => line_end = next,
                None | Some(b'#') => return false,
                Some(b'\t') => return true,
                Some(_) => return (next - line_end - 1).cast_signed() > self.indent,
            }
        }
        false
    }

    pub(super) fn skip_spaces(&self, at: usize) -> usize {
        at + class::spaces(self.bytes.get(at..).unwrap_or_default())
    }

    /// The text from `start` to `end` on this line.
    fn piece(&self, start: usize, end: usize, is_plain: bool) -> Piece {
        let short = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let mark = Mark { offset: short(start), line: self.line };
        let length = short(end - start);
        Piece { start: mark, end: short(end), text: mark.offset, length, is_plain }
    }
}

/// The rest of a line that has no meaning.
pub(crate) enum Rest {
    /// A comment, and where it starts.
    Comment(usize),
    /// Nothing, and where the line ends.
    Nothing(usize),
}

/// What is on the line from `at` on, if that has no meaning.
pub(crate) fn line_rest(bytes: &[u8], at: usize) -> Option<Rest> {
    let next = at + class::spaces(bytes.get(at..).unwrap_or_default());
    match bytes.get(next) {
        None | Some(b'\n') => Some(Rest::Nothing(next)),
        Some(b'#') if next > at => Some(Rest::Comment(next)),
        Some(_) => None,
    }
}

/// Whether a plain scalar starts here, outside of brackets.
pub(crate) fn starts_plain(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'-' | b'?' | b':') => !matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\n')),
        Some(&byte) => class::is(byte, class::PLAIN_START),
        None => false,
    }
}
