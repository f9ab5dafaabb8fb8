use std::sync::Arc;

use super::node::{Data, Node, Origin};

/// How deep JSON may nest; Go's own limit is 10,000, at which no chart's values are.
const MAX_DEPTH: usize = 1_000;

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid JSON")]
pub(crate) struct Invalid;

/// Reads JSON with places, and takes exactly what Go's decoder takes.
pub(crate) struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    source: &'a Arc<str>,
    /// Where `text` starts in the source.
    offset: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, source: &'a Arc<str>, offset: usize) -> Self {
        Self { text: text.as_bytes(), at: 0, source, offset }
    }

    /// Reads one value and stops behind it.
    pub(crate) fn value(&mut self) -> Result<Node, Invalid> {
        self.nested(0)
    }

    /// How many bytes were read.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Reads one value that is all there is.
    pub(crate) fn whole(mut self) -> Result<Node, Invalid> {
        let node = self.value()?;
        self.blank();
        if self.at == self.text.len() { Ok(node) } else { Err(Invalid) }
    }

    fn blank(&mut self) {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn nested(&mut self, depth: usize) -> Result<Node, Invalid> {
        if depth > MAX_DEPTH {
            return Err(Invalid);
        }
        self.blank();
        let start = self.at;
        let data = match self.text.get(start).ok_or(Invalid)? {
            b'{' => self.object(depth)?,
            b'[' => self.array(depth)?,
            b'"' => Data::Text(self.string()?.into_bytes().into()),
            b't' => self.word("true", Data::Bool(true))?,
            b'f' => self.word("false", Data::Bool(false))?,
            b'n' => self.word("null", Data::Null)?,
            _ => self.number()?,
        };
        let bytes = self.offset + start..self.offset + self.at;
        Ok(Node { data, origin: Some(Origin::new(self.source, &bytes)) })
    }

    fn word(&mut self, word: &str, data: Data) -> Result<Data, Invalid> {
        if !self.text[self.at..].starts_with(word.as_bytes()) {
            return Err(Invalid);
        }
        self.at += word.len();
        Ok(data)
    }

    fn object(&mut self, depth: usize) -> Result<Data, Invalid> {
        self.at += 1;
        let mut entries = Vec::new();
        self.blank();
        if self.take(b'}') {
            return Ok(Data::Map(Arc::default()));
        }
        loop {
            self.blank();
            let key = self.string()?;
            self.blank();
            if !self.take(b':') {
                return Err(Invalid);
            }
            entries.push((Arc::from(key), self.nested(depth + 1)?));
            self.blank();
            if self.take(b'}') {
                return Ok(Data::Map(Arc::new(entries.into_iter().collect())));
            }
            if !self.take(b',') {
                return Err(Invalid);
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Data, Invalid> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.take(b']') {
            return Ok(Data::List(items.into()));
        }
        loop {
            items.push(self.nested(depth + 1)?);
            self.blank();
            if self.take(b']') {
                return Ok(Data::List(items.into()));
            }
            if !self.take(b',') {
                return Err(Invalid);
            }
        }
    }

    fn digits(&mut self) -> Result<(), Invalid> {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Invalid) }
    }

    fn number(&mut self) -> Result<Data, Invalid> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let text = str::from_utf8(&self.text[start..self.at]).map_err(|_| Invalid)?;
        let number: f64 = text.parse().map_err(|_| Invalid)?;
        if number.is_finite() { Ok(Data::Float(number)) } else { Err(Invalid) }
    }

    fn string(&mut self) -> Result<String, Invalid> {
        if !self.take(b'"') {
            return Err(Invalid);
        }
        let mut text = String::new();
        loop {
            let start = self.at;
            while self.text.get(self.at).is_some_and(|c| *c >= 0x20 && !matches!(c, b'"' | b'\\')) {
                self.at += 1;
            }
            text.push_str(str::from_utf8(&self.text[start..self.at]).map_err(|_| Invalid)?);
            match self.text.get(self.at).ok_or(Invalid)? {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => text.push(self.escape()?),
                _ => return Err(Invalid),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Invalid> {
        let kind = *self.text.get(self.at + 1).ok_or(Invalid)?;
        self.at += 2;
        Ok(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(Invalid),
        })
    }

    /// Reads the digits of `\u`; half a pair becomes U+FFFD, as in Go.
    fn unicode(&mut self) -> Result<char, Invalid> {
        let first = self.hex(self.at)?;
        self.at += 4;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        if first < 0xDC00 && self.text[self.at..].starts_with(b"\\u") {
            let second = self.hex(self.at + 2)?;
            if (0xDC00..0xE000).contains(&second) {
                self.at += 6;
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code).ok_or(Invalid);
            }
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&self, at: usize) -> Result<u32, Invalid> {
        let digits = self.text.get(at..at + 4).ok_or(Invalid)?;
        let mut code = 0;
        for digit in digits {
            code = code * 16 + char::from(*digit).to_digit(16).ok_or(Invalid)?;
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Invalid> {
        let source = Arc::from("test");
        Reader::new(text, &source, 0).whole().map(|node| node.to_string())
    }

    #[test]
    fn takes_what_go_takes() {
        let cases = [
            (" {\"a\": [1, -0.5e2, true, null, \"x\\n\"]} ", "map[a:[1 -50 true <nil> x\n]]"),
            ("\"\\ud83d\\ude00 \\ud83d \\u00e9\"", "😀 \u{fffd} é"),
            ("{\"a\":1,\"a\":2}", "map[a:2]"),
            ("[]", "[]"),
        ];
        for (text, want) in cases {
            assert_eq!(read(text).as_deref(), Ok(want), "{text}");
        }
    }

    #[test]
    fn refuses_what_go_refuses() {
        for text in ["", "01", "1.", "[1,]", "{\"a\":}", "nul", "\"\n\"", "1 2", "1e999", "{a:1}"] {
            assert_eq!(read(text), Err(Invalid), "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000)), Err(Invalid));
    }
}
