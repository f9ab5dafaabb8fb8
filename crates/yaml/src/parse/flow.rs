use super::{Context, Parser, State, error, event};
use crate::Error;
use crate::event::{Event, EventKind, Properties};
use crate::token::{Token, TokenKind};

impl<'a> Parser<'a> {
    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<Event<'a>, Error> {
        if first {
            self.open_collection()?;
        }
        if !first && !matches!(self.peek()?.kind, TokenKind::FlowSequenceEnd) {
            self.flow_comma("did not find expected ',' or ']'")?;
        }
        let &mut Token { ref kind, start, end } = self.peek()?;
        match kind {
            TokenKind::FlowSequenceEnd => {
                self.marks.pop();
                self.give_comments();
                self.close(EventKind::SequenceEnd)
            }
            TokenKind::Key => {
                self.state = State::FlowSequencePairKey;
                self.scanner.skip_token();
                Ok(event(EventKind::MappingStart(Properties::default()), start, end))
            }
            _ => {
                self.states.push(State::FlowSequenceEntry);
                self.node(Context::Flow)
            }
        }
    }

    /// Skips the comma that must be here.
    fn flow_comma(&mut self, problem: &'static str) -> Result<(), Error> {
        let &mut Token { ref kind, start, .. } = self.peek()?;
        if !matches!(kind, TokenKind::FlowEntry) {
            return Err(error(problem, start, self.collection_start()));
        }
        self.scanner.skip_token();
        Ok(())
    }

    /// The key of a mapping of one pair, such as `[a: b]`.
    pub(super) fn flow_pair_key(&mut self) -> Result<Event<'a>, Error> {
        let &mut Token { ref kind, end, .. } = self.peek()?;
        if is_sequence_part_end(kind) || matches!(kind, TokenKind::Value) {
            // What ends the key is skipped, even if it is more than the `:`.
            self.scanner.skip_token();
            self.state = State::FlowSequencePairValue;
            return Ok(Self::empty_scalar(end));
        }
        self.states.push(State::FlowSequencePairValue);
        self.node(Context::Flow)
    }

    pub(super) fn flow_pair_value(&mut self) -> Result<Event<'a>, Error> {
        let &mut Token { ref kind, start, .. } = self.peek()?;
        if matches!(kind, TokenKind::Value) {
            self.scanner.skip_token();
            if !is_sequence_part_end(&self.peek()?.kind) {
                self.states.push(State::FlowSequencePairEnd);
                return self.node(Context::Flow);
            }
        }
        self.state = State::FlowSequencePairEnd;
        Ok(Self::empty_scalar(start))
    }

    pub(super) fn flow_pair_end(&mut self) -> Result<Event<'a>, Error> {
        let start = self.peek()?.start;
        self.state = State::FlowSequenceEntry;
        Ok(event(EventKind::MappingEnd, start, start))
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<Event<'a>, Error> {
        if first {
            self.open_collection()?;
        }
        if !first && !matches!(self.peek()?.kind, TokenKind::FlowMappingEnd) {
            self.flow_comma("did not find expected ',' or '}'")?;
        }
        match self.peek()?.kind {
            TokenKind::FlowMappingEnd => {
                self.marks.pop();
                self.give_comments();
                self.close(EventKind::MappingEnd)
            }
            TokenKind::Key => {
                self.scanner.skip_token();
                let &mut Token { ref kind, start, .. } = self.peek()?;
                if is_mapping_part_end(kind) || matches!(kind, TokenKind::Value) {
                    self.state = State::FlowMappingValue;
                    return Ok(Self::empty_scalar(start));
                }
                self.states.push(State::FlowMappingValue);
                self.node(Context::Flow)
            }
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                self.node(Context::Flow)
            }
        }
    }

    /// `empty` after a key without `:`.
    pub(super) fn flow_mapping_value(&mut self, empty: bool) -> Result<Event<'a>, Error> {
        if !empty && matches!(self.peek()?.kind, TokenKind::Value) {
            self.scanner.skip_token();
            if !is_mapping_part_end(&self.peek()?.kind) {
                self.states.push(State::FlowMappingKey);
                return self.node(Context::Flow);
            }
        }
        let start = self.peek()?.start;
        self.state = State::FlowMappingKey;
        Ok(Self::empty_scalar(start))
    }
}

const fn is_sequence_part_end(kind: &TokenKind<'_>) -> bool {
    matches!(kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd)
}

const fn is_mapping_part_end(kind: &TokenKind<'_>) -> bool {
    matches!(kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd)
}
