use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;

use crate::Error;
use crate::event::{Event, EventKind, Properties};
use crate::parse::Parser;
use crate::resolve::{self, Scalar};
use crate::scan::{Collection, Piece, SimpleLine, SimpleValue};
use crate::source::Source;
use crate::tag::Tag;
use crate::token::{Mark, Style};

/// What a raw node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RawKind {
    /// Text, in the source or beside it.
    Scalar {
        tag: Tag,
        is_plain: bool,
        is_copied: bool,
    },
    Sequence,
    /// Keys and values by turns.
    Mapping,
    /// The node of this number, again.
    Alias(u32),
}

/// One node of a document, before anyone asks what its text means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawNode {
    pub(crate) kind: RawKind,
    /// Where the text of a scalar, or the name of an alias, is.
    text: u32,
    length: u32,
    pub(crate) start: Mark,
    /// Where it ends, in bytes.
    pub(crate) end: u32,
    /// The number of the node after this one and all that is in it.
    pub(crate) next: u32,
}

/// A document as nodes in the order of the text, each followed by what is in it.
///
/// It is made in one pass and holds every error of syntax; what tags, keys, merges and aliases mean
/// is found when it is walked.
pub(crate) struct Document<'a> {
    text: &'a str,
    /// Texts that the source does not have as they are.
    copies: String,
    pub(crate) nodes: Vec<RawNode>,
}

/// Bytes of text in which there is about one node.
const BYTES_PER_NODE: usize = 32;

/// What a document was kept in, to be filled again.
#[derive(Debug, Default)]
pub(crate) struct Storage {
    copies: String,
    nodes: Vec<RawNode>,
}

impl Storage {
    /// Has room for a document of so many bytes, so that it need not grow step by step.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.nodes.reserve(bytes / BYTES_PER_NODE);
    }
}

impl<'a> Document<'a> {
    fn new(source: &'a Source<'_>, storage: Storage) -> Self {
        let Storage { copies, nodes } = storage;
        Self { text: source.text(), copies, nodes }
    }

    /// Gives its storage, emptied, to the next document.
    pub(crate) fn into_storage(self) -> Storage {
        let Self { mut copies, mut nodes, .. } = self;
        copies.clear();
        nodes.clear();
        Storage { copies, nodes }
    }

    /// Whether the node is the key that merges its value.
    pub(crate) fn is_merge(&self, at: u32) -> bool {
        let node = &self.nodes[at as usize];
        match node.kind {
            RawKind::Scalar { tag, is_plain, .. } => {
                (is_plain || tag == Tag::Merge) && self.text(node) == "<<"
            }
            _ => false,
        }
    }

    /// What the scalar stands for.
    pub(crate) fn scalar(&self, node: &RawNode) -> Result<Scalar<'_>, Error> {
        let RawKind::Scalar { tag, is_plain, .. } = node.kind else { return Ok(Scalar::Null) };
        resolve::scalar(tag, is_plain, self.text(node), node.start.offset)
    }

    /// The text of a scalar, or the name of an alias.
    #[inline]
    pub(crate) fn text(&self, node: &RawNode) -> &str {
        let is_copied = matches!(node.kind, RawKind::Scalar { is_copied: true, .. });
        let all = if is_copied { &self.copies } else { self.text };
        let start = node.text as usize;
        all.get(start..start + node.length as usize).unwrap_or_default()
    }
}

/// Reads the documents of a stream one by one.
pub(crate) struct Composer<'a> {
    source: &'a Source<'a>,
    parser: Parser<'a>,
    started: bool,
    /// What the next document is kept in.
    storage: Storage,
}

impl<'a> Composer<'a> {
    pub(crate) fn new(source: &'a Source<'a>) -> Self {
        Self::with_storage(source, Storage::default())
    }

    pub(crate) fn with_storage(source: &'a Source<'a>, storage: Storage) -> Self {
        Self { source, parser: Parser::new(source), started: false, storage }
    }

    /// The next document, or nothing at the end of the stream.
    pub(crate) fn next_document(&mut self) -> Result<Option<Document<'a>>, Error> {
        if !self.started {
            self.parser.next_event()?;
            self.started = true;
        }
        if matches!(self.parser.next_event()?.kind, EventKind::StreamEnd) {
            return Ok(None);
        }
        let mut build = Build {
            document: Document::new(self.source, mem::take(&mut self.storage)),
            open: Vec::new(),
            anchors: BTreeMap::new(),
        };
        loop {
            while let Some(line) = self.parser.simple_line() {
                build.add_line(line);
            }
            let event = self.parser.next_event()?;
            if matches!(event.kind, EventKind::DocumentEnd) {
                return Ok(Some(build.document));
            }
            build.add(&event)?;
            self.parser.take_back(event);
        }
    }
}

