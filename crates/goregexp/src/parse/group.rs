use super::Parser;
use crate::scan::{before, check_utf8, next_char};
use crate::{Error, ErrorKind};

impl<'p> Parser<'p> {
    /// Reads what starts with `(?`: a named group, flags, or flags for a group.
    pub(super) fn group_with_flags(&mut self, text: &'p [u8]) -> Result<&'p [u8], Error> {
        if text.len() > 4 && text[2..].starts_with(b"P<") {
            return self.named_group(text, 4);
        }
        if text.len() > 3 && text[2] == b'<' {
            return self.named_group(text, 3);
        }
        let mut rest = &text[2..];
        let mut flags = self.flags;
        let mut is_on = true;
        let mut saw_flag = false;
        while !rest.is_empty() {
            let (char, after) = next_char(rest)?;
            rest = after;
            match char {
                'i' => flags.is_folded = is_on,
                'm' => flags.is_multi_line = is_on,
                's' => flags.dot_takes_newline = is_on,
                'U' => flags.is_lazy = is_on,
                '-' if is_on => {
                    is_on = false;
                    saw_flag = false;
                    continue;
                }
                ':' | ')' if is_on || saw_flag => {
                    if char == ':' {
                        self.open_group(false);
                    }
                    self.flags = flags;
                    return Ok(rest);
                }
                _ => break,
            }
            saw_flag = true;
        }
        Err(Error::syntax(ErrorKind::PerlSyntax, before(text, rest)))
    }

    fn named_group(&mut self, text: &'p [u8], name_start: usize) -> Result<&'p [u8], Error> {
        let Some(end) = text.iter().position(|byte| *byte == b'>') else {
            check_utf8(text)?;
            return Err(Error::syntax(ErrorKind::NamedCapture, text));
        };
        let name = &text[name_start..end];
        check_utf8(name)?;
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        if name.is_empty() || !name.iter().all(is_word) {
            return Err(Error::syntax(ErrorKind::NamedCapture, &text[..=end]));
        }
        self.names.push(name.to_vec());
        self.open_group(true);
        Ok(&text[end + 1..])
    }
}
