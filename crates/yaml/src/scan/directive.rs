use super::Scanner;
use crate::Error;
use crate::token::TokenKind;

impl Scanner<'_> {
    pub(super) fn fetch_directive(&mut self) -> Result<(), Error> {
        self.unroll_indent(-1, self.mark());
        self.remove_key()?;
        self.simple_key_allowed = false;
        let start = self.mark();
        self.position += 1;
        let kind = match self.scan_directive_name()? {
            "YAML" => self.scan_version()?,
            "TAG" => self.scan_tag_directive()?,
            _ => return Err(self.error("found unknown directive name")),
        };
        self.push(kind, start);
        self.need(1)?;
        self.skip_blanks()?;
        if self.byte(0) == b'#' {
            self.skip_comment()?;
        }
        if self.position < self.bytes.len() && self.break_width(0) == 0 {
            return Err(self.error("did not find expected comment or line break"));
        }
        if self.break_width(0) > 0 {
            self.need(2)?;
            self.skip_line();
        }
        Ok(())
    }
}

impl<'a> Scanner<'a> {
    fn scan_directive_name(&mut self) -> Result<&'a str, Error> {
        self.need(1)?;
        let name = self.scan_word()?;
        if name.is_empty() {
            return Err(self.error("could not find expected directive name"));
        }
        if !self.is_blankz(0) {
            return Err(self.error("found unexpected non-alphabetical character"));
        }
        Ok(name)
    }

    fn scan_version(&mut self) -> Result<TokenKind<'a>, Error> {
        self.need(1)?;
        self.skip_blanks()?;
        let major = self.scan_version_number()?;
        if self.byte(0) != b'.' {
            return Err(self.error("did not find expected digit or '.' character"));
        }
        self.position += 1;
        let minor = self.scan_version_number()?;
        Ok(TokenKind::VersionDirective { major, minor })
    }

    /// One or two digits.
    fn scan_version_number(&mut self) -> Result<u8, Error> {
        self.need(1)?;
        let (mut value, mut length) = (0, 0);
        while self.byte(0).is_ascii_digit() {
            length += 1;
            if length > 2 {
                return Err(self.error("found extremely long version number"));
            }
            value = value * 10 + (self.byte(0) - b'0');
            self.position += 1;
            self.need(1)?;
        }
        if length == 0 {
            return Err(self.error("did not find expected version number"));
        }
        Ok(value)
    }

    fn scan_tag_directive(&mut self) -> Result<TokenKind<'a>, Error> {
        self.need(1)?;
        self.skip_blanks()?;
        let handle = self.scan_handle(true)?;
        self.need(1)?;
        if !matches!(self.byte(0), b' ' | b'\t') {
            return Err(self.error("did not find expected whitespace"));
        }
        self.skip_blanks()?;
        let mut prefix = Vec::new();
        self.scan_uri(None, &mut prefix)?;
        self.need(1)?;
        if !self.is_blankz(0) {
            return Err(self.error("did not find expected whitespace or line break"));
        }
        Ok(TokenKind::TagDirective { handle, prefix })
    }
}
