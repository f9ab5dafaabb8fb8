use crate::unicode::{decode, push};
use crate::{List, Map, Text, Value, quote};

use super::MAX_DEPTH;

/// Why a text is no JSON, in Go's words.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// A character that cannot be where it is.
    #[error("invalid character {} {context}", shown(*character))]
    Unexpected {
        /// The byte.
        character: u8,
        /// What was being read.
        context: String,
    },
    /// The text ends too early.
    #[error("unexpected end of JSON input")]
    End,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("invalid character {} exceeded max depth", shown(*character))]
    TooDeep {
        /// The bracket that is one too many.
        character: u8,
    },
    /// A number that no `float64` can be, in a text that is JSON otherwise.
    #[error("json: cannot unmarshal number {number} into Go value of type float64")]
    NumberTooLarge {
        /// The first such number.
        number: String,
        /// The whole, with nil in the place of such numbers.
        value: Value,
    },
}

/// A byte in Go's single quotes.
fn shown(byte: u8) -> String {
    match byte {
        b'\'' => "'\\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        _ => {
            let mut text = Vec::new();
            push(&mut text, char::from(byte));
            let quoted = quote::quote(&text);
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    }
}

/// Parses a text that is one value: numbers become `float64`, and of equal keys the last counts.
///
/// # Errors
///
/// At the first thing that is wrong.
pub fn parse(text: &[u8]) -> Result<Value, ParseError> {
    let mut parser = Parser { text, at: 0, depth: 0, too_large: None };
    let value = parser.value()?;
    parser.blank();
    match (parser.peek(), parser.too_large) {
        (Some(character), _) => {
            let context = "after top-level value".to_owned();
            Err(ParseError::Unexpected { character, context })
        }
        (None, Some(number)) => Err(ParseError::NumberTooLarge { number, value }),
        (None, None) => Ok(value),
    }
}

/// The length of the first value of a text, in bytes, where more may follow.
///
/// # Errors
///
/// What is wrong with it, and where.
pub fn end_of_first(text: &[u8]) -> Result<usize, (ParseError, usize)> {
    let mut parser = Parser { text, at: 0, depth: 0, too_large: None };
    match parser.value() {
        Ok(_) => Ok(parser.at),
        Err(_) if parser.at == text.len() => Err((ParseError::End, parser.at)),
        Err(error) => Err((error, parser.at)),
    }
}

type Parsed<T> = Result<T, ParseError>;

struct Parser<'t> {
    text: &'t [u8],
    at: usize,
    depth: usize,
    too_large: Option<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// The error that what is next cannot be there.
    fn unexpected<T>(&self, context: &str) -> Parsed<T> {
        match self.peek() {
            Some(character) => {
                Err(ParseError::Unexpected { character, context: context.to_owned() })
            }
            None => Err(ParseError::End),
        }
    }

    /// The same within a number, a word or an escape, whose end Go sees as a blank.
    fn unexpected_in_literal<T>(&self, context: &str) -> Parsed<T> {
        let character = self.peek().unwrap_or(b' ');
        Err(ParseError::Unexpected { character, context: context.to_owned() })
    }

    fn value(&mut self) -> Parsed<Value> {
        self.blank();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Nil),
            _ => self.unexpected("looking for beginning of value"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Value>) -> Parsed<Value> {
        let character = self.text.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ParseError::TooDeep { character });
        }
        let value = crate::stack::grow(|| read(self));
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Parsed<Value> {
        const KEY: &str = "looking for beginning of object key string";
        let mut entries = Vec::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(Map::new()));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return self.unexpected(KEY);
            }
            let key = self.string()?;
            self.blank();
            if self.peek() != Some(b':') {
                return self.unexpected("after object key");
            }
            self.at += 1;
            let value = self.value()?;
            entries.push((key, value));
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Map(entries.into_iter().collect()));
                }
                _ => return self.unexpected("after object key:value pair"),
            }
        }
    }

    fn array(&mut self) -> Parsed<Value> {
        let mut items = Vec::new();
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(List::grown(items).into());
        }
        loop {
            items.push(self.value()?);
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(List::grown(items).into());
                }
                _ => return self.unexpected("after array element"),
            }
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Parsed<Value> {
        for expected in word.chars() {
            if self.peek().map(char::from) != Some(expected) {
                let context = format!("in literal {word} (expecting '{expected}')");
                return self.unexpected_in_literal(&context);
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Parsed<Value> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else if !self.digits() {
            return self.unexpected_in_literal("in numeric literal");
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if !self.digits() {
                return self.unexpected_in_literal("after decimal point in numeric literal");
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if !self.digits() {
                return self.unexpected_in_literal("in exponent of numeric literal");
            }
        }
        let text = String::from_utf8_lossy(&self.text[start..self.at]);
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::float(number)),
            _ => {
                self.too_large.get_or_insert_with(|| text.into_owned());
                Ok(Value::Nil)
            }
        }
    }

    /// A text, whose first quote is next.
    fn string(&mut self) -> Parsed<Text> {
        self.at += 1;
        let start = self.at;
        let plain = |byte: u8| matches!(byte, b' '..=b'~' | 0x7f) && byte != b'"' && byte != b'\\';
        while self.peek().is_some_and(plain) {
            self.at += 1;
        }
        if self.peek() == Some(b'"') {
            let text = Text::from(&self.text[start..self.at]);
            self.at += 1;
            return Ok(text);
        }
        let mut out = self.text[start..self.at].to_vec();
        loop {
            match self.peek() {
                None => return Err(ParseError::End),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Text::from(out));
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(&mut out)?;
                }
                Some(byte) if byte < b' ' => return self.unexpected("in string literal"),
                Some(_) => {
                    let rest = &self.text[self.at..];
                    let (character, width) = decode(rest);
                    push(&mut out, character.unwrap_or('\u{FFFD}'));
                    self.at += width;
                }
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Parsed<()> {
        let byte = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                self.at += 1;
                let first = self.hexadecimal()?;
                let character = self.surrogate(first)?;
                push(out, character);
                return Ok(());
            }
            _ => return self.unexpected_in_literal("in string escape code"),
        };
        self.at += 1;
        out.push(byte);
        Ok(())
    }

    fn hexadecimal(&mut self) -> Parsed<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().map(char::from).and_then(|digit| digit.to_digit(16));
            let Some(digit) = digit else {
                return self.unexpected_in_literal("in \\u hexadecimal character escape");
            };
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// The character of an escape; half a pair waits for the other half, and is U+FFFD without it.
    fn surrogate(&mut self, first: u32) -> Parsed<char> {
        if !(0xD800..0xDC00).contains(&first) || !self.text[self.at..].starts_with(b"\\u") {
            return Ok(char::from_u32(first).unwrap_or('\u{FFFD}'));
        }
        let before = self.at;
        self.at += 2;
        let second = self.hexadecimal()?;
        if (0xDC00..0xE000).contains(&second) {
            let code = 0x10000 + ((first - 0xD800) << 10 | (second - 0xDC00));
            return Ok(char::from_u32(code).unwrap_or('\u{FFFD}'));
        }
        self.at = before;
        Ok('\u{FFFD}')
    }
}
