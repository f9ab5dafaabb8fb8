use std::collections::VecDeque;

use super::{Scanner, class};
use crate::Error;
use crate::token::{Mark, TokenKind};

/// How far a comment may be from what it follows.
const MAX_GAP: usize = 512;

/// A comment, and the token that it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Comment {
    /// Where the search for it began.
    scan: u32,
    /// Where the token starts that it belongs to.
    pub(crate) token: u32,
    start: Place,
    /// Where it ends; 0 if it stands behind something on its line.
    end: u32,
    pub(crate) place: CommentPlace,
    pub(crate) text: String,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CommentPlace {
    /// Above its token.
    #[default]
    Head,
    /// Behind it, on the same line.
    Line,
    /// Below it.
    Foot,
}

/// A place with its column, which counts from 1 for comments on lines of their own.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    offset: u32,
    line: u32,
    column: isize,
}

/// Comments that nobody has taken yet.
pub(crate) type Comments = VecDeque<Comment>;

/// A comment that is being read, of one or more lines.
struct Run {
    scan: u32,
    token: u32,
    start: Place,
    text: String,
}

impl Run {
    /// Ends the part that belongs to what stands above, or to nothing if it is further left.
    fn end_part(&mut self, end: u32, is_left: bool) -> Comment {
        if is_left {
            self.token = self.start.offset;
        }
        self.end_foot(end)
    }

    /// Ends the part that belongs to what stands above, at `end`.
    fn end_foot(&mut self, end: u32) -> Comment {
        let Self { scan, token, start, ref mut text } = *self;
        let text = std::mem::take(text);
        (self.scan, self.token) = (end, end);
        Comment { scan, token, start, end, place: CommentPlace::Foot, text }
    }
}

