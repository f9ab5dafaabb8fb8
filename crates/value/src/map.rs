use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::{Text, Type, Value};

/// A Go map with text keys, shared and mutable, iterated in byte order of its keys.
#[derive(Clone, Debug)]
pub struct Map(Rc<(Type, RefCell<BTreeMap<Text, Value>>)>);

impl Map {
    /// An empty `map[string]interface {}`.
    pub fn new() -> Self {
        Self::typed(Type::MAP, BTreeMap::new())
    }

    /// A map of another Go type, such as `common.Values`; the values must be of its element type.
    pub fn typed(kind: Type, entries: BTreeMap<Text, Value>) -> Self {
        Self(Rc::new((kind, RefCell::new(entries))))
    }

    /// The Go type.
    pub fn kind(&self) -> Type {
        self.0.0
    }

    /// The Go type of its values.
    pub fn element(&self) -> Type {
        match self.kind().underlying() {
            Type::Map(element) => *element,
            _ => Type::Interface,
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Option<Value> {
        self.0.1.borrow().get(key).cloned()
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.0.1.borrow().contains_key(key)
    }

    /// Sets a key, for everyone who shares the map.
    pub fn set(&self, key: impl Into<Text>, value: Value) {
        self.0.1.borrow_mut().insert(key.into(), value);
    }

    /// Removes a key, for everyone who shares the map.
    pub fn remove(&self, key: &[u8]) -> Option<Value> {
        self.0.1.borrow_mut().remove(key)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.1.borrow().len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, to read; the map must not be changed while they are held.
    pub fn entries(&self) -> Ref<'_, BTreeMap<Text, Value>> {
        self.0.1.borrow()
    }

    /// A copy of the entries, which later changes to the map do not reach.
    pub fn snapshot(&self) -> Vec<(Text, Value)> {
        self.0.1.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Where it is in memory, as `%p` prints it.
    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// Whether both are the same map, not just equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
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
