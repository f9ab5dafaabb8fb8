use rhumb_value::unicode::{decode, is_digit, is_letter};

use super::class::{NAME, TERMINATOR, is, skip};
use super::{Lexer, unicode};
use crate::ast::{Run, position};
use crate::functions::Word;
use crate::token::Kind;

impl Lexer<'_> {
    /// A field or variable; its first character is there.
    #[inline]
    pub(super) fn name(&mut self, kind: Kind) -> Kind {
        let start = self.at + 1;
        let Some(end) = self.name_end(start) else { return self.bad_character() };
        self.end(if end == start && kind == Kind::Field { Kind::Dot } else { kind }, end)
    }

    /// Whether something is right here that may be the name of a field.
    #[inline]
    pub(crate) fn is_at_dot(&self) -> bool {
        self.byte() == Some(b'.')
    }

    /// The name of a field, if one is right here: what [`next`](Self::next) would give as a token.
    #[inline]
    pub(crate) fn field(&mut self) -> Option<Run> {
        if self.is_at_dot() { self.field_behind_dot() } else { None }
    }

    fn field_behind_dot(&mut self) -> Option<Run> {
        let before = self.at;
        let start = before + 1;
        if self.byte_at(start)?.is_ascii_digit() {
            return None;
        }
        match self.name_end(start) {
            Some(end) if end > start => {
                self.at = end;
                Some(Run { start, end })
            }
            _ => {
                self.at = before;
                None
            }
        }
    }

    #[inline]
    pub(super) fn identifier(&mut self) -> Kind {
        let start = self.token.start;
        let Some(end) = self.name_end(start) else { return self.bad_character() };
        let kind = match self.functions.get(&self.input[start as usize..end as usize]) {
            Some(Word::Keyword(kind)) => kind,
            Some(Word::Function(function)) => {
                self.function = Some(function);
                Kind::Identifier
            }
            None => {
                self.function = None;
                Kind::Identifier
            }
        };
        self.end(kind, end)
    }

    /// Where the name ends that goes on at an offset; nothing if what is there may not follow a
    /// name, and then it is what comes next.
    #[inline]
    fn name_end(&mut self, at: u32) -> Option<u32> {
        let end = skip(self.input, at, NAME);
        match self.byte_at(end) {
            Some(byte) if is(byte, TERMINATOR) => Some(end),
            _ => self.other_name_end(end),
        }
    }

    /// The same where the next byte does not tell.
    fn other_name_end(&mut self, mut end: u32) -> Option<u32> {
        if let Some(0x80..) = self.byte_at(end) {
            end = self.foreign_name_end(end);
        }
        let ends = match self.byte_at(end) {
            None => true,
            Some(b'}') => self.byte_at(end + 1) == Some(b'}'),
            Some(byte) => is(byte, TERMINATOR),
        };
        if !ends {
            self.at = end;
        }
        ends.then_some(end)
    }

    #[cold]
    fn foreign_name_end(&self, mut end: u32) -> u32 {
        while let (Some(character), width) = decode(&self.input[end as usize..])
            && is_name(character)
        {
            end += position(width);
        }
        end
    }

    #[cold]
    fn bad_character(&mut self) -> Kind {
        let character = match decode(self.rest()) {
            (_, 0) => None,
            (character, _) => Some(character.unwrap_or(char::REPLACEMENT_CHARACTER)),
        };
        self.fail(format!("bad character {}", unicode(character)))
    }
}

pub(super) fn is_name(character: char) -> bool {
    character == '_' || is_letter(character) || is_digit(character)
}
