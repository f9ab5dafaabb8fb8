//! YAML to edit: what is not changed stays as it is written, with its comments, styles and tags.
//!
//! This is how `go-yaml` v3 reads and prints its nodes, which those tools do that edit manifests.

mod compose;

use crate::parse::NodeComments;
use crate::resolve::{Looks, looks};
use crate::source::Source;
use crate::token::Style;
use crate::{Error, Options, PrintError, PrintLimits, print};

/// One document with all that is written around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it holds.
    pub root: Node,
    /// The comment above it that an empty line separates from its first node.
    pub(crate) head: String,
    /// The comment below it.
    pub(crate) foot: String,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// The tag that is written before it.
    pub(crate) tag: Option<String>,
    /// The name by which aliases mean it.
    pub(crate) anchor: Option<String>,
    pub(crate) comments: NodeComments,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text, whatever it stands for.
    Scalar {
        /// The text.
        text: String,
        /// How it is written.
        style: ScalarStyle,
    },
    /// A sequence.
    List {
        /// What is in it.
        items: Vec<Node>,
        /// Whether it is written in brackets.
        in_brackets: bool,
    },
    /// A mapping.
    Map {
        /// Keys and their values.
        entries: Vec<(Node, Node)>,
        /// Whether it is written in braces.
        in_braces: bool,
    },
    /// What has this anchor, again.
    Alias(String),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In single quotes.
    SingleQuoted,
    /// In double quotes.
    DoubleQuoted,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

impl From<Style> for ScalarStyle {
    fn from(style: Style) -> Self {
        match style {
            Style::Plain => Self::Plain,
            Style::SingleQuoted => Self::SingleQuoted,
            Style::DoubleQuoted => Self::DoubleQuoted,
            Style::Literal => Self::Literal,
            Style::Folded => Self::Folded,
        }
    }
}

impl Document {
    /// Reads the first document, if there is one.
    ///
    /// # Errors
    ///
    /// If it is no YAML or breaks a limit.
    pub fn parse(text: &[u8], options: &Options) -> Result<Option<Self>, Error> {
        let limit = options.limits.bytes;
        if text.len() > limit {
            return Err(Error::TooLarge { limit });
        }
        compose::first(&Source::new(text)?, options.limits)
    }

    /// A document of one node.
    pub const fn new(root: Node) -> Self {
        Self { root, head: String::new(), foot: String::new() }
    }

    /// Prints documents, with `---` between them and lists not indented in mappings.
    ///
    /// # Errors
    ///
    /// If a limit is broken.
    pub fn print_all(documents: &[Self], limits: PrintLimits) -> Result<String, PrintError> {
        print::print_documents(documents, limits)
    }
}

impl Node {
    /// A node of this content, with nothing around it.
    pub fn new(content: Content) -> Self {
        Self { content, tag: None, anchor: None, comments: NodeComments::default() }
    }

    /// A text.
    pub fn text(text: impl Into<String>, style: ScalarStyle) -> Self {
        Self::new(Content::Scalar { text: text.into(), style })
    }

    /// Whether it stands for nothing.
    pub fn is_null(&self) -> bool {
        match (&self.tag, &self.content) {
            (Some(tag), _) => tag == "!!null",
            (None, Content::Scalar { text, style: ScalarStyle::Plain }) => {
                looks(text, false) == Looks::Null
            }
            _ => false,
        }
    }

    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        if let Content::Scalar { text, .. } = &self.content { Some(text) } else { None }
    }

    /// The value of a key, if this is a mapping that has it; the first one of several.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Content::Map { entries, .. } = &self.content else { return None };
        entries.iter().find(|(name, _)| name.as_text() == Some(key)).map(|(_, value)| value)
    }
}
