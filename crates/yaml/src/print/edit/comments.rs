use std::mem;

use super::Printer;
use crate::edit::{Content, Node};
use crate::parse::NodeComments;
use crate::print::analysis::is_break;

impl Printer {
    /// Lets comments wait; those that are empty leave what waits already.
    pub(super) fn wait(&mut self, head: &str, line: &str, foot: &str, tail: &str) {
        let NodeComments { head: old_head, line: old_line, foot: old_foot } = &mut self.comments;
        let waiting = [old_head, old_line, old_foot, &mut self.tail];
        for (old, new) in waiting.into_iter().zip([head, line, foot, tail]) {
            if !new.is_empty() {
                new.clone_into(old);
            }
        }
    }

    /// Lets the comments at the start of a node wait.
    pub(super) fn wait_for(&mut self, node: &Node, tail: &str) {
        let NodeComments { head, line, foot } = &node.comments;
        match &node.content {
            Content::Scalar { .. } => self.wait(head, line, foot, tail),
            Content::Alias(_) => self.wait(head, line, foot, ""),
            Content::List { .. } => self.wait(head, "", "", ""),
            Content::Map { .. } => self.wait(head, "", "", tail),
        }
    }

    /// Lets the comments of a key wait, but for the one below its entry.
    pub(super) fn wait_for_key(&mut self, key: &Node, tail: &str) {
        let NodeComments { head, line, .. } = &key.comments;
        match &key.content {
            Content::Scalar { .. } => self.wait(head, line, "", tail),
            Content::Alias(_) => self.wait(head, line, "", ""),
            Content::List { .. } => self.wait(head, "", "", ""),
            Content::Map { .. } => self.wait(head, "", "", tail),
        }
    }

    /// Lets the comments at the end of a collection wait.
    pub(super) fn wait_for_end(&mut self, node: &Node, tail: &str) {
        let NodeComments { line, foot, .. } = &node.comments;
        self.wait("", line, foot, tail);
    }

    pub(super) fn has_comment_behind(&self) -> bool {
        let NodeComments { line, foot, .. } = &self.comments;
        !(line.is_empty() && foot.is_empty() && self.tail.is_empty())
    }

    pub(super) fn head_comment(&mut self) {
        if !self.tail.is_empty() {
            self.write_indent();
            let tail = mem::take(&mut self.tail);
            self.write_comment(&tail);
            self.foot_indent = Some(self.emitter.indent.max(0));
        }
        if !self.comments.head.is_empty() {
            self.write_indent();
            let head = mem::take(&mut self.comments.head);
            self.write_comment(&head);
        }
    }

    pub(super) fn line_comment(&mut self) {
        if !self.comments.line.is_empty() {
            if !self.emitter.whitespace {
                self.emitter.put(' ');
            }
            let line = mem::take(&mut self.comments.line);
            self.write_comment(&line);
        }
    }

    /// Writes what stands behind a key, if its value is on other lines.
    pub(super) fn key_comment(&mut self, value: &Node) {
        if self.key_line.is_empty() {
            return;
        }
        match &value.content {
            Content::Scalar { .. } => {
                if self.comments.line.is_empty() {
                    self.comments.line = mem::take(&mut self.key_line);
                }
            }
            Content::List { in_brackets: true, .. }
            | Content::Map { in_braces: true, .. }
            | Content::Alias(_) => {}
            Content::List { .. } | Content::Map { .. } => {
                mem::swap(&mut self.comments.line, &mut self.key_line);
                self.line_comment();
                mem::swap(&mut self.comments.line, &mut self.key_line);
            }
        }
    }

    pub(super) fn foot_comment(&mut self) {
        if !self.comments.foot.is_empty() {
            self.write_indent();
            let foot = mem::take(&mut self.comments.foot);
            self.write_comment(&foot);
            self.foot_indent = Some(self.emitter.indent.max(0));
        }
    }

    fn write_comment(&mut self, comment: &str) {
        let (mut after_break, mut has_mark) = (false, false);
        for character in comment.chars() {
            if is_break(character) {
                self.emitter.write_break(character);
                (after_break, has_mark) = (true, false);
                continue;
            }
            if after_break {
                self.write_indent();
            }
            if !has_mark {
                if character != '#' {
                    self.emitter.put('#');
                    self.emitter.put(' ');
                }
                has_mark = true;
            }
            self.emitter.put(character);
            self.emitter.indention = false;
            after_break = false;
        }
        if !after_break {
            self.put_break();
        }
        self.emitter.whitespace = true;
    }
}
