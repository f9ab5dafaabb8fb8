use std::collections::BTreeSet;

use super::{Content, Document, Node};
use crate::event::{EventKind, Properties};
use crate::parse::{NodeComments, Parser};
use crate::source::Source;
use crate::{Error, Limits};

/// Reads the first document of a stream.
pub(super) fn first(source: &Source<'_>, limits: Limits) -> Result<Option<Document>, Error> {
    let mut parser = Parser::new(source);
    parser.keep_comments();
    read(&mut parser, limits).map_err(|error| parser.name_start(error))
}

fn read(parser: &mut Parser<'_>, limits: Limits) -> Result<Option<Document>, Error> {
    parser.next_event()?;
    if matches!(parser.next_event()?.kind, EventKind::StreamEnd) {
        return Ok(None);
    }
    let head = parser.take_comments().head;
    let mut build =
        Build { open: Vec::new(), root: None, anchors: BTreeSet::new(), limits, count: 0 };
    loop {
        let event = parser.next_event()?;
        let comments = parser.take_comments();
        if matches!(event.kind, EventKind::DocumentEnd) {
            let foot = comments.foot;
            return Ok(build.root.map(|root| Document { root, head, foot }));
        }
        build.add(event.kind, event.start.offset, comments, parser.is_in_brackets())?;
    }
}

/// A document as far as it is read.
struct Build<'a> {
    /// The collections that are open, with the key whose value comes next.
    open: Vec<(Node, Option<Node>)>,
    root: Option<Node>,
    anchors: BTreeSet<&'a str>,
    limits: Limits,
    count: usize,
}

impl<'a> Build<'a> {
    fn add(
        &mut self,
        kind: EventKind<'a>,
        offset: u32,
        comments: NodeComments,
        in_brackets: bool,
    ) -> Result<(), Error> {
        match kind {
            EventKind::Alias(name) => {
                if !self.anchors.contains(name) {
                    return Err(Error::UnknownAnchor { name: name.to_owned(), offset });
                }
                let content = Content::Alias(name.to_owned());
                self.put(Node { content, tag: None, anchor: None, comments })
            }
            EventKind::Scalar { properties, text, style } => {
                let content = Content::Scalar { text: text.into_owned(), style: style.into() };
                let node = self.node(content, properties, comments);
                self.put(node)
            }
            EventKind::SequenceStart(properties) => {
                let node = self.node(
                    Content::List { items: Vec::new(), in_brackets },
                    properties,
                    comments,
                );
                self.open(node)
            }
            EventKind::MappingStart(properties) => {
                let in_braces = in_brackets;
                let node = self.node(
                    Content::Map { entries: Vec::new(), in_braces },
                    properties,
                    comments,
                );
                self.open(node)
            }
            EventKind::SequenceEnd | EventKind::MappingEnd => self.close(comments),
            EventKind::StreamStart
            | EventKind::StreamEnd
            | EventKind::DocumentStart
            | EventKind::DocumentEnd => Ok(()),
        }
    }

    fn node(
        &mut self,
        content: Content,
        properties: Properties<'a>,
        comments: NodeComments,
    ) -> Node {
        let Properties { anchor, tag } = properties;
        self.anchors.extend(anchor);
        let tag = tag.map(|tag| String::from_utf8_lossy(&tag).into_owned());
        let tag = tag.filter(|tag| tag != "!").map(|tag| short(&tag));
        Node { content, tag, anchor: anchor.map(str::to_owned), comments }
    }

    fn open(&mut self, node: Node) -> Result<(), Error> {
        let limit = self.limits.depth;
        if self.open.len() >= limit {
            return Err(Error::TooDeep { limit });
        }
        self.open.push((node, None));
        Ok(())
    }

    fn close(&mut self, comments: NodeComments) -> Result<(), Error> {
        let Some((mut node, _)) = self.open.pop() else { return Ok(()) };
        let NodeComments { line, foot, .. } = comments;
        (node.comments.line, node.comments.foot) = (line, foot);
        if let Content::Map { entries, in_braces: false } = &mut node.content
            && let Some((key, _)) = entries.last_mut()
            && !node.comments.foot.is_empty()
        {
            // What stands below a mapping stands below its last entry.
            key.comments.foot = std::mem::take(&mut node.comments.foot);
        }
        self.put(node)
    }

    /// Puts a whole node where it belongs.
    fn put(&mut self, mut node: Node) -> Result<(), Error> {
        self.count += 1;
        let limit = self.limits.values;
        if self.count > limit {
            return Err(Error::TooManyValues { limit });
        }
        let Some((parent, key)) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match &mut parent.content {
            Content::List { items, .. } => items.push(node),
            Content::Map { entries, in_braces } => match key.take() {
                None => {
                    // What stands below a key that comes after an entry stands below that entry.
                    if !*in_braces
                        && !node.comments.foot.is_empty()
                        && let Some((before, _)) = entries.last_mut()
                    {
                        before.comments.foot = std::mem::take(&mut node.comments.foot);
                    }
                    *key = Some(node);
                }
                Some(mut key) => {
                    if key.comments.foot.is_empty() {
                        key.comments.foot = std::mem::take(&mut node.comments.foot);
                    }
                    entries.push((key, node));
                }
            },
            Content::Scalar { .. } | Content::Alias(_) => {}
        }
        Ok(())
    }
}

/// The short form of YAML's own tags.
fn short(tag: &str) -> String {
    tag.strip_prefix("tag:yaml.org,2002:")
        .map_or_else(|| tag.to_owned(), |name| format!("!!{name}"))
}
