//! JSON, byte by byte.

use std::borrow::Cow;

use super::{Surely, Unsure};

/// How deep lists and objects may nest. The whole validator reads no more than 128 levels.
const MAX_DEPTH: usize = 100;
/// The longest number, in bytes.
const MAX_NUMBER: usize = 40;

/// Where in a JSON text one is, and how deep.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// What reads JSON: [`Cursor`], or something around one.
pub(super) trait Json<'a>: Sized {
    /// Where one is.
    fn cursor(&mut self) -> &mut Cursor<'a>;

    /// Reads an object; `entry` reads the value of each key.
    fn object(
        &mut self,
        mut entry: impl FnMut(&mut Self, Cow<'a, str>) -> Surely<()>,
    ) -> Surely<()> {
        self.cursor().open(b'{')?;
        if self.cursor().ends(b'}') {
            return Ok(());
        }
        loop {
            let key = self.cursor().text()?;
            self.cursor().take(b':')?;
            entry(self, key)?;
            if self.cursor().ends(b'}') {
                return Ok(());
            }
            self.cursor().take(b',')?;
        }
    }

    /// Reads a list; `item` reads each item.
    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Surely<()>) -> Surely<()> {
        self.cursor().open(b'[')?;
        if self.cursor().ends(b']') {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.cursor().ends(b']') {
                return Ok(());
            }
            self.cursor().take(b',')?;
        }
    }
}

