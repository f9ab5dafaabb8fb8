use std::cell::{OnceCell, Ref, RefCell};
use std::rc::Rc;

use crate::bury::{bury, is_nested};
use crate::{Entries, Text, Type, Value, Watch};

/// A Go map with text keys, shared and mutable, iterated in byte order of its keys.
#[derive(Clone, Debug)]
pub struct Map {
    pub(crate) inner: Rc<Content>,
    /// The Go type through which this map is seen, if it is another than its own.
    seen_as: Option<&'static Type>,
}

/// What a map is.
#[derive(Debug)]
pub(crate) struct Content {
    kind: Type,
    pub(crate) entries: RefCell<Entries>,
    is_nil: bool,
    /// Who is told when it changes.
    watch: OnceCell<Watch>,
}

impl Drop for Content {
    fn drop(&mut self) {
        let entries = self.entries.get_mut();
        if entries.values().any(is_nested) {
            bury(std::mem::take(entries).into_values().collect());
        }
    }
}

impl Map {
    /// An empty `map[string]interface {}`.
    pub fn new() -> Self {
        Self::typed(Type::MAP, Entries::default())
    }

    /// A map of another Go type, such as `common.Values`; the values must be of its element type.
    pub fn typed(kind: Type, entries: Entries) -> Self {
        Self::of(kind, entries, false)
    }

    /// The nil map of a type: empty, but `null` in JSON, and Go cannot set its keys.
    pub fn nil(kind: Type) -> Self {
        Self::of(kind, Entries::default(), true)
    }

    fn of(kind: Type, entries: Entries, is_nil: bool) -> Self {
        let (entries, watch) = (RefCell::new(entries), OnceCell::new());
        Self { inner: Rc::new(Content { kind, entries, is_nil, watch }), seen_as: None }
    }

    /// Whether this is the nil map.
    pub fn is_nil(&self) -> bool {
        self.inner.is_nil
    }

    /// The same map, seen as one of another Go type with the same elements.
    #[must_use]
    pub fn seen_as(&self, kind: &'static Type) -> Self {
        Self { inner: Rc::clone(&self.inner), seen_as: Some(kind) }
    }

    /// The Go type.
    pub fn kind(&self) -> Type {
        self.seen_as.copied().unwrap_or(self.inner.kind)
    }

    /// Whether its Go type has a name, and so perhaps methods.
    #[inline]
    pub fn is_named(&self) -> bool {
        matches!(self.seen_as.unwrap_or(&self.inner.kind), Type::Named(..))
    }

    /// Whether its values are of any type, as those of nearly all maps are.
    #[inline]
    pub fn holds_any(&self) -> bool {
        let mut kind = self.seen_as.unwrap_or(&self.inner.kind);
        while let Type::Named(_, inner) = kind {
            kind = inner;
        }
        matches!(kind, Type::Map(Type::Interface))
    }

    /// The Go type of its values.
    pub fn element(&self) -> Type {
        match self.kind().underlying() {
            Type::Map(element) => *element,
            _ => Type::Interface,
        }
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: &[u8]) -> Option<Value> {
        self.inner.entries.borrow().get(key).cloned()
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.inner.entries.borrow().get(key).is_some()
    }

    /// Sets a key, for everyone who shares the map.
    pub fn set(&self, key: impl Into<Text>, value: Value) {
        let key = key.into();
        if let Some(watch) = self.inner.watch.get()
            && !self.entries().get(key.as_bytes()).is_some_and(|old| old.is_same(&value))
        {
            watch.note_new(&value);
        }
        self.inner.entries.borrow_mut().insert(key, value);
    }

    /// Removes a key, for everyone who shares the map.
    pub fn remove(&self, key: &[u8]) -> Option<Value> {
        let removed = self.inner.entries.borrow_mut().remove(key);
        if let (Some(watch), Some(_)) = (self.inner.watch.get(), &removed) {
            watch.note_change();
        }
        removed
    }

    /// Tells `watch` of changes, unless another one is told already.
    pub(crate) fn set_watch(&self, watch: &Watch) -> bool {
        self.inner.watch.set(watch.clone()).is_ok()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.inner.entries.borrow().len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, to read; the map must not be changed while they are held.
    pub fn entries(&self) -> Ref<'_, Entries> {
        self.inner.entries.borrow()
    }

    /// A copy of the entries, which later changes to the map do not reach.
    pub fn snapshot(&self) -> Vec<(Text, Value)> {
        self.inner
            .entries
            .borrow()
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// Whether its own Go type has a name, whatever it is seen as.
    pub(crate) fn has_own_name(&self) -> bool {
        matches!(self.inner.kind, Type::Named(..))
    }

    /// Whether its own Go type has a name, and it is seen as of that type.
    pub fn is_named_itself(&self) -> bool {
        self.seen_as.is_none() && self.has_own_name()
    }

    /// Where it is in memory, as `%p` prints it.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.inner).addr()
    }

    /// Whether both are the same map, not just equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl FromIterator<(Text, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(entries: I) -> Self {
        Self::typed(Type::MAP, entries.into_iter().collect())
    }
}
