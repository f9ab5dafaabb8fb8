use std::borrow::Cow;
use std::mem;

mod block;
mod comment;
mod document;
mod flow;
mod simple;

pub(crate) use comment::NodeComments;
use comment::Pending;

use crate::Error;
use crate::event::{Event, EventKind, Properties};
use crate::scan::Scanner;
use crate::source::Source;
use crate::token::{Mark, Style, Token, TokenKind};

/// What the parser expects next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    StreamStart,
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirstEntry,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirstKey,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirstEntry,
    FlowSequenceEntry,
    FlowSequencePairKey,
    FlowSequencePairValue,
    FlowSequencePairEnd,
    FlowMappingFirstKey,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// Which nodes may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    Flow,
    Block,
    /// A key or value of a block mapping, where a sequence need not be indented.
    BlockOrIndentless,
}

/// A `%TAG` directive.
struct TagDirective {
    handle: String,
    prefix: Vec<u8>,
}

/// Makes events of tokens.
pub(crate) struct Parser<'a> {
    scanner: Scanner<'a>,
    state: State,
    states: Vec<State>,
    /// Where the open collections start.
    marks: Vec<Mark>,
    tag_directives: Vec<TagDirective>,
    /// To compare lines that are read without tokens with their tokens.
    #[cfg(test)]
    pub(crate) only_tokens: bool,
    /// Only if somebody asked for them.
    comments: Option<Box<Pending>>,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(source: &'a Source<'_>) -> Self {
        Self {
            scanner: Scanner::new(source),
            state: State::StreamStart,
            states: Vec::with_capacity(16),
            marks: Vec::with_capacity(16),
            tag_directives: Vec::new(),
            #[cfg(test)]
            only_tokens: false,
            comments: None,
        }
    }

    /// Takes back an event that is not needed any more, for the memory that it holds.
    pub(crate) fn take_back(&mut self, event: Event<'_>) {
        if let EventKind::Scalar { text: Cow::Owned(text), .. } = event.kind {
            self.scanner.take_back(text);
        }
    }

    /// The next event; after the last one, the end of the stream again.
    pub(crate) fn next_event(&mut self) -> Result<Event<'a>, Error> {
        match self.state {
            State::StreamStart => self.stream_start(),
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(Context::Block),
            State::BlockSequenceFirstEntry => self.block_sequence_entry(true),
            State::BlockSequenceEntry => self.block_sequence_entry(false),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingFirstKey => self.block_mapping_key(true),
            State::BlockMappingKey => self.block_mapping_key(false),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirstEntry => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowSequencePairKey => self.flow_pair_key(),
            State::FlowSequencePairValue => self.flow_pair_value(),
            State::FlowSequencePairEnd => self.flow_pair_end(),
            State::FlowMappingFirstKey => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.flow_mapping_value(true),
            State::End => Ok(event(EventKind::StreamEnd, Mark::default(), Mark::default())),
        }
    }

    fn peek(&mut self) -> Result<&mut Token<'a>, Error> {
        if self.comments.is_some() {
            self.collect_comments()?;
        }
        self.scanner.peek()
    }

    /// Goes back to the state that the node was expected in.
    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// An event of the next token alone, after which the enclosing state goes on.
    fn close(&mut self, kind: EventKind<'a>) -> Result<Event<'a>, Error> {
        let Token { start, end, .. } = *self.peek()?;
        self.pop_state();
        self.scanner.skip_token();
        Ok(event(kind, start, end))
    }

    /// Takes the token that starts a collection.
    fn open_collection(&mut self) -> Result<(), Error> {
        let start = self.peek()?.start;
        self.marks.push(start);
        self.scanner.skip_token();
        Ok(())
    }

    fn collection_start(&self) -> Mark {
        self.marks.last().copied().unwrap_or_default()
    }

    /// A value that is not there.
    fn empty_scalar(mark: Mark) -> Event<'a> {
        let properties = Properties::default();
        event(
            EventKind::Scalar { properties, text: Cow::Borrowed(""), style: Style::Plain },
            mark,
            mark,
        )
    }

    fn node(&mut self, context: Context) -> Result<Event<'a>, Error> {
        let token = self.peek()?;
        let (mut start, mut end) = (token.start, token.start);
        if let TokenKind::Alias(name) = token.kind {
            self.give_comments();
            return self.close(EventKind::Alias(name));
        }
        let mut properties = Properties::default();
        if matches!(token.kind, TokenKind::Anchor(_) | TokenKind::Tag { .. }) {
            (start, end) = self.properties(&mut properties)?;
        }
        self.content(context, properties, start, end)
    }

    /// Reads an anchor and a tag, in either order.
    fn properties(&mut self, properties: &mut Properties<'a>) -> Result<(Mark, Mark), Error> {
        let start = self.peek()?.start;
        let mut end = start;
        let (mut has_anchor, mut tag) = (false, None);
        loop {
            let token = self.peek()?;
            match &mut token.kind {
                TokenKind::Anchor(name) if !has_anchor => {
                    properties.anchor = Some(name);
                    has_anchor = true;
                }
                TokenKind::Tag { handle, suffix } if tag.is_none() => {
                    tag = Some((*handle, mem::take(suffix), token.start));
                }
                _ => break,
            }
            end = token.end;
            self.scanner.skip_token();
        }
        if let Some((handle, suffix, mark)) = tag {
            properties.tag = self.whole_tag(handle, suffix, start, mark)?;
        }
        Ok((start, end))
    }

    fn whole_tag(
        &self,
        handle: &str,
        suffix: Vec<u8>,
        start: Mark,
        mark: Mark,
    ) -> Result<Option<Box<[u8]>>, Error> {
        let mut whole = Vec::new();
        if handle.is_empty() {
            whole = suffix;
        } else {
            let directive = self.tag_directives.iter().find(|directive| directive.handle == handle);
            if let Some(directive) = directive {
                whole.extend_from_slice(&directive.prefix);
                whole.extend(suffix);
            }
            if whole.is_empty() {
                return Err(error("found undefined tag handle", mark, start));
            }
        }
        Ok(if whole.is_empty() { None } else { Some(whole.into()) })
    }

    /// The node itself, after what stands before it.
    fn content(
        &mut self,
        context: Context,
        properties: Properties<'a>,
        start: Mark,
        end: Mark,
    ) -> Result<Event<'a>, Error> {
        let token = self.peek()?;
        let (token_start, token_end) = (token.start, token.end);
        let is_block = context != Context::Flow;
        let (state, kind) = match &mut token.kind {
            TokenKind::BlockEntry if context == Context::BlockOrIndentless => {
                (State::IndentlessSequenceEntry, EventKind::SequenceStart(properties))
            }
            TokenKind::Scalar { text, style } => {
                let (text, style) = (mem::take(text), *style);
                self.pop_state();
                self.give_comments();
                self.scanner.skip_token();
                let kind = EventKind::Scalar { properties, text, style };
                return Ok(event(kind, start, token_end));
            }
            TokenKind::FlowSequenceStart => {
                (State::FlowSequenceFirstEntry, EventKind::SequenceStart(properties))
            }
            TokenKind::FlowMappingStart => {
                (State::FlowMappingFirstKey, EventKind::MappingStart(properties))
            }
            TokenKind::BlockSequenceStart if is_block => {
                (State::BlockSequenceFirstEntry, EventKind::SequenceStart(properties))
            }
            TokenKind::BlockMappingStart if is_block => {
                (State::BlockMappingFirstKey, EventKind::MappingStart(properties))
            }
            _ if properties.anchor.is_some() || properties.tag.is_some() => {
                self.pop_state();
                let text = Cow::Borrowed("");
                let kind = EventKind::Scalar { properties, text, style: Style::Plain };
                return Ok(event(kind, start, end));
            }
            _ => return Err(error("did not find expected node content", token_start, start)),
        };
        self.state = state;
        match state {
            State::FlowSequenceFirstEntry | State::FlowMappingFirstKey => self.give_comments(),
            State::BlockSequenceFirstEntry | State::BlockMappingFirstKey => self.give_stem(),
            _ => {}
        }
        Ok(event(kind, start, token_end))
    }
}

const fn event(kind: EventKind<'_>, start: Mark, end: Mark) -> Event<'_> {
    Event { kind, start, end }
}

/// An error at a place, in something that started at `context`. The line is counted from 0, so that
/// it names the line before; the first line is not named.
const fn error(problem: &'static str, mark: Mark, context: Mark) -> Error {
    let line = if mark.line == 0 { context.line } else { mark.line };
    Error::Syntax { problem, line, offset: mark.offset }
}
