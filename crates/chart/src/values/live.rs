use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::node::{Data, Node, Origin, Table};

/// A map that can be changed by everyone who shares it, as Go's maps are.
///
/// Helm's merging changes maps in place, some of which are in two places at once, so that a change
/// shows in both; templates can see it. Trees that nobody has changed yet stay as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Live(Rc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    entries: RefCell<BTreeMap<Arc<str>, Item>>,
    origin: Option<Origin>,
}

#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A value that nobody changes, or a map of which this is the only place.
    Fixed(Node),
    Live(Live),
}

/// What a key of a map has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Missing,
    Null,
    Table,
    Other,
}

impl Item {
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Fixed(node) if node.is_null())
    }

    pub(super) fn is_table(&self) -> bool {
        matches!(self, Self::Live(_) | Self::Fixed(Node { data: Data::Map(_), .. }))
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

    pub(super) fn get(&self, key: &str) -> Option<Item> {
        self.0.entries.borrow().get(key).cloned()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.entries.borrow().is_empty()
    }

    /// What kind of value a key has.
    pub(super) fn look(&self, key: &str) -> Look {
        match self.0.entries.borrow().get(key) {
            None => Look::Missing,
            Some(item) if item.is_null() => Look::Null,
            Some(item) if item.is_table() => Look::Table,
            Some(_) => Look::Other,
        }
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.0.entries.borrow().contains_key(key)
    }

    pub(super) fn set(&self, key: impl Into<Arc<str>>, item: impl Into<Item>) {
        self.0.entries.borrow_mut().insert(key.into(), item.into());
    }

    pub(super) fn remove(&self, key: &str) {
        self.0.entries.borrow_mut().remove(key);
    }

    pub(super) fn keys(&self) -> Vec<Arc<str>> {
        self.0.entries.borrow().keys().cloned().collect()
    }

    pub(super) fn null_keys(&self) -> Vec<Arc<str>> {
        let entries = self.0.entries.borrow();
        let nulls = entries.iter().filter(|(_, item)| item.is_null());
        nulls.map(|(key, _)| Arc::clone(key)).collect()
    }

    /// The map of a key, which from now on can be shared; nothing if it is no map.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let mut entries = self.0.entries.borrow_mut();
        let item = entries.get_mut(key)?;
        let live = match item {
            Item::Live(live) => return Some(live.clone()),
            Item::Fixed(Node { data: Data::Map(table), origin }) => {
                Self::with_origin(table, origin.clone())
            }
            Item::Fixed(_) => return None,
        };
        *item = Item::Live(live.clone());
        Some(live)
    }

    /// A copy whose inner maps are the same as this one's.
    pub(super) fn shallow_copy(&self) -> Self {
        for key in self.keys() {
            self.table(&key);
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

struct Freeze {
    mark: bool,
    seen: BTreeMap<*const Shared, Arc<Table>>,
}

impl Freeze {
    fn table(&mut self, live: &Live) -> Table {
        let entries = live.0.entries.borrow();
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