impl<'a> Json<'a> for Cursor<'a> {
    fn cursor(&mut self) -> &mut Self {
        self
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Goes to the value that a pointer such as `/definitions/image` points at.
    pub(super) fn find(text: &'a str, pointer: &str) -> Surely<Self> {
        let mut cursor = Self::new(text);
        for word in pointer.split('/').skip(1) {
            let word = word.replace("~1", "/").replace("~0", "~");
            let mut found = None;
            let mut number = 0_usize;
            let mut pass = |cursor: &mut Self, is_meant| {
                cursor.peek();
                // Only the last of two would count.
                if is_meant && found.replace((cursor.at, cursor.depth)).is_some() {
                    return Err(Unsure);
                }
                cursor.any().map(drop)
            };
            if cursor.peek() == b'[' {
                cursor.list(|cursor| {
                    number += 1;
                    pass(cursor, (number - 1).to_string() == word)
                })?;
            } else {
                cursor.object(|cursor, key| pass(cursor, key == word))?;
            }
            (cursor.at, cursor.depth) = found.ok_or(Unsure)?;
        }
        Ok(cursor)
    }

    /// How many lists and objects one is in.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next byte that is not blank, which stays; 0 at the end.
    pub(super) fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        // Most blanks indent.
        while bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"        ")) {
            self.at += 8;
        }
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return *byte;
            }
            self.at += 1;
        }
        0
    }

    /// Makes sure that nothing is left.
    pub(super) fn end(&mut self) -> Surely<()> {
        self.peek();
        if self.at == self.text.len() { Ok(()) } else { Err(Unsure) }
    }

    fn take(&mut self, byte: u8) -> Surely<()> {
        if self.peek() != byte {
            return Err(Unsure);
        }
        self.at += 1;
        Ok(())
    }

    fn open(&mut self, byte: u8) -> Surely<()> {
        self.take(byte)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Unsure) } else { Ok(()) }
    }

    /// Passes the end of a list or object if it is here.
    fn ends(&mut self, byte: u8) -> bool {
        let is_end = self.peek() == byte;
        if is_end {
            self.at += 1;
            self.depth -= 1;
        }
        is_end
    }

    /// Reads a text.
    pub(super) fn text(&mut self) -> Surely<Cow<'a, str>> {
        let (raw, has_escape) = self.raw_text()?;
        if has_escape {
            let text: String = serde_json::from_str(raw).map_err(|_| Unsure)?;
            return Ok(Cow::Owned(text));
        }
        Ok(Cow::Borrowed(&raw[1..raw.len() - 1]))
    }

    /// Passes over a text; its bytes with the quotes, and whether it has a backslash.
    pub(super) fn raw_text(&mut self) -> Surely<(&'a str, bool)> {
        self.take(b'"')?;
        let start = self.at - 1;
        let bytes = self.text.as_bytes();
        let mut has_escape = false;
        loop {
            self.at += plain_length(bytes.get(self.at..).unwrap_or_default());
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                _ => return Err(Unsure),
            }
            has_escape = true;
        }
        self.at += 1;
        Ok((&self.text[start..self.at], has_escape))
    }

    fn escape(&mut self) -> Surely<()> {
        let rest = &self.text.as_bytes()[self.at + 1..];
        match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.at += 2,
            // Halves of pairs are left to others.
            [b'u', a, b, c, d, ..]
                if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit())
                    && !(matches!(a, b'd' | b'D') && *b > b'7') =>
            {
                self.at += 6;
            }
            _ => return Err(Unsure),
        }
        Ok(())
    }

    /// Reads `true` or `false`.
    pub(super) fn truth(&mut self) -> Surely<bool> {
        let is_true = self.peek() == b't';
        self.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    fn word(&mut self, word: &str) -> Surely<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(Unsure);
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads a number.
    pub(super) fn number(&mut self) -> Surely<f64> {
        let number: f64 = self.number_text()?.parse().map_err(|_| Unsure)?;
        if number.is_finite() { Ok(number) } else { Err(Unsure) }
    }

    /// Reads a number, whatever its size.
    fn number_text(&mut self) -> Surely<&'a str> {
        self.peek();
        let start = self.at;
        self.part(b"-");
        if !self.part(b"0") {
            self.digits()?;
        }
        if self.part(b".") {
            self.digits()?;
        }
        if self.part(b"eE") {
            self.part(b"+-");
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        if text.len() > MAX_NUMBER {
            return Err(Unsure);
        }
        Ok(text)
    }

    /// Reads a count: plain digits.
    pub(super) fn count(&mut self) -> Surely<usize> {
        self.peek();
        let start = self.at;
        self.number()?;
        self.text[start..self.at].parse().map_err(|_| Unsure)
    }

    fn part(&mut self, any_of: &[u8]) -> bool {
        let is_here = self.text.as_bytes().get(self.at).is_some_and(|byte| any_of.contains(byte));
        self.at += usize::from(is_here);
        is_here
    }

    fn digits(&mut self) -> Surely<()> {
        let digits =
            self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit());
        let count = digits.count();
        self.at += count;
        if count == 0 { Err(Unsure) } else { Ok(()) }
    }

    /// Passes over any value; its bytes.
    pub(super) fn any(&mut self) -> Surely<&'a str> {
        let kind = self.peek();
        let start = self.at;
        match kind {
            b'"' => drop(self.raw_text()?),
            b'{' => self.any_object()?,
            b'[' => self.list(|json| json.any().map(drop))?,
            b't' | b'f' => drop(self.truth()?),
            b'n' => self.word("null")?,
            _ => drop(self.number_text()?),
        }
        Ok(&self.text[start..self.at])
    }

    fn any_object(&mut self) -> Surely<()> {
        self.open(b'{')?;
        if self.ends(b'}') {
            return Ok(());
        }
        loop {
            self.raw_text()?;
            self.take(b':')?;
            self.any()?;
            if self.ends(b'}') {
                return Ok(());
            }
            self.take(b',')?;
        }
    }
}

/// How many bytes come before the first that ends a text, starts an escape, or may not be in one.
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    // The high bit of each byte that is below a limit; after the first such byte, of others too.
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let mut length = 0;
    while let Some(chunk) = bytes[length..].first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        let special = (below(word, b' ') | is(b'"') | is(b'\\')) & (ONES << 7);
        if special != 0 {
            return length + special.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let is_special = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
    let rest = bytes[length..].iter().position(is_special);
    rest.map_or(bytes.len(), |rest| length + rest)
}
