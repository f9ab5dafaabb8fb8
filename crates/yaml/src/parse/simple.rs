use super::{Parser, State};
use crate::scan::{Collection, SimpleLine, SimpleValue};

impl Parser<'_> {
    /// What the next line of a block collection means, if that can be told without tokens. Stands
    /// for the events that it would give.
    pub(crate) fn simple_line(&mut self) -> Option<SimpleLine> {
        #[cfg(test)]
        if self.only_tokens {
            return None;
        }
        let line = match self.state {
            State::BlockMappingKey => self.scanner.simple_entry(),
            State::BlockSequenceEntry => self.scanner.simple_item(false),
            State::IndentlessSequenceEntry => self.scanner.simple_item(true),
            _ => None,
        }?;
        match line {
            SimpleLine::Entry(_, value) | SimpleLine::Item(value) => self.go_into(value),
            SimpleLine::End(_) => {
                if self.state != State::IndentlessSequenceEntry {
                    self.marks.pop();
                }
                self.pop_state();
            }
        }
        Some(line)
    }

    fn go_into(&mut self, value: SimpleValue) {
        let inner = match value {
            SimpleValue::Scalar(_) | SimpleValue::Empty(..) => return,
            SimpleValue::Other => {
                self.state = State::BlockMappingValue;
                return;
            }
            SimpleValue::OpenIndentless(_) => State::IndentlessSequenceEntry,
            SimpleValue::Open(collection, start) => {
                self.marks.push(start);
                match collection {
                    Collection::Sequence => State::BlockSequenceEntry,
                    Collection::Mapping => State::BlockMappingKey,
                }
            }
        };
        self.states.push(self.state);
        self.state = inner;
    }
}
