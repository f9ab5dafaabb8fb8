use std::mem;

use super::analysis::is_break;
use super::emitter::{Emitter, Style};
use super::{Dialect, PrintError, PrintLimits, analysis};
use crate::edit::{Content, Document, Node, ScalarStyle};
use crate::parse::NodeComments;

/// The longest key that is written before a `:` on its line, in bytes.
const MAX_SIMPLE_KEY: usize = 128;

/// What is around a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Root,
    Item,
    SimpleKey,
    /// A long key, or a value.
    Entry,
}

/// Prints documents one after the other.
pub(super) fn print_documents(
    documents: &[Document],
    limits: PrintLimits,
) -> Result<String, PrintError> {
    let mut printer = Printer {
        emitter: Emitter::new(Dialect::V3, limits),
        comments: NodeComments::default(),
        tail: String::new(),
        key_line: String::new(),
        foot_indent: None,
        flow_level: 0,
        depth: 0,
    };
    for (number, document) in documents.iter().enumerate() {
        printer.document(document, number == 0)?;
    }
    printer.emitter.finish_as_it_is()
}

/// Writes nodes and their comments.
///
/// Comments wait here for the first place that takes them, which may be behind another node than
/// the one that they came with.
struct Printer {
    emitter: Emitter,
    comments: NodeComments,
    /// What stands below the entry before.
    tail: String,
    /// What stands behind a key whose value follows.
    key_line: String,
    /// The column of the comment below something, which an empty line follows.
    foot_indent: Option<isize>,
    flow_level: usize,
    depth: usize,
}

impl Printer {
    fn document(&mut self, document: &Document, is_first: bool) -> Result<(), PrintError> {
        let Document { root, head, foot } = document;
        self.wait(head, "", "", "");
        self.emitter.indent = -1;
        if !is_first {
            self.write_indent();
            self.indicator("---", true, false, false);
            self.write_indent();
        }
        if !self.comments.head.is_empty() {
            self.head_comment();
            self.put_break();
        }
        self.wait_for(root, "");
        self.head_comment();
        self.start(root, Place::Root)?;
        self.line_comment();
        self.foot_comment();
        self.inside(root, Place::Root)?;
        self.wait("", "", foot, "");
        self.foot_indent = Some(0);
        self.foot_comment();
        self.foot_indent = None;
        self.write_indent();
        Ok(())
    }

    /// Lets comments wait; those that are empty leave what waits already.
    fn wait(&mut self, head: &str, line: &str, foot: &str, tail: &str) {
        let NodeComments { head: old_head, line: old_line, foot: old_foot } = &mut self.comments;
        let waiting = [old_head, old_line, old_foot, &mut self.tail];
        for (old, new) in waiting.into_iter().zip([head, line, foot, tail]) {
            if !new.is_empty() {
                new.clone_into(old);
            }
        }
    }

    /// Lets the comments at the start of a node wait.
    fn wait_for(&mut self, node: &Node, tail: &str) {
        let NodeComments { head, line, foot } = &node.comments;
        match &node.content {
            Content::Scalar { .. } => self.wait(head, line, foot, tail),
            Content::Alias(_) => self.wait(head, line, foot, ""),
            Content::List { .. } => self.wait(head, "", "", ""),
            Content::Map { .. } => self.wait(head, "", "", tail),
        }
    }

    /// Lets the comments at the end of a collection wait.
    fn wait_for_end(&mut self, node: &Node, tail: &str) {
        let NodeComments { line, foot, .. } = &node.comments;
        self.wait("", line, foot, tail);
    }

    fn has_comment_behind(&self) -> bool {
        let NodeComments { line, foot, .. } = &self.comments;
        !(line.is_empty() && foot.is_empty() && self.tail.is_empty())
    }

    fn put_break(&mut self) {
        self.emitter.put_break();
        self.emitter.indention = true;
    }

