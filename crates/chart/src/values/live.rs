use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::node::{Data, Node, Origin, Table, find};

/// A map that can be changed by everyone who shares it, as Go's maps are.
///
/// Helm's merging changes maps in place, some of which are in two places at once, so that a change
/// shows in both; templates can see it. Trees that nobody has changed yet stay as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Live(Rc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// In byte order of their keys, no key twice.
    entries: RefCell<Vec<(Arc<str>, Item)>>,
    origin: Option<Origin>,
}

#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A value that nobody changes, or a map of which this is the only place.
    Fixed(Node),
    Live(Live),
}

impl Item {
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Fixed(node) if node.is_null())
    }

    pub(super) fn is_table(&self) -> bool {
        matches!(self, Self::Live(_) | Self::Fixed(Node { data: Data::Map(_), .. }))
    }

    /// What a key has, if this is a map.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        match self {
            Self::Live(live) => live.get(key),
            Self::Fixed(node) => node.table()?.get(key).cloned().map(Self::Fixed),
        }
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        if let Self::Fixed(node) = self { node.as_bool() } else { None }
    }

    /// The value as it is now.
    pub(super) fn node(&self) -> Node {
        match self {
            Self::Fixed(node) => node.clone(),
            Self::Live(live) => Node::from(live.freeze(false)),
        }
    }
}

impl From<Live> for Item {
    fn from(live: Live) -> Self {
        Self::Live(live)
    }
}

impl From<Node> for Item {
    fn from(node: Node) -> Self {
        Self::Fixed(node)
    }
}

/// What changes in the entries of a map, in their order: each with the number of the entry that it
/// is about, or stands before.
#[derive(Debug)]
pub(super) struct Changes<T>(Vec<(usize, Change<T>)>);

#[derive(Debug)]
enum Change<T> {
    Add(Arc<str>, T),
    Replace(T),
    Remove,
}

impl<T> Changes<T> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entry before another one.
    pub(super) fn add(&mut self, at: usize, key: &Arc<str>, item: impl Into<T>) {
        self.0.push((at, Change::Add(Arc::clone(key), item.into())));
    }

    pub(super) fn replace(&mut self, at: usize, item: T) {
        self.0.push((at, Change::Replace(item)));
    }

    pub(super) fn remove(&mut self, at: usize) {
        self.0.push((at, Change::Remove));
    }

    pub(super) fn apply(self, entries: Vec<(Arc<str>, T)>) -> Vec<(Arc<str>, T)> {
        let mut changed = Vec::with_capacity(entries.len() + self.0.len());
        let (mut old, mut next) = (entries.into_iter(), 0);
        for (at, change) in self.0 {
            changed.extend(old.by_ref().take(at - next));
            next = at;
            if let Change::Add(key, item) = change {
                changed.push((key, item));
                continue;
            }
            next += 1;
            if let (Some((key, _)), Change::Replace(item)) = (old.next(), change) {
                changed.push((key, item));
            }
        }
        changed.extend(old);
        changed
    }
}

impl Live {
    /// A copy of a map that nobody shares.
    pub(super) fn copy(table: &Table) -> Self {
        Self::with_origin(table, None)
    }

    fn with_origin(table: &Table, origin: Option<Origin>) -> Self {
        let entries = table
            .entries()
            .iter()
            .map(|(key, node)| (Arc::clone(key), Item::Fixed(node.clone())))
            .collect();
        Self(Rc::new(Shared { entries: RefCell::new(entries), origin }))
    }