struct Build<'a> {
    document: Document<'a>,
    /// The numbers of the collections that are open.
    open: Vec<u32>,
    anchors: BTreeMap<&'a str, u32>,
}

impl<'a> Build<'a> {
    fn add(&mut self, event: &Event<'a>) -> Result<(), Error> {
        let Event { kind, start, end } = event;
        let (start, end) = (*start, *end);
        match kind {
            EventKind::Alias(name) => {
                let Some(&target) = self.anchors.get(name) else {
                    let name = (*name).to_owned();
                    return Err(Error::UnknownAnchor { name, offset: start.offset });
                };
                // The name is behind the `*`.
                let length = number(name.len());
                self.push(RawKind::Alias(target), (start.offset + 1, length), start, end.offset);
            }
            EventKind::Scalar { properties, text, style } => {
                let length = number(text.len());
                let is_copied = matches!(text, Cow::Owned(_));
                let at = self.place(text, is_copied, start);
                let tag = self.properties(properties);
                let is_plain = match tag {
                    Tag::None => *style == Style::Plain,
                    tag => tag == Tag::NonSpecific,
                };
                let kind = RawKind::Scalar { tag, is_plain, is_copied };
                self.push(kind, (at, length), start, end.offset);
            }
            EventKind::SequenceStart(properties) => {
                self.properties(properties);
                self.open(RawKind::Sequence, start);
            }
            EventKind::MappingStart(properties) => {
                self.properties(properties);
                self.open(RawKind::Mapping, start);
            }
            EventKind::SequenceEnd | EventKind::MappingEnd => self.close(end.offset),
            EventKind::StreamStart
            | EventKind::StreamEnd
            | EventKind::DocumentStart
            | EventKind::DocumentEnd => {}
        }
        Ok(())
    }

    fn add_line(&mut self, line: SimpleLine) {
        match line {
            SimpleLine::Entry(key, value) => {
                self.add_piece(key);
                self.add_value(value);
            }
            SimpleLine::Item(value) => self.add_value(value),
            SimpleLine::End(end) => self.close(end),
        }
    }

    fn add_value(&mut self, value: SimpleValue) {
        match value {
            SimpleValue::Scalar(piece) => self.add_piece(piece),
            SimpleValue::Empty(collection, start, end) => {
                self.push(kind_of(collection), (start.offset, 0), start, end);
            }
            SimpleValue::Open(collection, start) => self.open(kind_of(collection), start),
            SimpleValue::OpenIndentless(start) => self.open(RawKind::Sequence, start),
            SimpleValue::Other => {}
        }
    }

    fn add_piece(&mut self, piece: Piece) {
        let Piece { start, end, text, length, is_plain } = piece;
        let kind = RawKind::Scalar { tag: Tag::None, is_plain, is_copied: false };
        // As everywhere, a text of no length is where its node starts.
        let text = if length == 0 { start.offset } else { text };
        self.push(kind, (text, length), start, end);
    }

    /// Where the text of a scalar is: in the source, or among the copies.
    fn place(&mut self, text: &str, is_copied: bool, start: Mark) -> u32 {
        if is_copied {
            let at = self.document.copies.len();
            self.document.copies.push_str(text);
            number(at)
        } else if text.is_empty() {
            start.offset
        } else {
            number(text.as_ptr().addr() - self.document.text.as_ptr().addr())
        }
    }

    /// Remembers the anchor of the node that comes now, and names its tag.
    fn properties(&mut self, properties: &Properties<'a>) -> Tag {
        if let Some(anchor) = properties.anchor {
            self.anchors.insert(anchor, number(self.document.nodes.len()));
        }
        properties.tag.as_deref().map_or(Tag::None, Tag::of)
    }

    fn push(&mut self, kind: RawKind, (text, length): (u32, u32), start: Mark, end: u32) {
        let next = number(self.document.nodes.len() + 1);
        self.document.nodes.push(RawNode { kind, text, length, start, end, next });
    }

    /// Starts a collection, whose end is not known yet.
    fn open(&mut self, kind: RawKind, start: Mark) {
        self.open.push(number(self.document.nodes.len()));
        self.push(kind, (start.offset, 0), start, start.offset);
    }

    fn close(&mut self, end: u32) {
        let next = number(self.document.nodes.len());
        let Some(at) = self.open.pop() else { return };
        if let Some(node) = self.document.nodes.get_mut(at as usize) {
            node.next = next;
            node.end = end;
        }
    }
}

const fn kind_of(collection: Collection) -> RawKind {
    match collection {
        Collection::Sequence => RawKind::Sequence,
        Collection::Mapping => RawKind::Mapping,
    }
}

/// Sources are smaller than 4 GiB, and so is everything in them.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(crate) mod tests;
