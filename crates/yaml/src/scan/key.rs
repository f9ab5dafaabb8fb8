use std::collections::VecDeque;

use super::{Scanner, class};
use crate::Error;
use crate::token::{Mark, Token, TokenKind};

/// The most characters between the start of a key and its `:`.
const MAX_KEY: usize = 1024;

/// What may turn out to be a key, when a `:` follows on the same line.
#[derive(Debug, Default)]
pub(super) struct SimpleKey {
    pub(super) possible: bool,
    /// A key must stand here, so that anything else is an error.
    pub(super) required: bool,
    /// Which of all tokens it is.
    pub(super) number: usize,
    pub(super) mark: Mark,
}

/// Which tokens may be keys: their numbers, rising, with their places among the simple keys.
///
/// Entries may outlive their keys, as they do in the scanner that this one equals: they decide how
/// far it reads ahead, and with it which of two errors comes first.
#[derive(Debug, Default)]
pub(super) struct KeyIndex(VecDeque<(usize, usize)>);

impl KeyIndex {
    /// The place of the key of the first token that is not handed out yet.
    #[inline]
    pub(super) fn get(&mut self, number: usize) -> Option<usize> {
        while self.0.front().is_some_and(|&(first, _)| first < number) {
            self.0.pop_front();
        }
        self.0.front().filter(|&&(first, _)| first == number).map(|&(_, slot)| slot)
    }

    #[inline]
    fn set(&mut self, number: usize, slot: usize) {
        match self.0.back_mut() {
            Some(last) if last.0 == number => last.1 = slot,
            _ => self.0.push_back((number, slot)),
        }
    }

    #[inline]
    pub(super) fn remove(&mut self, number: usize) {
        if self.0.back().is_some_and(|&(last, _)| last == number) {
            self.0.pop_back();
        } else if let Ok(at) = self.0.binary_search_by_key(&number, |&(number, _)| number) {
            self.0.remove(at);
        }
    }
}

impl Scanner<'_> {
    /// Whether a `:` here would make a key of it.
    pub(super) fn is_key_valid(&mut self, slot: usize) -> Result<bool, Error> {
        let Some(key) = self.simple_keys.get(slot) else { return Ok(false) };
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < self.line || self.is_too_far(key.mark) {
            if key.required {
                return Err(self.error("could not find expected ':'"));
            }
            self.simple_keys[slot].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    fn is_too_far(&self, mark: Mark) -> bool {
        let between = &self.bytes[mark.offset as usize..self.position];
        between.len() > MAX_KEY && (self.is_ascii || class::count_characters(between) > MAX_KEY)
    }

    pub(super) fn save_key(&mut self) -> Result<(), Error> {
        if !self.simple_key_allowed {
            return Ok(());
        }
        let required = self.flow_level == 0 && self.indent == self.column();
        let number = self.parsed + self.tokens.len();
        self.remove_key()?;
        let mark = self.mark();
        let slot = self.simple_keys.len().saturating_sub(1);
        if let Some(key) = self.simple_keys.last_mut() {
            *key = SimpleKey { possible: true, required, number, mark };
            self.key_index.set(number, slot);
        }
        Ok(())
    }

    pub(super) fn remove_key(&mut self) -> Result<(), Error> {
        let Some(key) = self.simple_keys.last_mut() else { return Ok(()) };
        if !key.possible {
            return Ok(());
        }
        if key.required {
            return Err(self.error("could not find expected ':'"));
        }
        key.possible = false;
        let number = key.number;
        self.key_index.remove(number);
        Ok(())
    }

    pub(super) fn fetch_value(&mut self) -> Result<(), Error> {
        let slot = self.simple_keys.len().saturating_sub(1);
        if self.is_key_valid(slot)? {
            let SimpleKey { number, mark, .. } = self.simple_keys[slot];
            self.insert(Some(number), Token { kind: TokenKind::Key, start: mark, end: mark });
            if self.flow_level == 0 {
                let column = self.column_of(mark);
                self.roll_indent(column, Some(number), TokenKind::BlockMappingStart, mark)?;
            }
            self.simple_keys[slot].possible = false;
            self.key_index.remove(number);
            self.simple_key_allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.simple_key_allowed {
                    return Err(self.error("mapping values are not allowed in this context"));
                }
                let (column, mark) = (self.column(), self.mark());
                self.roll_indent(column, None, TokenKind::BlockMappingStart, mark)?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.push_indicator(TokenKind::Value);
        Ok(())
    }

    /// The column of a mark on this line.
    fn column_of(&self, mark: Mark) -> isize {
        let before = &self.bytes[self.line_start..mark.offset as usize];
        class::count_characters(before).cast_signed()
    }
}
