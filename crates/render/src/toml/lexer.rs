use super::Error;

/// Stands for the end of the text; a real NUL is refused before it gets here.
pub(super) const END: char = '\0';

/// The text of a TOML file, read character by character.
pub(super) struct Lexer<'t> {
    text: &'t str,
    /// The byte after `text`, if that is where the input stops to be UTF-8.
    bad_byte: Option<u8>,
    /// Where the current token starts.
    start: usize,
    pos: usize,
    pub(super) line: usize,
    at_end: bool,
    /// What errors name as the last key.
    pub(super) last_key: String,
}

/// A result that is an error unless the text goes on as it must.
pub(super) type Lexed<T> = Result<T, Error>;

pub(super) fn is_blank(character: char) -> bool {
    character == '\t' || character == ' '
}

pub(super) fn is_newline(character: char) -> bool {
    character == '\n' || character == '\r'
}

impl<'t> Lexer<'t> {
    pub(super) fn new(input: &'t [u8]) -> Self {
        let (text, bad_byte) = match str::from_utf8(input) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.valid_up_to();
                let text = str::from_utf8(&input[..valid]).unwrap_or_default();
                (text, input.get(valid).copied())
            }
        };
        let last_key = String::new();
        Self { text, bad_byte, start: 0, pos: 0, line: 1, at_end: false, last_key }
    }

    /// The current token.
    pub(super) fn current(&self) -> &'t str {
        &self.text[self.start..self.pos]
    }

    /// Starts a new token here.
    pub(super) fn ignore(&mut self) {
        self.start = self.pos;
    }

    /// Ends the token here and starts the next one.
    pub(super) fn token(&mut self) -> &'t str {
        let token = self.current();
        self.ignore();
        token
    }

    pub(super) fn next(&mut self) -> Lexed<char> {
        let Some(character) = self.text[self.pos..].chars().next() else {
            if let Some(byte) = self.bad_byte {
                return Err(self.error(format!("invalid UTF-8 byte: 0x{byte:02x}")));
            }
            self.at_end = true;
            return Ok(END);
        };
        if character == '\n' {
            self.line += 1;
        }
        let alone = character == '\r' && self.text.as_bytes().get(self.pos + 1) != Some(&b'\n');
        if alone || (character.is_ascii_control() && !is_newline(character) && character != '\t') {
            let code = u32::from(character);
            let message = format!("TOML files cannot contain control characters: '0x{code:02x}'");
            return Err(self.error_here(message));
        }
        self.pos += character.len_utf8();
        Ok(character)
    }

    /// Goes back by one character, or from the end of the text.
    pub(super) fn backup(&mut self) {
        if std::mem::take(&mut self.at_end) {
            return;
        }
        if let Some(character) = self.text[..self.pos].chars().next_back() {
            self.pos -= character.len_utf8();
            if character == '\n' {
                self.line -= 1;
            }
        }
    }

    pub(super) fn peek(&mut self) -> Lexed<char> {
        let character = self.next()?;
        self.backup();
        Ok(character)
    }

    pub(super) fn accept(&mut self, want: char) -> Lexed<bool> {
        let found = self.next()? == want;
        if !found {
            self.backup();
        }
        Ok(found)
    }

    /// Skips blanks, newlines not among them.
    pub(super) fn skip_blanks(&mut self) -> Lexed<()> {
        while is_blank(self.next()?) {}
        self.backup();
        self.ignore();
        Ok(())
    }

    /// Takes characters as long as they are wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> Lexed<()> {
        while wanted(self.next()?) {}
        self.backup();
        Ok(())
    }

    /// Skips a comment, up to its newline.
    pub(super) fn skip_comment(&mut self) -> Lexed<()> {
        self.take_while(|character| !is_newline(character) && character != END)?;
        self.ignore();
        Ok(())
    }

    /// An error at this place; at the end of the text, on the last line that has text.
    pub(super) fn error_here(&self, message: impl Into<String>) -> Error {
        let after_newline = self.at_end && self.text[..self.pos].ends_with('\n');
        self.error_on(self.line - usize::from(after_newline), message)
    }

    /// An error whose line is one less if the text has ended.
    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        self.error_on(self.line - usize::from(self.at_end), message)
    }

    /// An error on the line before, for newlines that were just read.
    pub(super) fn error_before(&self, message: impl Into<String>) -> Error {
        self.error_on(self.line - 1, message)
    }

    /// An error on a given line.
    pub(super) fn error_on(&self, line: usize, message: impl Into<String>) -> Error {
        let last_key = self.last_key.clone();
        Error { message: message.into(), line, last_key, fatal: false }
    }
}
