mod skim;

use std::collections::BTreeMap;
use std::mem;

use crate::compose::{Composer, Document, RawKind, Storage};
use crate::decode::{Check, Key, check_numbers, decode_any, unsupported_number};
use crate::node::{Content, Node};
use crate::number::coerced_float;
use crate::resolve::Scalar;
use crate::source::Source;
use crate::{Error, LoadError, Options};

/// What Helm reads of a rendered document to sort it. What is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.name`
    pub name: String,
    /// `metadata.namespace`, which Helm does not read here: empty if it is no text.
    pub namespace: String,
    /// `metadata.annotations`
    pub annotations: BTreeMap<String, String>,
}

/// Reads the head of a document, all of which must be YAML that JSON can express, without building
/// the rest of it.
///
/// As in JSON in Go, small and capital letters are the same in the names of fields, and numbers and
/// truth values are taken for texts.
///
/// # Errors
///
/// If the document cannot be read, or what is read of it has another type, in Helm's words.
pub fn read_head(text: &[u8], options: &Options) -> Result<Head, LoadError> {
    HeadReader::default().read(text, options)
}

/// Reads the heads of many documents, and uses its memory again for each.
#[derive(Debug, Default)]
pub struct HeadReader(Storage);

impl HeadReader {
    /// Reads one head, as [`read_head`] does.
    ///
    /// # Errors
    ///
    /// As [`read_head`].
    pub fn read(&mut self, text: &[u8], options: &Options) -> Result<Head, LoadError> {
        let limit = options.limits.bytes;
        if text.len() > limit {
            return Err(Error::TooLarge { limit }.into());
        }
        let source = Source::new(text)?;
        skim::head(&source, options).map_or_else(|| self.read_nodes(&source, options), Ok)
    }

    /// Reads the head of any document.
    fn read_nodes(&mut self, source: &Source<'_>, options: &Options) -> Result<Head, LoadError> {
        self.0.reserve(source.text().len());
        let mut composer = Composer::with_storage(source, mem::take(&mut self.0));
        let Some(document) = composer.next_document()? else { return Ok(Head::default()) };
        let head = head_of(&document, options);
        self.0 = document.into_storage();
        head
    }
}

fn head_of(document: &Document<'_>, options: &Options) -> Result<Head, LoadError> {
    let ((), unsupported) = decode_any(document, options, &mut Check)?;
    if unsupported.is_some() {
        check_numbers(document, options, unsupported_beside_head)?;
    }
    let mut reader = Reader { document, head: Head::default(), problem: None };
    reader.root();
    reader.problem.map_or(Ok(reader.head), |problem| Err(LoadError::Shape(problem)))
}

/// How Go names the type of `metadata` in errors.
const METADATA: &str = "SimpleHead.metadata of type struct { Name string \"json:\\\"name\\\"\"; \
                        Annotations map[string]string \"json:\\\"annotations\\\"\" }";

/// Whether JSON in Go takes a key for a field.
fn is_named(key: &str, field: &str) -> bool {
    if key.is_ascii() {
        return key.eq_ignore_ascii_case(field);
    }
    // Two letters outside of ASCII are small forms of letters inside.
    let plain = key.replace('\u{17f}', "s").replace('\u{212a}', "k");
    plain.eq_ignore_ascii_case(field)
}

/// Reads as Go's `encoding/json` does, which goes on behind a wrong value and then tells of the first.
struct Reader<'d> {
    document: &'d Document<'d>,
    head: Head,
    problem: Option<String>,
}

