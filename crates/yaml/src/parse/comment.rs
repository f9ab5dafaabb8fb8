use std::mem;

use super::Parser;
use crate::Error;
use crate::scan::CommentPlace;
use crate::token::TokenKind;

/// The comments at a node; each may have several lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NodeComments {
    pub(crate) head: String,
    pub(crate) line: String,
    pub(crate) foot: String,
}

/// Comments on their way from tokens to events.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    /// Those that the next event with comments gets.
    next: NodeComments,
    /// What stands above a collection in a list, and belongs to all of it.
    stem: String,
    /// Those of the last event.
    event: NodeComments,
}

impl Parser<'_> {
    /// Keeps comments from now on, for [`take_comments`](Self::take_comments).
    pub(crate) fn keep_comments(&mut self) {
        self.scanner.keep_comments();
        self.comments = Some(Box::default());
    }

    /// The comments of the last event.
    pub(crate) fn take_comments(&mut self) -> NodeComments {
        self.comments.as_mut().map(|pending| mem::take(&mut pending.event)).unwrap_or_default()
    }

    /// Takes the comments that stand before the end of the next token's first line.
    #[cold]
    pub(super) fn collect_comments(&mut self) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        let (start, is_end) = (token.start.offset, matches!(token.kind, TokenKind::BlockEnd));
        let (Some(pending), Some(queue)) = (&mut self.comments, &mut self.scanner.comments) else {
            return Ok(());
        };
        // What stands above belongs to no end of a block, but to what follows.
        while let Some(comment) = queue.front()
            && start >= comment.token
            && !(is_end && comment.place == CommentPlace::Head)
        {
            let all = match comment.place {
                CommentPlace::Head => &mut pending.next.head,
                CommentPlace::Line => &mut pending.next.line,
                CommentPlace::Foot => &mut pending.next.foot,
            };
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(&comment.text);
            queue.pop_front();
        }
        Ok(())
    }

    /// Gives the event that is made now all comments that are there.
    #[inline]
    pub(super) fn give_comments(&mut self) {
        if let Some(pending) = &mut self.comments {
            pending.event = mem::take(&mut pending.next);
            pending.stem.clear();
        }
    }

    /// Gives the collection that starts now the comment above it in its list.
    #[inline]
    pub(super) fn give_stem(&mut self) {
        if let Some(pending) = &mut self.comments
            && !pending.stem.is_empty()
        {
            pending.event.head = mem::take(&mut pending.stem);
        }
    }

    /// Goes over a dash. If a collection follows, what stands above the dash belongs to all of it.
    #[inline]
    pub(super) fn skip_dash(&mut self) -> Result<(), Error> {
        let above = self.comments.as_ref().map_or(0, |pending| pending.next.head.len());
        self.scanner.skip_token();
        if above > 0 {
            let kind = &self.peek()?.kind;
            let opens =
                matches!(kind, TokenKind::BlockSequenceStart | TokenKind::BlockMappingStart);
            if let Some(pending) = &mut self.comments
                && opens
            {
                let below = pending.next.head.split_off(above);
                pending.stem = mem::take(&mut pending.next.head);
                below.get(1..).unwrap_or_default().clone_into(&mut pending.next.head);
            }
        }
        Ok(())
    }

    /// Gives the start of a document what stands above the last empty line before its content.
    pub(super) fn give_document_head(&mut self) {
        let Some(pending) = &mut self.comments else { return };
        let head = &mut pending.next.head;
        // The empty line is a line break at the end, or two anywhere.
        let Some(at) = (1..head.len()).rev().find(|&at| {
            let bytes = head.as_bytes();
            bytes[at] == b'\n' && (at == head.len() - 1 || bytes[at - 1] == b'\n')
        }) else {
            return;
        };
        let rest = head.split_off(at + 1);
        head.truncate(if rest.is_empty() { at } else { at - 1 });
        pending.event.head = mem::replace(head, rest);
    }

    /// Gives the end of a document all that is left; what would stand above something stands below.
    pub(super) fn give_document_foot(&mut self) {
        self.give_comments();
        if let Some(pending) = &mut self.comments {
            let NodeComments { head, foot, .. } = &mut pending.event;
            if foot.is_empty() {
                *foot = mem::take(head);
            }
        }
    }

    /// Names the line where the thing starts that an error is in, as editors of YAML do, and not the
    /// line of the error.
    pub(crate) fn name_start(&self, error: Error) -> Error {
        let Error::Syntax { problem, line, offset } = error else { return error };
        let line = match problem {
            "did not find expected key"
            | "did not find expected '-' indicator"
            | "did not find expected ',' or ']'"
            | "did not find expected ',' or '}'" => match self.collection_start().line {
                0 => line,
                start => start,
            },
            _ if line == 0 || is_of_parser(problem) => line,
            _ => match self.scanner.start_of_problem(problem) {
                0 => line,
                start => start + 1,
            },
        };
        Error::Syntax { problem, line, offset }
    }

    /// Whether the collection that has just started is written in brackets.
    pub(crate) fn is_in_brackets(&self) -> bool {
        use super::State::{FlowMappingFirstKey, FlowSequenceFirstEntry, FlowSequencePairKey};
        matches!(self.state, FlowMappingFirstKey | FlowSequenceFirstEntry | FlowSequencePairKey)
    }
}

/// Whether the tokens are right, but not in this order.
fn is_of_parser(problem: &str) -> bool {
    matches!(
        problem,
        "did not find expected node content"
            | "found undefined tag handle"
            | "did not find expected <document start>"
            | "found duplicate %YAML directive"
            | "found incompatible YAML document"
            | "found duplicate %TAG directive"
    )
}
