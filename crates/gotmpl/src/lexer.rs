mod class;
mod name;
mod number;

use memchr::memchr;
use rhumb_value::unicode::{decode, is_print};

use crate::Functions;
use crate::ast::position;
use crate::functions::Function;
use crate::token::{Kind, Token};
use class::{ESCAPED, PLAIN, SPACE, is, skip};
use name::is_name;

/// Cuts a template's text into tokens, one at a time. Space is none: the token after it tells.
pub(crate) struct Lexer<'t> {
    input: &'t [u8],
    functions: &'t Functions,
    at: u32,
    /// The token that was read last, or is being read.
    pub(crate) token: Token,
    /// The function that it names, if it is an identifier.
    pub(crate) function: Option<Function>,
    mode: Mode,
    parens: u32,
    /// Whether the last quoted text has escapes other than the usual ones, which may be wrong.
    pub(crate) has_odd_escape: bool,
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
    /// A lexer of a text that is short enough for positions in it.
    pub(crate) fn new(input: &'t [u8], functions: &'t Functions) -> Self {
        Self {
            input,
            functions,
            at: 0,
            token: Token::new(Kind::Eof, 0, 0),
            function: None,
            mode: Mode::Text,
            parens: 0,
            has_odd_escape: false,
            error: String::new(),
        }
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

    /// Ends the token at an offset, where it goes on then.
    #[inline]
    fn end(&mut self, kind: Kind, at: u32) -> Kind {
        self.at = at;
        self.token.kind = kind;
        self.token.end = at;
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

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.input.get(self.at as usize..).unwrap_or_default()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.byte_at(self.at)
    }

    #[inline]
    fn byte_at(&self, at: u32) -> Option<u8> {
        self.input.get(at as usize).copied()
    }

    /// Text up to an action; comments are skipped.
    fn text(&mut self) -> Kind {
        loop {
            let start = self.at;
            self.token.start = start;
            self.token.is_spaced = false;
            let rest = self.rest();
            let Some(length) = find_pair(rest, *b"{{") else {
                let end = position(self.input.len());
                return self.end(if rest.is_empty() { Kind::Eof } else { Kind::Text }, end);
            };
            let delim = start + position(length);
            let text = if has_left_trim(&rest[length + 2..]) {
                trimmed_length(&rest[..length])
            } else {
                length
            };
            if text > 0 {
                self.end(Kind::Text, start + position(text));
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
    #[inline]
    fn left_delim(&mut self) -> Option<Kind> {
        let start = self.at;
        self.token = Token::new(Kind::LeftDelim, start, start + 2);
        self.at = start + 2;
        let rest = self.rest();
        let (trim, inner) = if has_left_trim(rest) { (2, &rest[2..]) } else { (0, rest) };
        self.at += trim;
        if let [b'/', b'*', ..] = inner {
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
        self.at += position(length) + 2;
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

    /// The right delimiter that is here.
    fn close(&mut self, trims: bool) -> Kind {
        if self.parens > 0 {
            return self.fail("unclosed left paren");
        }
        self.token.start = self.at;
        self.end(Kind::RightDelim, self.at + 2);
        if trims {
            self.at = skip(self.input, self.at, SPACE);
        }
        self.mode = Mode::Text;
        Kind::RightDelim
    }

    /// A token between delimiters.
    #[inline]
    fn action(&mut self) -> Kind {
        let before = self.at;
        let start = skip(self.input, before, SPACE);
        self.at = start;
        self.token.start = start;
        self.token.is_spaced = start > before;
        let Some(byte) = self.byte() else { return self.fail("unclosed action") };
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.identifier(),
            b'.' if !self.byte_at(start + 1).is_none_or(|byte| byte.is_ascii_digit()) => {
                self.name(Kind::Field)
            }
            b'$' => self.name(Kind::Variable),
            b'}' if self.rest().starts_with(b"}}") => self.close(false),
            b'"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            b'(' => {
                self.parens += 1;
                self.end(Kind::LeftParen, start + 1)
            }
            b')' => {
                let Some(parens) = self.parens.checked_sub(1) else {
                    return self.fail("unexpected right paren");
                };
                self.parens = parens;
                self.end(Kind::RightParen, start + 1)
            }
            b'|' => self.end(Kind::Pipe, start + 1),
            b'=' => self.end(Kind::Assign, start + 1),
            b':' => {
                if self.byte_at(start + 1) != Some(b'=') {
                    return self.fail("expected :=");
                }
                self.end(Kind::Declare, start + 2)
            }
            b'-' if start > before && self.rest().starts_with(b"-}}") => {
                // The space in front of it is a part of it.
                self.token.start = start - 1;
                self.token.is_spaced = start - 1 > before;
                self.at = start + 1;
                self.close(true)
            }
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'`' => {
                let Some(length) = memchr(b'`', &self.rest()[1..]) else {
                    return self.fail("unterminated raw quoted string");
                };
                self.has_odd_escape = false;
                self.end(Kind::RawString, start + position(length) + 2)
            }
            _ => self.other(),
        }
    }

    #[cold]
    fn other(&mut self) -> Kind {
        let (character, width) = decode(self.rest());
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        if is_name(character) {
            return self.identifier();
        }
        if character.is_ascii() && is_print(character) {
            return self.end(Kind::Char, self.at + position(width));
        }
        self.fail(format!("unrecognized character in action: {}", unicode(Some(character))))
    }

    /// Whether what comes next, after a variable, makes it one that is declared or assigned to.
    pub(crate) fn is_at_declaration(&self) -> bool {
        let rest = &self.input[skip(self.input, self.at, SPACE) as usize..];
        matches!(rest, [b'=' | b',', ..] | [b':', b'=', ..])
    }

    fn quoted(&mut self, mark: u8, kind: Kind, unterminated: &str) -> Kind {
        self.has_odd_escape = false;
        let mut at = self.at + 1;
        loop {
            at = skip(self.input, at, PLAIN);
            match self.byte_at(at) {
                None | Some(b'\n') => return self.fail(unterminated),
                Some(b'\\') => match self.byte_at(at + 1) {
                    None | Some(b'\n') => return self.fail(unterminated),
                    Some(escaped) if is(escaped, ESCAPED) => at += 2,
                    Some(_) => {
                        self.has_odd_escape = true;
                        at += 1 + position(decode(&self.input[at as usize + 1..]).1);
                    }
                },
                Some(byte) => {
                    at += 1;
                    if byte == mark {
                        return self.end(kind, at);
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
