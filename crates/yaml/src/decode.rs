//! What a document means: tags, keys, merges and aliases.

mod alias;
mod build;
mod check;
mod go_syntax;
mod key;

use std::collections::BTreeSet;

use rhumb_value::stack;

use alias::AliasCount;
pub use build::Build;
pub(crate) use check::Check;
use go_syntax::GoSyntax;
pub use go_syntax::text_of;
pub use key::Key;

use crate::compose::{Document, RawKind, RawNode};
use crate::node::{BuildNode, Content, Node};
use crate::resolve::Scalar;
use crate::span::Span;
use crate::{DuplicateKey, Duplicates, Error, Limits, Options};

/// Builds what the document means, in Go's order, so that the same error comes first.
///
/// Errors of the conversion to JSON come after all errors of YAML, as if it were a second pass.
pub(crate) fn decode<B: Build>(
    document: &Document<'_>,
    options: &Options,
    build: &mut B,
) -> Result<B::Value, Error> {
    let (value, unsupported) = decode_any(document, options, build)?;
    if unsupported.is_some() {
        check_numbers(document, options, unsupported_number)?;
    }
    Ok(value)
}

/// As [`decode`], but numbers that JSON does not have are no error. Also gives whether there are any,
/// even if only under a key that is there again.
pub(crate) fn decode_any<B: Build>(
    document: &Document<'_>,
    options: &Options,
    build: &mut B,
) -> Result<(B::Value, Option<UnsupportedNumber>), Error> {
    let mut decoder = Decoder::new(document, options.limits);
    decoder.duplicates = (options.duplicates == Duplicates::Refuse).then(Vec::new);
    let value = decoder.value(0, build)?;
    if let Some(keys) = decoder.duplicates.filter(|keys| !keys.is_empty()) {
        return Err(Error::DuplicateKeys { keys });
    }
    decoder.unsupported_key.map_or(Ok((value, decoder.unsupported_number)), Err)
}

/// Refuses the number that JSON does not have which `find` finds in the whole document, if any. A
/// document is refused that nests deeper than nodes may.
pub(crate) fn check_numbers(
    document: &Document<'_>,
    options: &Options,
    find: impl FnOnce(&Node) -> Option<&'static str>,
) -> Result<(), Error> {
    let depth = options.limits.depth.min(Limits::default().depth);
    let options = Options { limits: Limits { depth, ..options.limits }, ..*options };
    let (node, _) = decode_any(document, &options, &mut BuildNode)?;
    find(&node).map_or(Ok(()), |shown| Err(Error::UnsupportedNumber { shown }))
}

/// The first number that JSON does not have, as Go prints it; keys are looked at in their order.
pub(crate) fn unsupported_number(node: &Node) -> Option<&'static str> {
    match &node.content {
        Content::Float(f64::INFINITY) => Some("+Inf"),
        Content::Float(f64::NEG_INFINITY) => Some("-Inf"),
        Content::Float(number) if number.is_nan() => Some("NaN"),
        Content::List(items) => items.iter().find_map(unsupported_number),
        Content::Map(mapping) => {
            mapping.sorted().find_map(|entry| unsupported_number(&entry.value))
        }
        _ => None,
    }
}

/// There are numbers that JSON does not have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnsupportedNumber;

struct Decoder<'d> {
    document: &'d Document<'d>,
    limits: Limits,
    depth: usize,
    values: usize,
    text: usize,
    aliases: AliasCount,
    /// The duplicate keys, if anyone asks.
    duplicates: Option<Vec<DuplicateKey>>,
    /// The first key that JSON cannot have.
    unsupported_key: Option<Error>,
    unsupported_number: Option<UnsupportedNumber>,
    /// Whether keys need to suit JSON.
    is_for_json: bool,
}

/// A mapping that is being read.
struct OpenMap<B: Build> {
    entries: Vec<(B::Key, B::Value)>,
    /// The keys until now, if duplicates matter.
    seen: BTreeSet<Key<'static>>,
}