impl Reader<'_> {
    /// The node itself, or what it is an alias of.
    fn target(&self, at: u32) -> u32 {
        match self.document.nodes[at as usize].kind {
            RawKind::Alias(target) => target,
            _ => at,
        }
    }

    /// What the node stands for, if it is a scalar.
    fn scalar(&self, at: u32) -> Option<Scalar<'_>> {
        let node = &self.document.nodes[at as usize];
        match node.kind {
            // It has been looked at before, so that there is no error.
            RawKind::Scalar { .. } => self.document.scalar(node).ok(),
            _ => None,
        }
    }

    /// The values of a mapping by their keys, in the order of JSON.
    fn entries(&self, at: u32) -> BTreeMap<String, u32> {
        let mut entries = BTreeMap::new();
        self.collect(at, &mut entries);
        entries
    }

    fn collect(&self, at: u32, entries: &mut BTreeMap<String, u32>) {
        let end = self.document.nodes[at as usize].next;
        let mut next = at + 1;
        while next < end {
            let (key, value) = (next, self.document.nodes[next as usize].next);
            next = self.document.nodes[value as usize].next;
            if self.document.is_merge(key) {
                self.merge(value, entries);
            } else if let Some(key) = self.scalar(self.target(key)) {
                let key = Key::of(key);
                entries.insert(key.to_text().unwrap_or_default().into_owned(), self.target(value));
            }
        }
    }

    fn merge(&self, at: u32, entries: &mut BTreeMap<String, u32>) {
        let at = self.target(at);
        let node = &self.document.nodes[at as usize];
        if node.kind == RawKind::Mapping {
            return self.collect(at, entries);
        }
        let mut items = Vec::new();
        let mut next = at + 1;
        while next < node.next {
            items.push(next);
            next = self.document.nodes[next as usize].next;
        }
        items.into_iter().rev().for_each(|item| self.collect(self.target(item), entries));
    }

    fn wrong(&mut self, at: u32, place: &str) {
        let kind = match (self.document.nodes[at as usize].kind, self.scalar(at)) {
            (RawKind::Sequence, _) => "array",
            (RawKind::Mapping, _) => "object",
            (_, Some(Scalar::Bool(_))) => "bool",
            (_, Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_))) => "number",
            _ => "string",
        };
        self.problem
            .get_or_insert_with(|| format!("json: cannot unmarshal {kind} into Go {place}"));
    }

    fn is_null(&self, at: u32) -> bool {
        self.scalar(at) == Some(Scalar::Null)
    }

    fn is_mapping(&self, at: u32) -> bool {
        self.document.nodes[at as usize].kind == RawKind::Mapping
    }

    fn root(&mut self) {
        if self.is_null(0) {
            return;
        }
        if !self.is_mapping(0) {
            return self.wrong(0, "value of type util.SimpleHead");
        }
        for (key, value) in self.entries(0) {
            if is_named(&key, "apiVersion") {
                if let Some(text) = self.text(value, "SimpleHead.apiVersion") {
                    self.head.api_version = text;
                }
            } else if is_named(&key, "kind") {
                if let Some(text) = self.text(value, "SimpleHead.kind") {
                    self.head.kind = text;
                }
            } else if is_named(&key, "metadata") {
                self.metadata(value);
            }
        }
    }

    fn metadata(&mut self, at: u32) {
        if self.is_null(at) {
            self.head.name.clear();
            self.head.namespace.clear();
            self.head.annotations.clear();
            return;
        }
        if !self.is_mapping(at) {
            return self.wrong(at, &format!("struct field {METADATA}"));
        }
        for (key, value) in self.entries(at) {
            if is_named(&key, "name") {
                if let Some(text) = self.text(value, ".metadata.name") {
                    self.head.name = text;
                }
            } else if is_named(&key, "annotations") {
                self.annotations(value);
            } else if key == "namespace"
                && let Some(Scalar::Text(text)) = self.scalar(value)
            {
                self.head.namespace = text.to_owned();
            }
        }
    }

    fn annotations(&mut self, at: u32) {
        if self.is_null(at) {
            return self.head.annotations.clear();
        }
        if !self.is_mapping(at) {
            let place = "struct field .metadata.annotations of type map[string]string";
            return self.wrong(at, place);
        }
        for (key, value) in self.entries(at) {
            let text = self.text(value, ".metadata.annotations");
            self.head.annotations.insert(key, text.unwrap_or_default());
        }
    }

    /// A text, or nothing for null and what is none.
    fn text(&mut self, at: u32, field: &str) -> Option<String> {
        let Some(scalar) = self.scalar(at) else {
            self.wrong(at, &format!("struct field {field} of type string"));
            return None;
        };
        text_of_scalar(scalar)
    }
}

/// What a field for a text holds if this is written there, or nothing for null.
fn text_of_scalar(scalar: Scalar<'_>) -> Option<String> {
    Some(match scalar {
        Scalar::Null => return None,
        Scalar::Text(text) => text.to_owned(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Uint(number) => number.to_string(),
        Scalar::Float(number) => coerced_float(number),
        Scalar::Bytes(bytes) => crate::decode::text_of(&bytes),
    })
}

/// The first number that JSON does not have where the head needs no text of it.
fn unsupported_beside_head(root: &Node) -> Option<&'static str> {
    let Content::Map(root_map) = &root.content else { return unsupported_number(root) };
    root_map.sorted().find_map(|entry| match (entry.key.as_str(), &entry.value.content) {
        (key, Content::Float(_)) if is_named(key, "apiVersion") || is_named(key, "kind") => None,
        (key, Content::Map(metadata)) if is_named(key, "metadata") => {
            metadata.sorted().find_map(|entry| unsupported_in_metadata(&entry.key, &entry.value))
        }
        _ => unsupported_number(&entry.value),
    })
}

fn unsupported_in_metadata(key: &str, node: &Node) -> Option<&'static str> {
    match &node.content {
        Content::Float(_) if is_named(key, "name") => None,
        Content::Map(annotations) if is_named(key, "annotations") => annotations
            .sorted()
            .filter(|entry| !matches!(entry.value.content, Content::Float(_)))
            .find_map(|entry| unsupported_number(&entry.value)),
        _ => unsupported_number(node),
    }
}
