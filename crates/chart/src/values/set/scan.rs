/// Reads an argument character by character.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn remaining(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Reads up to one of `stops` and past it; without one, all there is. With `escapes`, a
    /// backslash takes the next character as it is, and is dropped at the end.
    pub(super) fn until(&mut self, stops: &str, escapes: bool) -> (String, Option<char>) {
        let mut read = String::new();
        let mut chars = self.remaining().char_indices();
        while let Some((_, c)) = chars.next() {
            if stops.contains(c) {
                self.at = self.text.len() - chars.as_str().len();
                return (read, Some(c));
            }
            match (escapes && c == '\\').then(|| chars.next()) {
                None => read.push(c),
                Some(Some((_, next))) => read.push(next),
                Some(None) => break,
            }
        }
        self.at = self.text.len();
        (read, None)
    }

    /// Reads all the rest.
    pub(super) fn rest(&mut self) -> String {
        let rest = self.remaining().to_owned();
        self.at = self.text.len();
        rest
    }

    /// Reads `wanted` if it comes next.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.remaining().starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Reads blanks and one comma; tells whether there was a comma or the end.
    pub(super) fn skip_empty(&mut self) -> bool {
        let rest = self.remaining();
        let blank = rest.trim_start_matches(is_go_space);
        self.at += rest.len() - blank.len();
        self.take(',') || self.is_at_end()
    }
}

/// What `unicode.IsSpace` takes for a blank: exactly Rust's white space.
fn is_go_space(c: char) -> bool {
    c.is_whitespace()
}