impl<'d> Decoder<'d> {
    fn new(document: &'d Document<'d>, limits: Limits) -> Self {
        Self {
            document,
            limits,
            depth: 0,
            values: 0,
            text: 0,
            aliases: AliasCount::default(),
            duplicates: None,
            unsupported_key: None,
            unsupported_number: None,
            is_for_json: true,
        }
    }

    fn raw(&self, at: u32) -> RawNode {
        self.document.nodes[at as usize]
    }

    /// How many nodes are in a collection, without those in them, if room is needed for them.
    fn count_inner<T>(&self, at: u32) -> usize {
        if size_of::<T>() == 0 {
            return 0;
        }
        let (end, mut next, mut count) = (self.raw(at).next, at + 1, 0);
        while next < end {
            count += 1;
            next = self.raw(next).next;
        }
        count
    }

    /// Counts a value of so much text.
    fn count(&mut self, text: usize) -> Result<(), Error> {
        self.aliases.count()?;
        self.values += 1;
        if self.values > self.limits.values {
            return Err(Error::TooManyValues { limit: self.limits.values });
        }
        self.text += text;
        if self.text > self.limits.text {
            return Err(Error::TooLarge { limit: self.limits.text });
        }
        Ok(())
    }

    fn value<B: Build>(&mut self, at: u32, build: &mut B) -> Result<B::Value, Error> {
        let node = self.raw(at);
        let span = Span { start: node.start.offset, end: node.end };
        match node.kind {
            RawKind::Scalar { .. } => {
                let document = self.document;
                self.count(document.text(&node).len())?;
                let scalar = document.scalar(&node)?;
                self.note_number(&scalar);
                Ok(build.scalar(scalar, span))
            }
            RawKind::Alias(target) => {
                self.count(0)?;
                self.enter_alias(at)?;
                let value = self.value(target, build)?;
                self.aliases.leave();
                Ok(value)
            }
            RawKind::Sequence => {
                let items = stack::grow(|| self.items(at, build))?;
                Ok(build.list(items, span))
            }
            RawKind::Mapping => {
                self.count(0)?;
                let entries = Vec::with_capacity(self.count_inner::<(B::Key, B::Value)>(at) / 2);
                let mut map = OpenMap { entries, seen: BTreeSet::new() };
                stack::grow(|| self.entries(at, &mut map, build))?;
                Ok(build.map(map.entries, span))
            }
        }
    }

    fn items<B: Build>(&mut self, at: u32, build: &mut B) -> Result<Vec<B::Value>, Error> {
        self.count(0)?;
        self.enter()?;
        let mut items = Vec::with_capacity(self.count_inner::<B::Value>(at));
        let (end, mut next) = (self.raw(at).next, at + 1);
        while next < end {
            items.push(self.value(next, build)?);
            next = self.raw(next).next;
        }
        self.depth -= 1;
        Ok(items)
    }

    fn enter(&mut self) -> Result<(), Error> {
        self.depth += 1;
        let limit = self.limits.depth;
        if self.depth > limit { Err(Error::TooDeep { limit }) } else { Ok(()) }
    }

    fn enter_alias(&mut self, at: u32) -> Result<(), Error> {
        if self.aliases.enter(at) {
            return Ok(());
        }
        let name = self.document.text(&self.raw(at)).to_owned();
        Err(Error::SelfReference { name })
    }

    /// Notes a number that JSON does not have.
    fn note_number(&mut self, scalar: &Scalar<'_>) {
        if matches!(scalar, Scalar::Float(number) if !number.is_finite()) {
            self.unsupported_number = Some(UnsupportedNumber);
        }
    }

