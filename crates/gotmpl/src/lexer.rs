mod class;

use memchr::memchr;
use rhumb_value::unicode::{decode, is_digit, is_letter, is_print};

use crate::token::{Kind, Token};
use class::{NAME, SPACE, TERMINATOR, is};

/// Cuts a template's text into tokens, one at a time.
pub(crate) struct Lexer<'t> {
    input: &'t [u8],
    at: usize,
    start: usize,
    inside_action: bool,
    parens: usize,
    /// Whether `break` and `continue` are keywords: a function of that name takes it.
    breaks: (bool, bool),
    /// The message of an error token.
    error: String,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(input: &'t [u8], breaks: (bool, bool)) -> Self {
        let (at, start, parens) = (0, 0, 0);
        Self { input, at, start, inside_action: false, parens, breaks, error: String::new() }
    }

    /// What the last error token says.
    pub(crate) fn error(&self) -> &str {
        &self.error
    }

    /// The next token; at the end, and after an error, the same again.
    pub(crate) fn next(&mut self) -> Token {
        if !self.error.is_empty() {
            return Token::new(Kind::Error, self.start, self.start);
        }
        if self.inside_action { self.action() } else { self.text() }
    }

    fn token(&mut self, kind: Kind) -> Token {
        let token = Token::new(kind, self.start, self.at);
        self.start = self.at;
        token
    }

    fn fail(&mut self, message: impl Into<String>) -> Token {
        self.error = message.into();
        self.next()
    }

    fn rest(&self) -> &'t [u8] {
        &self.input[self.at..]
    }

    fn byte(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    /// Text up to an action; comments are skipped.
    fn text(&mut self) -> Token {
        loop {
            let Some(length) = find_pair(self.rest(), *b"{{") else {
                self.at = self.input.len();
                let kind = if self.at > self.start { Kind::Text } else { Kind::Eof };
                return self.token(kind);
            };
            let delim = self.at + length;
            let trimmed = has_left_trim(&self.input[delim + 2..]);
            let text = &self.input[self.start..delim];
            let end = if trimmed { trimmed_length(text) } else { text.len() };
            self.at = self.start + end;
            let token = self.token(Kind::Text);
            self.at = delim;
            self.start = delim;
            if token.end > token.start {
                return token;
            }
            let marker = if trimmed { 2 } else { 0 };
            if !self.input[delim + 2 + marker..].starts_with(b"/*") {
                self.at += 2;
                let token = self.token(Kind::LeftDelim);
                self.inside_action = true;
                self.parens = 0;
                self.at += marker;
                self.start = self.at;
                return token;
            }
            self.at += 2 + marker;
            self.start = self.at;
            if let Err(message) = self.comment() {
                return self.fail(message);
            }
        }
    }

    /// Skips a comment and the delimiter after it.
    fn comment(&mut self) -> Result<(), &'static str> {
        self.at += 2;
        let length = find_pair(self.rest(), *b"*/").ok_or("unclosed comment")?;
        self.at += length + 2;
        let trimmed = self.right_delim().ok_or("comment ends before closing delimiter")?;
        self.skip_right_delim(trimmed);
        self.start = self.at;
        Ok(())
    }

    /// Whether a right delimiter is next, and if so, whether it trims.
    fn right_delim(&self) -> Option<bool> {
        let rest = self.rest();
        if has_right_trim(rest) && rest[2..].starts_with(b"}}") {
            return Some(true);
        }
        rest.starts_with(b"}}").then_some(false)
    }

    fn skip_right_delim(&mut self, trimmed: bool) {
        self.at += 2;
        if trimmed {
            self.at += 2;
            self.at += self.rest().iter().take_while(|byte| is_space(**byte)).count();
        }
    }

    fn close(&mut self, trimmed: bool) -> Token {
        if trimmed {
            self.start += 2;
        }
        let token = Token::new(Kind::RightDelim, self.start, self.start + 2);
        self.skip_right_delim(trimmed);
        self.start = self.at;
        self.inside_action = false;
        token
    }

    /// A token between delimiters.
    fn action(&mut self) -> Token {
        let Some(byte) = self.byte() else { return self.fail("unclosed action") };
        if byte.is_ascii_alphabetic() || byte == b'_' {
            return self.identifier();
        }
        if is_space(byte) && self.input.get(self.at + 1) != Some(&b'-') {
            return self.space();
        }
        if let Some(trimmed) = self.right_delim() {
            if self.parens > 0 {
                return self.fail("unclosed left paren");
            }
            return self.close(trimmed);
        }
        if is_space(byte) {
            return self.space();
        }
        match byte {
            b'=' => self.single(Kind::Assign),
            b'|' => self.single(Kind::Pipe),
            b':' => {
                if self.input.get(self.at + 1) != Some(&b'=') {
                    return self.fail("expected :=");
                }
                self.at += 2;
                self.token(Kind::Declare)
            }
            b'"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'`' => {
                let Some(length) = memchr(b'`', &self.input[self.at + 1..]) else {
                    return self.fail("unterminated raw quoted string");
                };
                self.at += length + 2;
                self.token(Kind::RawString)
            }
            b'$' => self.name(Kind::Variable),
            b'.' if !self.input.get(self.at + 1).is_none_or(u8::is_ascii_digit) => {
                self.name(Kind::Field)
            }
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
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

    /// A run of spaces, but for one that belongs to a trimming delimiter.
    fn space(&mut self) -> Token {
        if let [_, next, ..] = self.rest()
            && !is_space(*next)
            && *next != b'-'
        {
            return self.single(Kind::Space);
        }
        let count = self.rest().iter().take_while(|byte| is_space(**byte)).count();
        self.at += count;
        let rest = &self.input[self.at - 1..];
        if has_right_trim(rest) && rest[2..].starts_with(b"}}") {
            self.at -= 1;
            if count == 1 {
                return self.close(true);
            }
        }
        self.token(Kind::Space)
    }

    fn skip_name(&mut self) {
        loop {
            self.at += self.rest().iter().take_while(|byte| is(**byte, NAME)).count();
            match self.byte() {
                Some(0x80..) => match decode(self.rest()) {
                    (Some(character), width) if is_name(character) => self.at += width,
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// A field or variable; its first character is there.
    fn name(&mut self, kind: Kind) -> Token {
        self.at += 1;
        if self.at_terminator() {
            return self.token(if kind == Kind::Field { Kind::Dot } else { kind });
        }
        self.skip_name();
        if !self.at_terminator() {
            return self.bad_character();
        }
        self.token(kind)
    }

    fn identifier(&mut self) -> Token {
        self.skip_name();
        if !self.at_terminator() {
            return self.bad_character();
        }
        let word = &self.input[self.start..self.at];
        let kind = match Kind::keyword(word) {
            Some(Kind::Break) if !self.breaks.0 => Kind::Identifier,
            Some(Kind::Continue) if !self.breaks.1 => Kind::Identifier,
            Some(keyword) => keyword,
            None if matches!(word, b"true" | b"false") => Kind::Bool,
            None => Kind::Identifier,
        };
        self.token(kind)
    }

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

    fn number(&mut self) -> Token {
        if !self.scan_number() {
            return self.bad_number();
        }
        if matches!(self.byte(), Some(b'+' | b'-')) {
            if !self.scan_number() || self.input[self.at - 1] != b'i' {
                return self.bad_number();
            }
            return self.token(Kind::Complex);
        }
        self.token(Kind::Number)
    }

    fn bad_number(&mut self) -> Token {
        let number = rhumb_value::quote::quote(&self.input[self.start..self.at]);
        self.fail(format!("bad number syntax: {number}"))
    }

    fn accept(&mut self, set: &[u8]) -> bool {
        let found = self.byte().is_some_and(|byte| set.contains(&byte));
        self.at += usize::from(found);
        found
    }

    fn accept_run(&mut self, set: &[u8]) {
        while self.accept(set) {}
    }

    /// Skips what may be a number; whether it is one shows when it is read.
    fn scan_number(&mut self) -> bool {
        const DECIMAL: &[u8] = b"0123456789_";
        const HEXADECIMAL: &[u8] = b"0123456789abcdefABCDEF_";
        self.accept(b"+-");
        let mut digits = DECIMAL;
        if self.accept(b"0") {
            if self.accept(b"xX") {
                digits = HEXADECIMAL;
            } else if self.accept(b"oO") {
                digits = b"01234567_";
            } else if self.accept(b"bB") {
                digits = b"01_";
            }
        }
        self.accept_run(digits);
        if self.accept(b".") {
            self.accept_run(digits);
        }
        let powers: &[u8] = match digits.len() {
            11 => b"eE",
            23 => b"pP",
            _ => b"",
        };
        if self.accept(powers) {
            self.accept(b"+-");
            self.accept_run(DECIMAL);
        }
        self.accept(b"i");
        let (character, width) = decode(self.rest());
        if character.is_some_and(is_name) {
            self.at += width;
            return false;
        }
        true
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

fn has_right_trim(text: &[u8]) -> bool {
    matches!(text, [space, b'-', ..] if is_space(*space))
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