    /// Goes to a line of its own with the indentation of this place.
    fn write_indent(&mut self) {
        let indent = self.emitter.indent.max(0);
        let (column, whitespace) = (self.emitter.column.cast_signed(), self.emitter.whitespace);
        if !self.emitter.indention || column > indent || column == indent && !whitespace {
            self.put_break();
        }
        if self.foot_indent == Some(indent) {
            self.put_break();
        }
        while self.emitter.column.cast_signed() < indent {
            self.emitter.put(' ');
        }
        self.emitter.whitespace = true;
        self.emitter.indention = true;
        self.foot_indent = None;
    }

    fn indicator(&mut self, text: &str, needs_space: bool, is_space: bool, is_indention: bool) {
        self.emitter.write_indicator(text, needs_space, is_space, is_indention);
    }

    fn head_comment(&mut self) {
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

    fn line_comment(&mut self) {
        if !self.comments.line.is_empty() {
            if !self.emitter.whitespace {
                self.emitter.put(' ');
            }
            let line = mem::take(&mut self.comments.line);
            self.write_comment(&line);
        }
    }

    fn foot_comment(&mut self) {
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

    /// Writes a scalar, or what stands before a collection.
    fn start(&mut self, node: &Node, place: Place) -> Result<(), PrintError> {
        if let Content::Alias(name) = &node.content {
            self.indicator("*", true, false, false);
            self.name(name);
            return Ok(());
        }
        if let Some(anchor) = &node.anchor {
            self.indicator("&", true, false, false);
            self.name(anchor);
        }
        let Content::Scalar { text, style } = &node.content else {
            self.tag(node.tag.as_deref());
            return Ok(());
        };
        let is_merge = text == "<<" && *style == ScalarStyle::Plain && node.tag.is_none();
        self.tag(if is_merge { Some("!!merge") } else { node.tag.as_deref() });
        let before = self.emitter.indent;
        self.emitter.increase_indent(true, false);
        self.scalar(text, *style, place);
        self.emitter.indent = before;
        self.emitter.check_size()
    }

    fn name(&mut self, name: &str) {
        name.chars().for_each(|character| self.emitter.put(character));
        self.emitter.whitespace = false;
        self.emitter.indention = false;
    }

    fn tag(&mut self, tag: Option<&str>) {
        let Some(tag) = tag else { return };
        if !self.emitter.whitespace {
            self.emitter.put(' ');
        }
        let (handle, rest) = match (tag.strip_prefix("!!"), tag.strip_prefix('!')) {
            (Some(rest), _) => ("!!", rest),
            (None, Some(rest)) => ("!", rest),
            (None, None) => ("!<", tag),
        };
        handle.chars().for_each(|character| self.emitter.put(character));
        for byte in rest.bytes() {
            let is_plain = byte.is_ascii_alphanumeric() || b"-_;/?:@&=+$,.~*'()[]".contains(&byte);
            if is_plain {
                self.emitter.put(char::from(byte));
            } else {
                format!("%{byte:02X}").chars().for_each(|character| self.emitter.put(character));
            }
        }
        if handle == "!<" {
            self.emitter.put('>');
        }
        self.emitter.whitespace = false;
        self.emitter.indention = false;
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, place: Place) {
        let can_break = place != Place::SimpleKey;
        match self.style(text, style, place) {
            Style::Plain if text.is_empty() => self.emitter.indention = false,
            Style::Plain => self.emitter.plain(text),
            Style::SingleQuoted => self.emitter.write_single_quoted(text, can_break),
            Style::DoubleQuoted => self.emitter.write_double_quoted(text, can_break),
            Style::Literal => {
                self.block_header("|", text);
                self.emitter.write_literal_lines(text);
            }
            Style::Folded => {
                self.block_header(">", text);
                self.emitter.write_folded_lines(text);
            }
        }
    }

    fn block_header(&mut self, indicator: &str, text: &str) {
        self.emitter.write_block_header(indicator, text);
        if self.comments.line.is_empty() {
            self.put_break();
        } else {
            self.line_comment();
        }
        self.emitter.whitespace = true;
    }

    /// How a scalar can be written that should be written in one way.
    fn style(&self, text: &str, style: ScalarStyle, place: Place) -> Style {
        let analysis = analysis::analyze(text, false);
        let in_flow = self.flow_level > 0;
        let wanted = match style {
            ScalarStyle::Plain if text.contains('\n') => ScalarStyle::Literal,
            _ if place == Place::SimpleKey && analysis.multiline => ScalarStyle::DoubleQuoted,
            style => style,
        };
        let single_or_double =
            if analysis.single_quoted { Style::SingleQuoted } else { Style::DoubleQuoted };
        match wanted {
            ScalarStyle::Plain => {
                let is_free = analysis.plain && !(in_flow && is_flow_like(text));
                let is_seen = !text.is_empty() || !in_flow && place != Place::SimpleKey;
                if is_free && is_seen { Style::Plain } else { single_or_double }
            }
            ScalarStyle::SingleQuoted => single_or_double,
            ScalarStyle::Literal | ScalarStyle::Folded
                if !analysis.block || text.is_empty() || in_flow || place == Place::SimpleKey =>
            {
                Style::DoubleQuoted
            }
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        }
    }

    /// Writes what is in a collection.
    fn inside(&mut self, node: &Node, place: Place) -> Result<(), PrintError> {
        self.depth += 1;
        let limit = self.emitter.limits.depth;
        if self.depth > limit {
            return Err(PrintError::TooDeep { limit });
        }
        let before = self.emitter.indent;
        match &node.content {
            Content::List { items, in_brackets } => {
                if *in_brackets || items.is_empty() || self.flow_level > 0 {
                    self.flow_list(node, items)?;
                } else {
                    self.block_list(node, items, place)?;
                }
            }
            Content::Map { entries, in_braces } => {
                if *in_braces || entries.is_empty() || self.flow_level > 0 {
                    self.flow_map(node, entries)?;
                } else {
                    self.block_map(node, entries)?;
                }
            }
            Content::Scalar { .. } | Content::Alias(_) => {}
        }
        self.emitter.indent = before;
        self.depth -= 1;
        Ok(())
    }

    fn block_list(&mut self, node: &Node, items: &[Node], place: Place) -> Result<(), PrintError> {
        let is_compact =
            place == Place::Entry && (self.emitter.column == 0 || !self.emitter.indention);
        self.emitter.increase_indent(false, is_compact);
        for item in items {
            self.wait_for(item, "");
            self.head_comment();
            self.write_indent();
            self.indicator("-", true, false, true);
            self.start(item, Place::Item)?;
            self.line_comment();
            self.foot_comment();
            self.inside(item, Place::Item)?;
        }
        self.wait_for_end(node, "");
        Ok(())
    }

    fn block_map(&mut self, node: &Node, entries: &[(Node, Node)]) -> Result<(), PrintError> {
        self.emitter.increase_indent(false, false);
        let mut tail = "";
        for (key, value) in entries {
            self.wait_for_key(key, tail);
            tail = &key.comments.foot;
            self.head_comment();
            self.write_indent();
            if !self.comments.line.is_empty() {
                self.key_line = mem::take(&mut self.comments.line);
            }
            if is_simple_key(key) {
                self.start(key, Place::SimpleKey)?;
                self.inside(key, Place::SimpleKey)?;
                self.wait_for(value, "");
                self.indicator(":", false, false, false);
            } else {
                self.indicator("?", true, false, true);
                self.start(key, Place::Entry)?;
                self.inside(key, Place::Entry)?;
                self.wait_for(value, "");
                self.write_indent();
                self.indicator(":", true, false, true);
            }
            self.key_comment(value);
            self.start(value, Place::Entry)?;
            self.line_comment();
            self.foot_comment();
            self.inside(value, Place::Entry)?;
        }
        self.wait_for_end(node, tail);
        self.head_comment();
        Ok(())
    }

    /// Lets the comments of a key wait, but for the one below its entry.
    fn wait_for_key(&mut self, key: &Node, tail: &str) {
        let NodeComments { head, line, .. } = &key.comments;
        match &key.content {
            Content::Scalar { .. } => self.wait(head, line, "", tail),
            Content::Alias(_) => self.wait(head, line, "", ""),
            Content::List { .. } => self.wait(head, "", "", ""),
            Content::Map { .. } => self.wait(head, "", "", tail),
        }
    }

    /// Writes what stands behind a key, if its value is on other lines.
    fn key_comment(&mut self, value: &Node) {
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

    fn flow_list(&mut self, node: &Node, items: &[Node]) -> Result<(), PrintError> {
        let before = self.emitter.indent;
        self.indicator("[", true, true, false);
        self.emitter.increase_indent(true, false);
        self.flow_level += 1;
        let mut has_comma = true;
        for item in items {
            self.wait_for(item, "");
            self.flow_comma(has_comma);
            let is_commented = self.has_comment_behind();
            self.start(item, Place::Item)?;
            if self.has_comment_behind() {
                self.indicator(",", false, false, false);
            }
            self.line_comment();
            self.foot_comment();
            self.inside(item, Place::Item)?;
            has_comma = is_commented;
        }
        self.wait_for_end(node, "");
        self.flow_level -= 1;
        self.emitter.indent = before;
        if self.emitter.column == 0 {
            self.write_indent();
        }
        self.indicator("]", false, false, false);
        self.line_comment();
        self.foot_comment();
        Ok(())
    }

    /// Goes to the next item between brackets.
    fn flow_comma(&mut self, has_comma: bool) {
        if !has_comma {
            self.indicator(",", false, false, false);
        }
        self.head_comment();
        if self.emitter.column == 0 {
            self.write_indent();
        }
    }

    fn flow_map(&mut self, node: &Node, entries: &[(Node, Node)]) -> Result<(), PrintError> {
        let before = self.emitter.indent;
        self.indicator("{", true, true, false);
        self.emitter.increase_indent(true, false);
        self.flow_level += 1;
        let mut tail = "";
        let mut has_comma = true;
        for (key, value) in entries {
            self.wait_for_key(key, tail);
            tail = &key.comments.foot;
            self.flow_comma(has_comma);
            let place = if is_simple_key(key) { Place::SimpleKey } else { Place::Entry };
            if place == Place::Entry {
                self.indicator("?", true, false, false);
            }
            self.start(key, place)?;
            self.inside(key, place)?;
            self.wait_for(value, "");
            self.indicator(":", place == Place::Entry, false, false);
            let is_commented = self.has_comment_behind();
            self.start(value, Place::Entry)?;
            if self.has_comment_behind() {
                self.indicator(",", false, false, false);
            }
            self.line_comment();
            self.foot_comment();
            self.inside(value, Place::Entry)?;
            has_comma = is_commented;
        }
        self.wait_for_end(node, tail);
        let NodeComments { head, foot, .. } = &self.comments;
        let is_commented = !(head.is_empty() && foot.is_empty() && self.tail.is_empty());
        if is_commented && !has_comma {
            self.indicator(",", false, false, false);
        }
        self.head_comment();
        self.flow_level -= 1;
        self.emitter.indent = before;
        self.indicator("}", false, false, false);
        self.line_comment();
        self.foot_comment();
        Ok(())
    }
}

/// Whether a text could end a plain scalar between brackets.
fn is_flow_like(text: &str) -> bool {
    text.contains([',', '?', '[', ']', '{', '}', ':'])
}

/// Whether a key is so short that its `:` is found on its line.
fn is_simple_key(key: &Node) -> bool {
    let anchor = key.anchor.as_ref().map_or(0, String::len);
    let tag = key.tag.as_ref().map_or(0, String::len);
    let text = match &key.content {
        Content::Scalar { text, .. } if text.contains(is_break) => return false,
        Content::Scalar { text, .. } => text.len(),
        Content::Alias(name) => return name.len() <= MAX_SIMPLE_KEY,
        Content::List { items, .. } if items.is_empty() => 0,
        Content::Map { entries, .. } if entries.is_empty() => 0,
        Content::List { .. } | Content::Map { .. } => return false,
    };
    anchor + tag + text <= MAX_SIMPLE_KEY
}
