use std::collections::VecDeque;

mod block;
pub(crate) mod class;
mod comment;
mod directive;
mod indicator;
mod key;
mod plain;
mod quoted;
mod simple;
mod space;
mod tag;

pub(crate) use comment::{CommentPlace, Comments};
use key::{KeyIndex, SimpleKey};
pub(crate) use plain::line_end as plain_line_end;
pub(crate) use quoted::is_short_escape;
pub(crate) use simple::{
    Collection, Piece, Rest, SimpleLine, SimpleValue, line_rest, starts_plain,
};

use crate::Error;
use crate::source::{ReaderModel, Source};
use crate::token::{Mark, Token, TokenKind};

/// Nesting of `[` and `{`, and of indentation, that the scanner accepts.
pub(crate) const MAX_LEVELS: usize = 10_000;

/// Cuts text into tokens.
///
/// One rule makes YAML's tokens odd: that `a` is a key is known only at the `:` behind it, and then
/// tokens are put before it. So a token is handed out only when no `:` can follow any more.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    line: u32,
    line_start: usize,
    /// A position on this line and its column, to count the rest from.
    known_column: (usize, isize),
    is_ascii: bool,
    only_line_feeds: bool,
    model: Option<Box<ReaderModel>>,
    /// Only if somebody asked for them.
    pub(crate) comments: Option<Box<Comments>>,
    /// Where the last token starts, if comments are kept.
    token_start: Mark,
    tokens: VecDeque<Token<'a>>,
    /// Tokens handed out.
    parsed: usize,
    has_token: bool,
    started: bool,
    flow_level: usize,
    indent: isize,
    indents: Vec<isize>,
    simple_key_allowed: bool,
    simple_keys: Vec<SimpleKey>,
    key_index: KeyIndex,
    /// A text that was made before and is not needed any more.
    spare: String,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(source: &'a Source<'_>) -> Self {
        Self {
            text: source.text(),
            bytes: source.text().as_bytes(),
            position: 0,
            line: 0,
            line_start: 0,
            known_column: (0, 0),
            is_ascii: source.is_ascii(),
            only_line_feeds: source.only_line_feeds(),
            model: source.model(),
            comments: None,
            token_start: Mark::default(),
            tokens: VecDeque::with_capacity(16),
            parsed: 0,
            has_token: false,
            started: false,
            flow_level: 0,
            indent: -1,
            indents: Vec::new(),
            simple_key_allowed: true,
            simple_keys: Vec::new(),
            key_index: KeyIndex::default(),
            spare: String::new(),
        }
    }

    /// The next token, which stays.
    pub(crate) fn peek(&mut self) -> Result<&mut Token<'a>, Error> {
        if !self.has_token {
            self.fetch_more()?;
        }
        self.tokens.front_mut().ok_or(Error::Syntax {
            problem: "did not find expected <stream-start>",
            line: 0,
            offset: 0,
        })
    }

    /// Takes the text of a token back, to be written into again.
    pub(crate) fn take_back(&mut self, mut text: String) {
        text.clear();
        self.spare = text;
    }

    /// Takes the token that was peeked at.
    pub(crate) fn skip_token(&mut self) {
        self.has_token = false;
        self.parsed += 1;
        self.tokens.pop_front();
    }

    fn fetch_more(&mut self) -> Result<(), Error> {
        loop {
            if self.tokens.len() > self.least_tokens() {
                let Some(slot) = self.key_index.get(self.parsed) else { break };
                if !self.is_key_valid(slot)? {
                    break;
                }
            }
            self.fetch_next()?;
        }
        self.has_token = true;
        Ok(())
    }

    /// The tokens that must stay to know what comments belong to.
    #[inline]
    fn least_tokens(&self) -> usize {
        if self.comments.is_some() { 2 } else { 0 }
    }

    fn fetch_next(&mut self) -> Result<(), Error> {
        self.need(1)?;
        if !self.started {
            self.started = true;
            self.simple_keys.push(SimpleKey::default());
            self.push(TokenKind::StreamStart, self.mark());
            return Ok(());
        }
        let before = self.mark();
        self.skip_to_token()?;
        if self.flow_level == 0 {
            let column = self.column();
            self.unroll_indent(column, before);
        }
        self.need(4)?;
        let Some(&byte) = self.bytes.get(self.position) else { return self.fetch_stream_end() };
        if self.position == self.line_start {
            match byte {
                b'%' => return self.fetch_directive(),
                b'-' if self.is_document_indicator() => {
                    return self.fetch_document_indicator(TokenKind::DocumentStart);
                }
                b'.' if self.is_document_indicator() => {
                    return self.fetch_document_indicator(TokenKind::DocumentEnd);
                }
                _ => {}
            }
        }
        if self.comments.is_none() {
            return self.fetch_at(byte);
        }
        self.token_start = self.mark();
        let token = self.commented_token(byte);
        self.fetch_at(byte)?;
        self.scan_comment_behind_token(token)
    }

    fn fetch_at(&mut self, byte: u8) -> Result<(), Error> {
        let in_flow = self.flow_level > 0;
        match byte {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.is_blankz(1) => self.fetch_block_entry(),
            b'?' if in_flow || self.is_blankz(1) => self.fetch_key(),
            b':' if in_flow || self.is_blankz(1) => self.fetch_value(),
            b'*' => self.fetch_anchor(true),
            b'&' => self.fetch_anchor(false),
            b'!' => self.fetch_tag(),
            b'|' if !in_flow => self.fetch_block_scalar(true),
            b'>' if !in_flow => self.fetch_block_scalar(false),
            b'\'' => self.fetch_quoted(true),
            b'"' => self.fetch_quoted(false),
            b'|' | b'>' | b'%' | b'@' | b'`' | b'#' | b'\t' => {
                Err(self.error("found character that cannot start any token"))
            }
            _ => self.fetch_plain(),
        }
    }

    /// Makes `count` characters available, which only a modelled reader can refuse.
    #[inline]
    fn need(&mut self, count: usize) -> Result<(), Error> {
        if self.model.is_none() { Ok(()) } else { self.need_from_model(count) }
    }

    #[cold]
    fn need_from_model(&mut self, count: usize) -> Result<(), Error> {
        let Some(model) = &mut self.model else { return Ok(()) };
        let answer = model.need(self.text, self.position, count);
        answer.map_err(|problem| Error::Syntax { problem, line: 0, offset: self.mark().offset })
    }

    /// Moves to `end`, with `ahead` characters available after each one.
    #[inline]
    fn advance_to(&mut self, end: usize, ahead: usize) -> Result<(), Error> {
        if self.model.is_some() {
            while self.position < end {
                self.skip();
                self.need(ahead)?;
            }
        }
        self.position = end;
        Ok(())
    }

    /// The byte `ahead` of this place, or 0 after the end.
    #[inline]
    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.position + ahead).copied().unwrap_or(0)
    }

    /// Goes one character on, on this line.
    #[inline]
    fn skip(&mut self) {
        self.position += class::width(self.byte(0));
    }

    fn mark(&self) -> Mark {
        Mark { offset: u32::try_from(self.position).unwrap_or(u32::MAX), line: self.line }
    }

    /// Characters before this place on its line.
    #[inline]
    fn column(&mut self) -> isize {
        if self.is_ascii {
            return (self.position - self.line_start).cast_signed();
        }
        let (from, column) = self.known_column;
        let (from, column) = if from < self.line_start || from > self.position {
            (self.line_start, 0)
        } else {
            (from, column)
        };
        let column =
            column + class::count_characters(&self.bytes[from..self.position]).cast_signed();
        self.known_column = (self.position, column);
        column
    }

    #[inline]
    fn is_blankz(&self, ahead: usize) -> bool {
        let byte = self.byte(ahead);
        matches!(byte, b' ' | b'\t' | 0) || self.break_width(ahead) > 0
    }

    /// The bytes of the line break `ahead`, or 0; a carriage return counts alone here.
    #[inline]
    fn break_width(&self, ahead: usize) -> usize {
        class::break_width(self.bytes, self.position + ahead)
    }

    /// Skips the line break here, if there is one.
    fn skip_line(&mut self) {
        let width = self.break_width(0);
        if width > 0 {
            let is_crlf = self.byte(0) == b'\r' && self.byte(1) == b'\n';
            self.position += if is_crlf { 2 } else { width };
            self.start_line();
        }
    }

    /// Reads the line break here, as the character that it becomes.
    fn read_line(&mut self) -> &'static str {
        let read = match (self.byte(0), self.byte(2)) {
            (0xe2, 0xa8) => "\u{2028}",
            (0xe2, _) => "\u{2029}",
            _ => "\n",
        };
        self.skip_line();
        read
    }

    fn start_line(&mut self) {
        self.line += 1;
        self.line_start = self.position;
    }

    fn is_document_indicator(&self) -> bool {
        self.position == self.line_start
            && matches!(self.bytes.get(self.position..self.position + 3), Some(b"---" | b"..."))
            && self.is_blankz(3)
    }

    fn error(&self, problem: &'static str) -> Error {
        let Mark { offset, line } = self.mark();
        // The first line is not named.
        Error::Syntax { problem, line: if line == 0 { 0 } else { line + 1 }, offset }
    }

    fn push(&mut self, kind: TokenKind<'a>, start: Mark) {
        self.tokens.push_back(Token { kind, start, end: self.mark() });
    }

    /// Puts a token before the `number`th of all tokens, or last if that one is gone.
    fn insert(&mut self, number: Option<usize>, token: Token<'a>) {
        match number.and_then(|number| number.checked_sub(self.parsed)) {
            Some(at) if at <= self.tokens.len() => self.tokens.insert(at, token),
            _ => self.tokens.push_back(token),
        }
    }

    fn roll_indent(
        &mut self,
        column: isize,
        number: Option<usize>,
        kind: TokenKind<'a>,
        mark: Mark,
    ) -> Result<(), Error> {
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_LEVELS {
            return Err(self.error("exceeded max depth of 10000"));
        }
        self.insert(number, Token { kind, start: mark, end: mark });
        Ok(())
    }

    /// `before`: where the search for the token began that ends the blocks.
    fn unroll_indent(&mut self, column: isize, before: Mark) {
        if self.flow_level > 0 {
            return;
        }
        let mut end = self.mark();
        if self.comments.is_some() && self.indent > column {
            end = Mark { offset: before.offset.saturating_sub(1), line: before.line };
        }
        while self.indent > column {
            if self.comments.is_some() {
                self.move_block_end(&mut end);
            }
            self.tokens.push_back(Token { kind: TokenKind::BlockEnd, start: end, end });
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn fetch_stream_end(&mut self) -> Result<(), Error> {
        if self.position != self.line_start {
            self.start_line();
        }
        self.unroll_indent(-1, self.mark());
        self.remove_key()?;
        self.simple_key_allowed = false;
        self.push(TokenKind::StreamEnd, self.mark());
        Ok(())
    }

    fn fetch_document_indicator(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.unroll_indent(-1, self.mark());
        self.remove_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.position += 3;
        self.push(kind, start);
        Ok(())
    }
}
