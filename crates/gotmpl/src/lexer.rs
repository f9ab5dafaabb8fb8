mod class;
mod number;

use memchr::memchr;
use rhumb_value::unicode::{decode, is_digit, is_letter, is_print};

use crate::ast::Run;
use crate::token::{Kind, Token};
use class::{NAME, PLAIN, SPACE, TERMINATOR, is, skip};

/// Cuts a template's text into tokens, one at a time. Space is none: the token after it tells.
pub(crate) struct Lexer<'t> {
    input: &'t [u8],
    at: usize,
    /// The token that was read last, or is being read.
    pub(crate) token: Token,
    mode: Mode,
    parens: usize,
    /// Whether `break` and `continue` are keywords: a function of that name takes it.
    breaks: (bool, bool),
    /// Whether the last quoted text has escapes.
    pub(crate) has_escape: bool,
    /// What the error token says.
    error: String,
}

/// What is read next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Text,
    /// A left delimiter, which is right here.
    LeftDelim,
    Action,
    /// Nothing: there was an error.
    Failed,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(input: &'t [u8], breaks: (bool, bool)) -> Self {
        let token = Token::new(Kind::Eof, 0, 0);
        let (at, parens, error) = (0, 0, String::new());
        Self { input, at, token, mode: Mode::Text, parens, breaks, has_escape: false, error }
    }

    /// What the error token says.
    pub(crate) fn error(&self) -> &str {
        &self.error
    }

    /// Reads the next token; at the end, and after an error, the same again.
    pub(crate) fn next(&mut self) -> Kind {
        match self.mode {
            Mode::Action => self.action(),
            Mode::Text => self.text(),
            Mode::LeftDelim => self.left_delim().unwrap_or_else(|| self.text()),
            Mode::Failed => Kind::Error,
        }
    }

    /// Ends the token here.
    fn end(&mut self, kind: Kind) -> Kind {
        self.token.kind = kind;
        self.token.end = self.at;
        kind
    }

    #[cold]
    fn fail(&mut self, message: impl Into<String>) -> Kind {
        self.mode = Mode::Failed;
        self.error = message.into();
        self.token.end = self.token.start;
        self.token.kind = Kind::Error;
        Kind::Error
    }

    fn rest(&self) -> &'t [u8] {
        self.input.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    /// Text up to an action; comments are skipped.
    fn text(&mut self) -> Kind {
        loop {
            let start = self.at;
            self.token.start = start;
            self.token.is_spaced = false;
            let Some(length) = find_pair(self.rest(), *b"{{") else {
                self.at = self.input.len();
                return self.end(if self.at > start { Kind::Text } else { Kind::Eof });
            };
            let delim = start + length;
            self.at = delim;
            if has_left_trim(&self.input[delim + 2..]) {
                self.at = start + trimmed_length(&self.input[start..delim]);
            }
            if self.at > start {
                self.end(Kind::Text);
                self.at = delim;
                self.mode = Mode::LeftDelim;
                return Kind::Text;
            }
            self.at = delim;
            if let Some(kind) = self.left_delim() {
                return kind;
            }
        }
    }

    /// The left delimiter that is here; nothing if it is that of a comment, which is skipped.
    fn left_delim(&mut self) -> Option<Kind> {
        self.token.start = self.at;
        self.at += 2;
        self.end(Kind::LeftDelim);
        if has_left_trim(self.rest()) {
            self.at += 2;
        }
        if self.byte() == Some(b'/') && self.rest().starts_with(b"/*") {
            self.mode = Mode::Text;
            self.token.start = self.at;
            return self.comment().err().map(|message| self.fail(message));
        }
        self.mode = Mode::Action;
        self.parens = 0;
        Some(Kind::LeftDelim)
    }

    /// Skips a comment and the delimiter after it.
    fn comment(&mut self) -> Result<(), &'static str> {
        self.at += 2;
        let length = find_pair(self.rest(), *b"*/").ok_or("unclosed comment")?;
        self.at += length + 2;
        let rest = self.rest();
        let trims = matches!(rest, [space, b'-', b'}', b'}', ..] if is_space(*space));
        if !trims && !rest.starts_with(b"}}") {
            return Err("comment ends before closing delimiter");
        }
        self.at += if trims { 4 } else { 2 };
        if trims {
            self.at = skip(self.input, self.at, SPACE);
        }
        Ok(())
    }

    /// A token between delimiters.
    fn action(&mut self) -> Kind {
        let before = self.at;
        let start = skip(self.input, before, SPACE);
        self.at = start;
        self.token.start = start;
        self.token.is_spaced = start > before;
        if start > before && self.byte() == Some(b'-') && self.rest().starts_with(b"-}}") {
            // The space in front of it is a part of it.
            self.token.start = start - 1;
            self.token.is_spaced = start - 1 > before;
            self.at += 1;
            return self.close(true);
        }
        self.word()
    }

    /// The right delimiter that is here.
    fn close(&mut self, trims: bool) -> Kind {
        if self.parens > 0 {
            return self.fail("unclosed left paren");
        }
        self.token.start = self.at;
        self.at += 2;
        self.end(Kind::RightDelim);
        if trims {
            self.at = skip(self.input, self.at, SPACE);
        }
        self.mode = Mode::Text;
        Kind::RightDelim
    }

    fn word(&mut self) -> Kind {
        let Some(byte) = self.byte() else { return self.fail("unclosed action") };
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.identifier(),
            b'.' if !self.input.get(self.at + 1).is_none_or(u8::is_ascii_digit) => {
                self.name(Kind::Field)
            }
            b'$' => self.name(Kind::Variable),
            b'}' if self.rest().starts_with(b"}}") => self.close(false),
            b'"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            b'(' => {
                self.parens += 1;
                self.single(Kind::LeftParen)
            }
            b')' => {
                let Some(parens) = self.parens.checked_sub(1) else {
                    return self.fail("unexpected right paren");
                };
                self.parens = parens;
                self.single(Kind::RightParen)
            }
            b'|' => self.single(Kind::Pipe),
            b'=' => self.single(Kind::Assign),
            b':' => {
                if self.input.get(self.at + 1) != Some(&b'=') {
                    return self.fail("expected :=");
                }
                self.at += 2;
                self.end(Kind::Declare)
            }
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'`' => {
                let Some(length) = memchr(b'`', &self.input[self.at + 1..]) else {
                    return self.fail("unterminated raw quoted string");
                };
                self.at += length + 2;
                self.has_escape = false;
                self.end(Kind::RawString)
            }
            _ => self.other(),
        }
    }

    fn single(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        self.end(kind)
    }

    fn other(&mut self) -> Kind {
        let (character, width) = decode(self.rest());
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        if is_name(character) {
            return self.identifier();
        }
        if character.is_ascii() && is_print(character) {
            self.at += width;
            return self.end(Kind::Char);
        }
        self.fail(format!("unrecognized character in action: {}", unicode(Some(character))))
    }

    /// A field or variable; its first character is there.
    fn name(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        if self.at_terminator() {
            return self.end(if kind == Kind::Field { Kind::Dot } else { kind });
        }
        self.at = self.name_end(self.at);
        if !self.at_terminator() {
            return self.bad_character();
        }
        self.end(kind)
    }

    /// Whether what comes next, after a variable, makes it one that is declared or assigned to.
    pub(crate) fn is_at_declaration(&self) -> bool {
        let rest = &self.input[skip(self.input, self.at, SPACE)..];
        matches!(rest, [b'=' | b',', ..] | [b':', b'=', ..])
    }

    /// The name of a field, if one is right here: what [`next`](Self::next) would give as a token.
    #[inline]
    pub(crate) fn field(&mut self) -> Option<Run> {
        if self.byte()? == b'.' { self.field_behind_dot() } else { None }
    }

    fn field_behind_dot(&mut self) -> Option<Run> {
        if self.input.get(self.at + 1)?.is_ascii_digit() {
            return None;
        }
        let start = self.at + 1;
        let end = self.name_end(start);
        let before = std::mem::replace(&mut self.at, end);
        if end == start || !self.at_terminator() {
            self.at = before;
            return None;
        }
        Some(Run::new(start, end))
    }

    fn identifier(&mut self) -> Kind {
        self.at = self.name_end(self.at);
        if !self.at_terminator() {
            return self.bad_character();
        }
        let kind = match Kind::word(&self.input[self.token.start..self.at]) {
            Kind::Break if !self.breaks.0 => Kind::Identifier,
            Kind::Continue if !self.breaks.1 => Kind::Identifier,
            kind => kind,
        };
        self.end(kind)
    }

    /// Where the name ends that goes on at an offset.
    fn name_end(&self, at: usize) -> usize {
        let end = skip(self.input, at, NAME);
        match self.input.get(end) {
            Some(0x80..) => self.foreign_name_end(end),
            _ => end,
        }
    }

    #[cold]
    fn foreign_name_end(&self, mut end: usize) -> usize {
        while let (Some(character), width) = decode(&self.input[end..])
            && is_name(character)
        {
            end += width;
        }
        end
    }

    #[cold]
    fn bad_character(&mut self) -> Kind {
        let character = match decode(self.rest()) {
            (_, 0) => None,
            (character, _) => Some(character.unwrap_or(char::REPLACEMENT_CHARACTER)),
        };
        self.fail(format!("bad character {}", unicode(character)))
    }

    /// Whether what is next may follow a name.
    fn at_terminator(&self) -> bool {
        match self.byte() {
            None => true,
            Some(b'}') => self.rest().starts_with(b"}}"),
            Some(byte) => is(byte, TERMINATOR),
        }
    }

    fn quoted(&mut self, mark: u8, kind: Kind, unterminated: &str) -> Kind {
        self.at += 1;
        self.has_escape = false;
        loop {
            self.at = skip(self.input, self.at, PLAIN);
            match self.byte() {
                None | Some(b'\n') => return self.fail(unterminated),
                Some(b'\\') => {
                    self.has_escape = true;
                    self.at += 1;
                    if matches!(self.byte(), None | Some(b'\n')) {
                        return self.fail(unterminated);
                    }
                    self.at += decode(self.rest()).1;
                }
                Some(byte) => {
                    self.at += 1;
                    if byte == mark {
                        return self.end(kind);
                    }
                }
            }
        }
    }
}

/// Where two bytes first follow each other.
fn find_pair(text: &[u8], [first, second]: [u8; 2]) -> Option<usize> {
    let mut from = 0;
    while let Some(offset) = memchr(first, &text[from..]) {
        let at = from + offset;
        if text.get(at + 1) == Some(&second) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// The length of a text without the spaces at its end.
fn trimmed_length(text: &[u8]) -> usize {
    text.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1)
}

fn is_space(byte: u8) -> bool {
    is(byte, SPACE)
}

fn is_name(character: char) -> bool {
    character == '_' || is_letter(character) || is_digit(character)
}

fn has_left_trim(text: &[u8]) -> bool {
    matches!(text, [b'-', space, ..] if is_space(*space))
}

/// A character as `%#U` prints it; the end of the text is -1.
fn unicode(character: Option<char>) -> String {
    match character {
        None => "U+FFFFFFFFFFFFFFFF".to_owned(),
        Some(character) if is_print(character) => {
            format!("U+{:04X} '{character}'", u32::from(character))
        }
        Some(character) => format!("U+{:04X}", u32::from(character)),
    }
}
