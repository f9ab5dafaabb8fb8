use super::key::SimpleKey;
use super::{MAX_LEVELS, Scanner};
use crate::Error;
use crate::token::TokenKind;

impl<'a> Scanner<'a> {
    pub(super) fn fetch_flow_start(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.save_key()?;
        let number = self.parsed + self.tokens.len();
        let mark = self.mark();
        self.simple_keys.push(SimpleKey { number, mark, ..SimpleKey::default() });
        self.flow_level += 1;
        if self.flow_level > MAX_LEVELS {
            return Err(self.error("exceeded max depth of 10000"));
        }
        self.simple_key_allowed = true;
        self.push_indicator(kind);
        Ok(())
    }

    pub(super) fn fetch_flow_end(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.remove_key()?;
        if self.flow_level > 0 {
            self.flow_level -= 1;
            if let Some(key) = self.simple_keys.pop() {
                self.key_index.remove(key.number);
            }
        }
        self.simple_key_allowed = false;
        self.push_indicator(kind);
        Ok(())
    }

    pub(super) fn fetch_flow_entry(&mut self) -> Result<(), Error> {
        self.remove_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(TokenKind::FlowEntry);
        Ok(())
    }

    pub(super) fn fetch_block_entry(&mut self) -> Result<(), Error> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.error("block sequence entries are not allowed in this context"));
            }
            let (column, mark) = (self.column(), self.mark());
            self.roll_indent(column, None, TokenKind::BlockSequenceStart, mark)?;
        }
        self.remove_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(TokenKind::BlockEntry);
        Ok(())
    }

    pub(super) fn fetch_key(&mut self) -> Result<(), Error> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.error("mapping keys are not allowed in this context"));
            }
            let (column, mark) = (self.column(), self.mark());
            self.roll_indent(column, None, TokenKind::BlockMappingStart, mark)?;
        }
        self.remove_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.push_indicator(TokenKind::Key);
        Ok(())
    }

    /// Pushes the token of one character that is here.
    pub(super) fn push_indicator(&mut self, kind: TokenKind<'a>) {
        let start = self.mark();
        self.position += 1;
        self.push(kind, start);
    }
}
