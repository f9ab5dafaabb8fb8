mod block;
mod comments;
mod flow;
mod scalar;

use super::analysis::is_break;
use super::emitter::Emitter;
use super::{Dialect, PrintError, PrintLimits};
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
