mod class;
mod number;

use memchr::memchr;
use rhumb_value::unicode::{decode, is_digit, is_letter, is_print};

use crate::ast::Run;
use crate::token::{Kind, Token};
use class::{NAME, QUOTED, SPACE, TERMINATOR, is, skip};

/// Cuts a template's text into tokens, one at a time. Space is none: the token after it tells.
pub(crate) struct Lexer<'t> {
    input: &'t [u8],
    at: usize,
    /// Where the token begins that is being read.
    start: usize,
    mode: Mode,
    parens: usize,
    /// Whether `break` and `continue` are keywords: a function of that name takes it.
    breaks: (bool, bool),
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
        let (at, start, parens, error) = (0, 0, 0, String::new());
        Self { input, at, start, mode: Mode::Text, parens, breaks, error }
    }

    /// What the error token says.
    pub(crate) fn error(&self) -> &str {
        &self.error
    }

    /// The next token; at the end, and after an error, the same again.
    pub(crate) fn next(&mut self) -> Token {
        match self.mode {
            Mode::Action => self.action(),
            Mode::Text => self.text(),
            Mode::LeftDelim => self.left_delim().unwrap_or_else(|| self.text()),
            Mode::Failed => Token::new(Kind::Error, self.start, self.start),
        }
    }

    fn token(&self, kind: Kind) -> Token {
        Token::new(kind, self.start, self.at)
    }

    #[cold]
    fn fail(&mut self, message: impl Into<String>) -> Token {
        self.mode = Mode::Failed;
        self.error = message.into();
        Token::new(Kind::Error, self.start, self.start)
    }

    fn rest(&self) -> &'t [u8] {
        self.input.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    /// Text up to an action; comments are skipped.
    fn text(&mut self) -> Token {
        loop {
            self.start = self.at;
            let Some(length) = find_pair(self.rest(), *b"{{") else {
                self.at = self.input.len();
                let kind = if self.at > self.start { Kind::Text } else { Kind::Eof };
                return self.token(kind);
            };
            let delim = self.at + length;
            self.at = delim;
            if has_left_trim(&self.input[delim + 2..]) {
                self.at = self.start + trimmed_length(&self.input[self.start..delim]);
            }
            let token = self.token(Kind::Text);
            self.at = delim;
            if token.end > token.start {
                self.mode = Mode::LeftDelim;
                return token;
            }
            if let Some(token) = self.left_delim() {
                return token;
            }
        }
    }

    /// The left delimiter that is here; nothing if it is that of a comment, which is skipped.
    fn left_delim(&mut self) -> Option<Token> {
        let delim = self.at;
        self.at += 2;
        if has_left_trim(self.rest()) {
            self.at += 2;
        }
        self.start = self.at;
        if self.rest().starts_with(b"/*") {
            self.mode = Mode::Text;
            return self.comment().err().map(|message| self.fail(message));
        }
        self.mode = Mode::Action;
        self.parens = 0;
        Some(Token::new(Kind::LeftDelim, delim, delim + 2))
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
            self.at = skip(self.input, self.at, SPACE, true);
        }
        Ok(())
    }

    /// A token between delimiters.
    fn action(&mut self) -> Token {
        let before = self.at;
        self.at = skip(self.input, before, SPACE, true);
        self.start = self.at;
        let mut is_spaced = self.at > before;
        let mut token = if is_spaced && self.rest().starts_with(b"-}}") {
            // The space in front of it is a part of it.
            self.start -= 1;
            is_spaced = self.start > before;
            self.at += 1;
            self.close(true)
        } else {
            self.word()
        };
        token.is_spaced = is_spaced;
        token
    }

    /// The right delimiter that is here.
    fn close(&mut self, trims: bool) -> Token {
        if self.parens > 0 {
            return self.fail("unclosed left paren");
        }
        let token = Token::new(Kind::RightDelim, self.at, self.at + 2);
        self.at += 2;
        if trims {
            self.at = skip(self.input, self.at, SPACE, true);
        }
        self.mode = Mode::Text;
        token
    }

    fn word(&mut self) -> Token {
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
                self.token(Kind::Declare)
            }
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'`' => {
                let Some(length) = memchr(b'`', &self.input[self.at + 1..]) else {
                    return self.fail("unterminated raw quoted string");
                };
                self.at += length + 2;
                self.token(Kind::RawString)
            }
            _ => self.other(),
        }
    }

    fn single(&mut self, kind: Kind) -> Token {
        self.at += 1;
        self.token(kind)
    }

    fn other(&mut self) -> Token {
        let (character, width) = decode(self.rest());
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        if is_name(character) {
            return self.identifier();
        }
        if character.is_ascii() && is_print(character) {
            self.at += width;
            return self.token(Kind::Char);
        }
        self.fail(format!("unrecognized character in action: {}", unicode(Some(character))))
    }

    /// A field or variable; its first character is there.
    fn name(&mut self, kind: Kind) -> Token {
        self.at += 1;
        if self.at_terminator() {
            return self.token(if kind == Kind::Field { Kind::Dot } else { kind });
        }
        self.at = self.name_end(self.at);
        if !self.at_terminator() {
            return self.bad_character();
        }
        self.token(kind)
    }

    /// The name of a field, if one is right here: what [`next`](Self::next) would give as a token.
    pub(crate) fn field(&mut self) -> Option<Run> {
        if self.byte()? != b'.' || self.input.get(self.at + 1)?.is_ascii_digit() {
            return None;
        }
        let start = self.at + 1;
        let end = self.name_end(start);
        let before = std::mem::replace(&mut self.at, end);
        if end == start || !self.at_terminator() {
            self.at = before;
            return None;
        }
        Some(Token::new(Kind::Field, start, end).run())
    }

    fn identifier(&mut self) -> Token {
        self.at = self.name_end(self.at);
        if !self.at_terminator() {
            return self.bad_character();
        }
        let kind = match Kind::word(&self.input[self.start..self.at]) {
            Kind::Break if !self.breaks.0 => Kind::Identifier,
            Kind::Continue if !self.breaks.1 => Kind::Identifier,
            kind => kind,
        };
        self.token(kind)
    }

    /// Where the name ends that goes on at an offset.
    fn name_end(&self, at: usize) -> usize {
        let mut end = skip(self.input, at, NAME, true);
        while let Some(rest @ [first, ..]) = self.input.get(end..)
            && !first.is_ascii()
            && let (Some(character), width) = decode(rest)
            && is_name(character)
        {
            end = skip(self.input, end + width, NAME, true);
        }
        end
    }

    #[cold]
    fn bad_character(&mut self) -> Token {
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

    fn quoted(&mut self, mark: u8, kind: Kind, unterminated: &str) -> Token {
        self.at += 1;
        loop {
            self.at = skip(self.input, self.at, QUOTED, false);
            match self.byte() {
                None | Some(b'\n') => return self.fail(unterminated),
                Some(b'\\') => {
                    self.at += 1;
                    if matches!(self.byte(), None | Some(b'\n')) {
                        return self.fail(unterminated);
                    }
                    self.at += decode(self.rest()).1;
                }
                Some(byte) => {
                    self.at += 1;
                    if byte == mark {
                        return self.token(kind);
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