    /// Reads the entries of a mapping into one that is open, which may be another that it is merged
    /// into.
    fn entries<B: Build>(
        &mut self,
        at: u32,
        map: &mut OpenMap<B>,
        build: &mut B,
    ) -> Result<(), Error> {
        self.enter()?;
        let end = self.raw(at).next;
        let mut next = at + 1;
        while next < end {
            let (key, value) = (next, self.raw(next).next);
            next = self.raw(value).next;
            if self.document.is_merge(key) {
                self.merge(value, map, build)?;
            } else {
                self.entry(key, value, map, build)?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn entry<B: Build>(
        &mut self,
        key_at: u32,
        value_at: u32,
        map: &mut OpenMap<B>,
        build: &mut B,
    ) -> Result<(), Error> {
        let node = self.raw(key_at);
        let span = Span { start: node.start.offset, end: node.end };
        let key = self.key(key_at)?;
        let value = self.value(value_at, build)?;
        if self.duplicates.is_some() && self.note_duplicate(&key, value_at, &mut map.seen) {
            // The first one stays, in errors that show the mapping.
            return Ok(());
        }
        if matches!(key, Key::Null | Key::Uint(_)) {
            self.note_key(&key, value_at)?;
        }
        map.entries.push((build.key(&key, span), value));
        Ok(())
    }

    /// What the key stands for.
    fn key(&mut self, at: u32) -> Result<Key<'d>, Error> {
        let node = self.raw(at);
        match node.kind {
            RawKind::Scalar { .. } => {
                let document = self.document;
                self.count(document.text(&node).len())?;
                Ok(Key::of(document.scalar(&node)?))
            }
            RawKind::Alias(target) => {
                self.count(0)?;
                self.enter_alias(at)?;
                let key = self.key(target)?;
                self.aliases.leave();
                Ok(key)
            }
            RawKind::Sequence | RawKind::Mapping => {
                let shown = self.go_syntax(at)?;
                Err(Error::InvalidKey { shown, offset: node.start.offset })
            }
        }
    }

    fn go_syntax(&mut self, at: u32) -> Result<String, Error> {
        let shown = self.value(at, &mut GoSyntax)?;
        Ok(if shown == go_syntax::NIL { "<nil>".to_owned() } else { shown })
    }

    /// Whether the key has been seen before, which is noted.
    fn note_duplicate(
        &mut self,
        key: &Key<'_>,
        value: u32,
        seen: &mut BTreeSet<Key<'static>>,
    ) -> bool {
        if seen.insert(key.clone().into_owned()) {
            return false;
        }
        let line = self.raw(value).start.line + 1;
        if let Some(duplicates) = &mut self.duplicates {
            duplicates.push(DuplicateKey { shown: key.go_syntax(), line });
        }
        true
    }

    /// Notes a key that JSON does not have.
    fn note_key(&mut self, key: &Key<'_>, value: u32) -> Result<(), Error> {
        if self.unsupported_key.is_some() || !self.is_for_json {
            return Ok(());
        }
        // The value has been read already, without any error but those of the limits.
        let mut again = Decoder::new(self.document, self.limits);
        again.is_for_json = false;
        let value = again.go_syntax(value)?;
        let (kind, key) = (key.go_type().to_owned(), key.go_syntax());
        self.unsupported_key = Some(Error::UnsupportedKey { kind, key, value });
        Ok(())
    }

    /// Merges a mapping, or several, of which the first one counts most.
    fn merge<B: Build>(
        &mut self,
        at: u32,
        map: &mut OpenMap<B>,
        build: &mut B,
    ) -> Result<(), Error> {
        let node = self.raw(at);
        if node.kind != RawKind::Sequence {
            return self.merge_one(at, map, build);
        }
        let mut items = Vec::new();
        let mut next = at + 1;
        while next < node.next {
            items.push(next);
            next = self.raw(next).next;
        }
        items.into_iter().rev().try_for_each(|item| self.merge_one(item, map, build))
    }

    fn merge_one<B: Build>(
        &mut self,
        at: u32,
        map: &mut OpenMap<B>,
        build: &mut B,
    ) -> Result<(), Error> {
        let node = self.raw(at);
        match node.kind {
            RawKind::Mapping => {
                self.count(0)?;
                self.entries(at, map, build)
            }
            RawKind::Alias(target) if self.raw(target).kind == RawKind::Mapping => {
                self.count(0)?;
                self.enter_alias(at)?;
                self.count(0)?;
                self.entries(target, map, build)?;
                self.aliases.leave();
                Ok(())
            }
            _ => Err(Error::MergeNotMapping { offset: node.start.offset }),
        }
    }
}