    /// The entries, by key.
    pub(super) fn entries(&self) -> Ref<'_, [(Arc<str>, Item)]> {
        Ref::map(self.0.entries.borrow(), Vec::as_slice)
    }

    pub(super) fn get(&self, key: &str) -> Option<Item> {
        let entries = self.entries();
        find(&entries, key).ok().map(|at| entries[at].1.clone())
    }

    /// What is at a path, with dots between the keys.
    pub(super) fn at(&self, path: &str) -> Option<Item> {
        let mut keys = path.split('.');
        let first = self.get(keys.next()?)?;
        keys.try_fold(first, |item, key| item.get(key))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        find(&self.entries(), key).is_ok()
    }

    pub(super) fn set(&self, key: impl Into<Arc<str>>, item: impl Into<Item>) {
        let (key, item) = (key.into(), item.into());
        let mut entries = self.0.entries.borrow_mut();
        match find(&entries, &key) {
            Ok(at) => entries[at].1 = item,
            Err(at) => entries.insert(at, (key, item)),
        }
    }

    pub(super) fn change(&self, changes: Changes<Item>) {
        if !changes.is_empty() {
            self.0.entries.replace_with(|entries| changes.apply(std::mem::take(entries)));
        }
    }

    pub(super) fn keys(&self) -> Vec<Arc<str>> {
        self.entries().iter().map(|(key, _)| Arc::clone(key)).collect()
    }

    pub(super) fn null_keys(&self) -> Vec<Arc<str>> {
        let entries = self.entries();
        let nulls = entries.iter().filter(|(_, item)| item.is_null());
        nulls.map(|(key, _)| Arc::clone(key)).collect()
    }

    /// The map of a key, which from now on can be shared; nothing if it is no map.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let mut entries = self.0.entries.borrow_mut();
        let at = find(&entries, key).ok()?;
        entries[at].1.share()
    }

    /// A copy whose inner maps are the same as this one's.
    pub(super) fn shallow_copy(&self) -> Self {
        for (_, item) in self.0.entries.borrow_mut().iter_mut() {
            item.share();
        }
        let entries = self.0.entries.borrow().clone();
        Self(Rc::new(Shared { entries: RefCell::new(entries), origin: self.0.origin.clone() }))
    }

    /// The map at a path, with dots between the keys; on failure the key that is no map.
    pub(super) fn table_at<'p>(&self, path: &'p str) -> Result<Self, &'p str> {
        path.split('.').try_fold(self.clone(), |live, key| live.table(key).ok_or(key))
    }

    /// The tree as it is now. With `mark`, maps in two places are marked as one.
    pub(super) fn freeze(&self, mark: bool) -> Table {
        let mut freeze = Freeze { mark, seen: BTreeMap::new() };
        freeze.table(self)
    }
}

impl Item {
    /// The map that it is, which from now on can be shared; nothing if it is none.
    fn share(&mut self) -> Option<Live> {
        let live = match self {
            Self::Live(live) => return Some(live.clone()),
            Self::Fixed(Node { data: Data::Map(table), origin }) => {
                Live::with_origin(table, origin.take())
            }
            Self::Fixed(_) => return None,
        };
        *self = Self::Live(live.clone());
        Some(live)
    }
}

struct Freeze {
    mark: bool,
    seen: BTreeMap<*const Shared, Arc<Table>>,
}

impl Freeze {
    fn table(&mut self, live: &Live) -> Table {
        let entries = live.entries();
        let entries = entries.iter().map(|(key, item)| {
            let node = match item {
                Item::Fixed(node) => node.clone(),
                Item::Live(live) => {
                    Node { data: Data::Map(self.inner(live)), origin: live.0.origin.clone() }
                }
            };
            (Arc::clone(key), node)
        });
        entries.collect()
    }

    fn inner(&mut self, live: &Live) -> Arc<Table> {
        if !self.mark || Rc::strong_count(&live.0) == 1 {
            return Arc::new(self.table(live));
        }
        let place = Rc::as_ptr(&live.0);
        if let Some(table) = self.seen.get(&place) {
            return Arc::clone(table);
        }
        let mut table = self.table(live);
        table.shared = u32::try_from(self.seen.len() + 1).unwrap_or(0);
        let table = Arc::new(table);
        self.seen.insert(place, Arc::clone(&table));
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(list: &[(&str, u8)]) -> Vec<(Arc<str>, u8)> {
        list.iter().map(|(key, item)| (Arc::from(*key), *item)).collect()
    }

    #[test]
    fn changes_keep_the_order() {
        let mut changes = Changes::new();
        changes.add(0, &"a".into(), 10);
        changes.replace(0, 20);
        changes.remove(1);
        changes.add(3, &"e".into(), 50);
        changes.add(3, &"f".into(), 60);
        changes.replace(3, 70);
        changes.add(5, &"i".into(), 90);
        let old = entries(&[("b", 2), ("c", 3), ("d", 4), ("g", 7), ("h", 8)]);
        let new =
            [("a", 10), ("b", 20), ("d", 4), ("e", 50), ("f", 60), ("g", 70), ("h", 8), ("i", 90)];
        assert_eq!(changes.apply(old), entries(&new));
        assert_eq!(Changes::new().apply(entries(&[("a", 1)])), entries(&[("a", 1)]));
    }
}
