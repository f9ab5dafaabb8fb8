use super::Parser;
use super::escape::char_escape;
use crate::class::{self, Class};
use crate::scan::{before, next_char};
use crate::{Error, ErrorKind};

impl<'p> Parser<'p> {
    /// Reads a class in brackets.
    pub(super) fn bracket(&mut self, text: &'p [u8]) -> Result<&'p [u8], Error> {
        let mut rest = &text[1..];
        let is_negated = rest.first() == Some(&b'^');
        if is_negated {
            rest = &rest[1..];
        }
        let mut class = Class::empty();
        let mut is_first = true;
        while is_first || rest.first() != Some(&b']') {
            is_first = false;
            let (part, after) = self.bracket_part(rest, text)?;
            class.union(&part);
            rest = after;
        }
        if is_negated {
            class.negate();
        }
        self.push_class(class)?;
        Ok(&rest[1..])
    }

    /// Reads one named class, escape, character or range; `whole` is the text from the bracket on.
    fn bracket_part(&self, text: &'p [u8], whole: &'p [u8]) -> Result<(Class, &'p [u8]), Error> {
        if text.len() > 2
            && text.starts_with(b"[:")
            && let Some(part) = self.posix_class(text)?
        {
            return Ok(part);
        }
        if let Some(part) = self.class_escape(text)? {
            return Ok(part);
        }
        let (low, mut rest) = bracket_char(text, whole)?;
        let mut high = low;
        if let [b'-', next, ..] = rest
            && *next != b']'
        {
            (high, rest) = bracket_char(&rest[1..], whole)?;
            if high < low {
                return Err(Error::syntax(ErrorKind::ClassRange, before(text, rest)));
            }
        }
        let mut part = class::range(low, high);
        if self.flags.is_folded {
            class::fold(&mut part);
        }
        Ok((part, rest))
    }

    /// Reads `[:name:]`; nothing if it is not closed, and so is no name.
    fn posix_class(&self, text: &'p [u8]) -> Result<Option<(Class, &'p [u8])>, Error> {
        let Some(end) = text[2..].windows(2).position(|pair| pair == b":]") else {
            return Ok(None);
        };
        let (whole, rest) = text.split_at(end + 4);
        let name = &whole[2..end + 2];
        let positive = name.strip_prefix(b"^");
        let Some(set) = class::posix(positive.unwrap_or(name)) else {
            return Err(Error::syntax(ErrorKind::ClassRange, whole));
        };
        Ok(Some((class::named(set, self.flags.is_folded, positive.is_some()), rest)))
    }
}

fn bracket_char<'p>(text: &'p [u8], whole: &[u8]) -> Result<(u32, &'p [u8]), Error> {
    match text.first() {
        None => Err(Error::syntax(ErrorKind::MissingBracket, whole)),
        Some(b'\\') => char_escape(text),
        Some(_) => next_char(text).map(|(char, rest)| (char.into(), rest)),
    }
}
