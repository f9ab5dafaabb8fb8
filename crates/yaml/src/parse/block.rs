use super::{Context, Parser, State, error, event};
use crate::Error;
use crate::event::{Event, EventKind};
use crate::token::{Token, TokenKind};

impl<'a> Parser<'a> {
    pub(super) fn block_sequence_entry(&mut self, first: bool) -> Result<Event<'a>, Error> {
        if first {
            self.open_collection()?;
        }
        let &mut Token { ref kind, start, end } = self.peek()?;
        match kind {
            TokenKind::BlockEntry => {
                self.skip_dash()?;
                if matches!(self.peek()?.kind, TokenKind::BlockEntry | TokenKind::BlockEnd) {
                    self.state = State::BlockSequenceEntry;
                    return Ok(Self::empty_scalar(end));
                }
                self.states.push(State::BlockSequenceEntry);
                self.node(Context::Block)
            }
            TokenKind::BlockEnd => {
                self.marks.pop();
                self.close(EventKind::SequenceEnd)
            }
            _ => Err(error("did not find expected '-' indicator", start, self.collection_start())),
        }
    }

    pub(super) fn indentless_sequence_entry(&mut self) -> Result<Event<'a>, Error> {
        let &mut Token { ref kind, start, end } = self.peek()?;
        if !matches!(kind, TokenKind::BlockEntry) {
            self.pop_state();
            return Ok(event(EventKind::SequenceEnd, start, start));
        }
        self.skip_dash()?;
        if is_entry_end(&self.peek()?.kind) || matches!(self.peek()?.kind, TokenKind::BlockEntry) {
            self.state = State::IndentlessSequenceEntry;
            return Ok(Self::empty_scalar(end));
        }
        self.states.push(State::IndentlessSequenceEntry);
        self.node(Context::Block)
    }

    pub(super) fn block_mapping_key(&mut self, first: bool) -> Result<Event<'a>, Error> {
        if first {
            self.open_collection()?;
        }
        let &mut Token { ref kind, start, end } = self.peek()?;
        match kind {
            TokenKind::Key => {
                self.scanner.skip_token();
                if is_entry_end(&self.peek()?.kind) {
                    self.state = State::BlockMappingValue;
                    return Ok(Self::empty_scalar(end));
                }
                self.states.push(State::BlockMappingValue);
                self.node(Context::BlockOrIndentless)
            }
            TokenKind::BlockEnd => {
                self.marks.pop();
                self.give_comments();
                self.close(EventKind::MappingEnd)
            }
            _ => Err(error("did not find expected key", start, self.collection_start())),
        }
    }

    pub(super) fn block_mapping_value(&mut self) -> Result<Event<'a>, Error> {
        let &mut Token { ref kind, start, end } = self.peek()?;
        let has_value = matches!(kind, TokenKind::Value);
        self.state = State::BlockMappingKey;
        if !has_value {
            return Ok(Self::empty_scalar(start));
        }
        self.scanner.skip_token();
        if is_entry_end(&self.peek()?.kind) {
            return Ok(Self::empty_scalar(end));
        }
        self.states.push(State::BlockMappingKey);
        self.node(Context::BlockOrIndentless)
    }
}

/// Whether a key or value of a block mapping ends before this token.
const fn is_entry_end(kind: &TokenKind<'_>) -> bool {
    matches!(kind, TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd)
}
