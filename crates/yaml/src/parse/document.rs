use std::mem;

use super::{Context, Parser, State, TagDirective, error, event};
use crate::Error;
use crate::event::{Event, EventKind};
use crate::token::{Mark, Token, TokenKind};

impl<'a> Parser<'a> {
    pub(super) fn stream_start(&mut self) -> Result<Event<'a>, Error> {
        let Token { start, end, .. } = *self.peek()?;
        self.state = State::ImplicitDocumentStart;
        self.scanner.skip_token();
        Ok(event(EventKind::StreamStart, start, end))
    }

    /// The first document may start without `---`, the others not.
    pub(super) fn document_start(&mut self, implicit: bool) -> Result<Event<'a>, Error> {
        while !implicit && matches!(self.peek()?.kind, TokenKind::DocumentEnd) {
            self.scanner.skip_token();
        }
        let &mut Token { ref kind, start, end } = self.peek()?;
        match kind {
            TokenKind::StreamEnd => {
                self.state = State::End;
                self.scanner.skip_token();
                return Ok(event(EventKind::StreamEnd, start, end));
            }
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart => {}
            _ if implicit => {
                self.directives()?;
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                self.give_document_head();
                return Ok(event(EventKind::DocumentStart, start, end));
            }
            _ => {}
        }
        self.directives()?;
        let token = self.peek()?;
        if !matches!(token.kind, TokenKind::DocumentStart) {
            return Err(error(
                "did not find expected <document start>",
                token.start,
                Mark::default(),
            ));
        }
        let end = token.end;
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        self.scanner.skip_token();
        Ok(event(EventKind::DocumentStart, start, end))
    }

    fn directives(&mut self) -> Result<(), Error> {
        let mut has_version = false;
        loop {
            let token = self.peek()?;
            let start = token.start;
            let wrong = |problem| Err(error(problem, start, Mark::default()));
            match &mut token.kind {
                TokenKind::VersionDirective { .. } if has_version => {
                    return wrong("found duplicate %YAML directive");
                }
                TokenKind::VersionDirective { major: 1, minor: 1 } => has_version = true,
                TokenKind::VersionDirective { .. } => {
                    return wrong("found incompatible YAML document");
                }
                TokenKind::TagDirective { handle, prefix } => {
                    let handle = (*handle).to_owned();
                    let prefix = mem::take(prefix);
                    if self.tag_directives.iter().any(|known| known.handle == handle) {
                        return wrong("found duplicate %TAG directive");
                    }
                    self.tag_directives.push(TagDirective { handle, prefix });
                }
                _ => break,
            }
            self.scanner.skip_token();
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.tag_directives.iter().any(|known| known.handle == handle) {
                let (handle, prefix) = (handle.to_owned(), prefix.into());
                self.tag_directives.push(TagDirective { handle, prefix });
            }
        }
        Ok(())
    }

    pub(super) fn document_content(&mut self) -> Result<Event<'a>, Error> {
        let &mut Token { ref kind, start, .. } = self.peek()?;
        match kind {
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop_state();
                Ok(Self::empty_scalar(start))
            }
            _ => self.node(Context::Block),
        }
    }

    pub(super) fn document_end(&mut self) -> Result<Event<'a>, Error> {
        let &mut Token { ref kind, start, end: token_end } = self.peek()?;
        let mut end = start;
        if matches!(kind, TokenKind::DocumentEnd) {
            end = token_end;
            self.scanner.skip_token();
        }
        self.tag_directives.clear();
        self.state = State::DocumentStart;
        self.give_document_foot();
        Ok(event(EventKind::DocumentEnd, start, end))
    }
}