impl Scanner<'_> {
    /// Keeps comments from now on.
    pub(crate) fn keep_comments(&mut self) {
        self.comments = Some(Box::default());
    }

    /// The line, from 0, on which the token starts that is wrong, or the key that lacks its `:`.
    pub(crate) fn start_of_problem(&self, problem: &str) -> u32 {
        match self.simple_keys.last() {
            Some(key) if problem == "could not find expected ':'" => key.mark.line,
            _ => self.token_start.line,
        }
    }

    /// Line breaks since the last character that is more than a blank.
    fn line_breaks_before(&self) -> u32 {
        let before = &self.bytes[..self.position];
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let breaks = before.iter().rev().take_while(blank).filter(|byte| **byte == b'\n').count();
        u32::try_from(breaks).unwrap_or(u32::MAX)
    }

    /// The token that a comment behind what starts here belongs to.
    pub(super) fn commented_token(&self, byte: u8) -> u32 {
        let is_of_prior = if self.flow_level == 0 { byte == b':' } else { byte == b',' };
        match self.tokens.back() {
            Some(prior) if is_of_prior => prior.start.offset,
            _ => self.mark().offset,
        }
    }

    /// Reads the comment behind the last token, on its line.
    pub(super) fn scan_comment_behind_token(&mut self, token: u32) -> Result<(), Error> {
        // A dash alone has none; it is above what follows.
        match self.tokens.back() {
            Some(token) if matches!(token.kind, TokenKind::BlockEntry) => Ok(()),
            _ => self.scan_line_comment(token),
        }
    }

    pub(super) fn scan_line_comment(&mut self, token: u32) -> Result<(), Error> {
        if self.line_breaks_before() > 0 {
            return Ok(());
        }
        let blanks = (0..MAX_GAP).take_while(|&ahead| matches!(self.byte(ahead), b' ' | b'\t'));
        let blanks = blanks.count();
        if blanks == MAX_GAP || self.byte(blanks) != b'#' {
            return Ok(());
        }
        self.position += blanks;
        let Mark { offset, line } = self.mark();
        let start = Place { offset, line, column: self.column() };
        let text = self.read_comment()?;
        let place = CommentPlace::Line;
        self.push_comment(Comment { scan: 0, token, start, end: 0, place, text });
        Ok(())
    }

    /// Goes to the end of the line and gives what is on it.
    fn read_comment(&mut self) -> Result<String, Error> {
        let from = self.position;
        let end = self.line_end();
        self.advance_to(end, 1)?;
        Ok(self.text[from..end].to_owned())
    }

    fn push_comment(&mut self, comment: Comment) {
        if let Some(comments) = &mut self.comments {
            comments.push_back(comment);
        }
    }

    /// Makes a comment behind the first dash of a list one above what follows, as in
    /// `- # comment`, if there is more on this line.
    pub(super) fn lift_comment_behind_dash(&mut self) {
        if self.break_width(0) > 0 {
            return;
        }
        let mark = self.mark();
        let mut last = self.tokens.iter().rev();
        let is_first_dash = last.next().is_some_and(|b| matches!(b.kind, TokenKind::BlockEntry))
            && last.next().is_some_and(|a| matches!(a.kind, TokenKind::BlockSequenceStart));
        let comment = self.comments.as_mut().and_then(|comments| comments.back_mut());
        if let Some(comment) = comment
            && is_first_dash
            && comment.place == CommentPlace::Line
        {
            comment.place = CommentPlace::Head;
            if comment.start.line + 1 == mark.line {
                comment.token = mark.offset;
            }
        }
    }

    /// Reads the comments from here to the next token. What belongs to what is told by indentation
    /// and empty lines.
    pub(super) fn scan_comments(&mut self, scan: Mark) -> Result<(), Error> {
        let mut last = self.tokens.iter().rev();
        let token = match (last.next(), last.next()) {
            (Some(comma), Some(before)) if matches!(comma.kind, TokenKind::FlowEntry) => before,
            (Some(token), _) => token,
            _ => return self.skip_comment(),
        };
        let is_value = matches!(token.kind, TokenKind::Value);
        let start = Place::default();
        let mut run =
            Run { scan: scan.offset, token: token.start.offset, start, text: String::new() };
        let breaks = self.line_breaks_before();
        let foot_line = self.foot_line(scan, breaks);
        let (mut is_first_gap, mut is_in_gap) = (breaks <= 1, false);
        let (mut line, mut column) = (self.line, self.column());
        let mut ahead = 0;
        while ahead < MAX_GAP {
            column += 1;
            let byte = self.byte(ahead);
            if matches!(byte, b' ' | b'\t') {
                ahead += 1;
                continue;
            }
            let here = self.offset_of(ahead);
            let closes = self.flow_level > 0 && matches!(byte, b']' | b'}');
            let is_break = self.break_width(ahead) > 0;
            let is_end = self.position + ahead >= self.bytes.len();
            let indent = self.indent.max(0);
            let is_left = run.start.column - 1 < indent;
            if closes || is_break || is_end {
                let is_below = Some(run.start.line) == foot_line && !is_value;
                if !run.text.is_empty()
                    && (closes || is_first_gap && !is_in_gap && (is_below || is_left))
                {
                    let foot = run.end_part(here, is_left);
                    self.push_comment(foot);
                } else if !run.text.is_empty() && !is_in_gap && !is_end {
                    run.text.push('\n');
                }
                if !is_break {
                    break;
                }
                (is_first_gap, is_in_gap) = (false, true);
                (column, line) = (0, line + 1);
                ahead += 1;
                continue;
            }
            if !run.text.is_empty() && column - 1 < indent && column != run.start.column {
                let foot = run.end_foot(here);
                self.push_comment(foot);
            }
            if byte != b'#' {
                break;
            }
            if run.text.is_empty() {
                run.start = Place { offset: here, line, column };
            } else {
                run.text.push('\n');
            }
            is_in_gap = false;
            self.go_to(ahead);
            let text = self.read_comment()?;
            run.text.push_str(&text);
            // The line break behind it is looked at with the line after it.
            (ahead, column, line) = (1, 0, self.line);
        }
        let Run { scan, start, text, .. } = run;
        if !text.is_empty() {
            let end = self.offset_of(ahead).saturating_sub(1);
            let place = CommentPlace::Head;
            self.push_comment(Comment { scan, token: start.offset, start, end, place, text });
        }
        Ok(())
    }

    /// The line on which a comment must start to belong to what stands above.
    fn foot_line(&mut self, scan: Mark, breaks: u32) -> Option<u32> {
        if scan.line == 0 {
            return None;
        }
        let is_behind = breaks == 0 && self.column() > 1;
        (self.line + 1 + u32::from(is_behind)).checked_sub(breaks)
    }

    fn offset_of(&self, ahead: usize) -> u32 {
        u32::try_from(self.position + ahead).unwrap_or(u32::MAX)
    }

    /// Goes on over blanks and line breaks.
    fn go_to(&mut self, ahead: usize) {
        let end = self.position + ahead;
        while self.position < end {
            if self.break_width(0) > 0 {
                self.skip_line();
            } else {
                self.position += class::width(self.byte(0));
            }
        }
    }

    /// Moves the end of a block before the comments that stand in its column: they belong to what
    /// is around it.
    pub(super) fn move_block_end(&self, end: &mut Mark) {
        let mut stop = end.offset;
        for comment in self.comments.iter().flat_map(|comments| comments.iter().rev()) {
            if comment.end < stop {
                break;
            }
            if comment.start.column == self.indent + 1 {
                let Place { offset, line, .. } = comment.start;
                *end = Mark { offset, line };
            }
            stop = comment.scan;
        }
    }
}
