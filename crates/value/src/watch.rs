use std::cell::Cell;
use std::rc::Rc;

use crate::bury::is_nested;
use crate::{Map, Value};

/// Counts the changes of the maps and lists that it was set on, and of what is put into them.
#[derive(Clone, Debug, Default)]
pub struct Watch(Rc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    changes: Cell<u64>,
    /// Whether a map whose own type has a name, or one that has such a map in it, was put into
    /// another place.
    has_moved: Cell<bool>,
}

impl Watch {
    /// How many changes there were.
    pub fn changes(&self) -> u64 {
        self.0.changes.get()
    }

    /// Whether a watched map whose own type has a name, such as a dot, was put into what is watched,
    /// so that there is another way to it.
    pub fn has_seen_a_move(&self) -> bool {
        self.0.has_moved.get()
    }

    /// Makes a change that does not count.
    pub fn ignoring(&self, change: impl FnOnce()) {
        let Seen { changes, has_moved } = &*self.0;
        let before = (changes.get(), has_moved.get());
        change();
        changes.set(before.0);
        has_moved.set(before.1);
    }

    /// Watches a map, and all maps and lists that are in it. What is watched already stays so.
    pub fn set_on(&self, map: &Map) {
        self.reach(Value::Map(map.clone()), |_| {});
    }

    /// Notes that a value is put into something that is watched.
    pub(crate) fn note_new(&self, value: &Value) {
        self.note_change();
        if is_nested(value) {
            self.reach(value.clone(), |old| {
                if let Value::Map(old) = old
                    && (old.has_own_name() || old.entries().values().any(is_own_named))
                {
                    self.0.has_moved.set(true);
                }
            });
        }
    }

    /// Notes that something else has changed.
    pub fn note_change(&self) {
        self.0.changes.set(self.0.changes.get() + 1);
    }

    /// Watches all that a value leads to, up to what is watched already, which `old` is told.
    fn reach(&self, value: Value, old: impl Fn(&Value)) {
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            let nested = |value: &&Value| is_nested(value);
            match &value {
                Value::Map(map) if map.set_watch(self) => {
                    left.extend(map.entries().values().filter(nested).cloned());
                }
                Value::List(list) if list.set_watch(self) => {
                    left.extend(list.items().iter().filter(nested).cloned());
                }
                value => old(value),
            }
        }
    }
}

fn is_own_named(value: &Value) -> bool {
    matches!(value, Value::Map(map) if map.has_own_name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entries, List, Type};

    fn map(key: &'static str, value: impl Into<Value>) -> Map {
        [(key.into(), value.into())].into_iter().collect()
    }

    fn watched(map: &Map) -> Watch {
        let watch = Watch::default();
        watch.set_on(map);
        watch
    }

    #[test]
    fn changes_count_in_all_that_is_watched_and_nowhere_else() {
        let inner = Map::new();
        let outer = map("list", Value::list(vec![inner.clone().into()]));
        let watch = watched(&outer);
        map("a", "b").set("a", Value::Nil);
        outer.remove(b"none");
        watch.ignoring(|| inner.set("a", Value::int(1)));
        assert_eq!(watch.changes(), 0);
        inner.set("a", Value::int(1));
        assert_eq!(watch.changes(), 0, "it was that before");
        inner.set("a", Value::int64(1));
        outer.remove(b"list");
        assert_eq!(watch.changes(), 2);
        inner.set("a", Value::Nil);
        assert_eq!(watch.changes(), 3, "also of what is no longer there");
    }

    #[test]
    fn what_is_put_in_is_watched_from_then_on() {
        let (outer, new) = (Map::new(), Map::new());
        let watch = watched(&outer);
        new.set("a", Value::Nil);
        outer.set("new", map("in", new.clone()).into());
        assert_eq!(watch.changes(), 1);
        new.set("a", Value::Bool(true));
        assert_eq!(watch.changes(), 2);
    }

    #[test]
    fn sorting_is_a_change() {
        let texts = List::typed(Type::List(&Type::String), vec!["b".into(), "a".into()]);
        let watch = watched(&map("texts", texts.clone()));
        texts.sort_texts();
        texts.sort_texts();
        assert_eq!(watch.changes(), 1);
    }

    #[test]
    fn maps_of_types_with_names_do_not_move_unseen() {
        const NAMED: Type = Type::Named("common.Values", &Type::MAP);
        let outer = Map::typed(NAMED, Entries::default());
        let watch = watched(&outer);
        outer.set("plain", map("a", Value::Nil).into());
        assert!(!watch.has_seen_a_move());
        outer.set("ring", map("a", Value::list(vec![outer.seen_as(&Type::MAP).into()])).into());
        assert!(watch.has_seen_a_move());
        outer.remove(b"ring");
    }

    #[test]
    fn what_has_such_a_map_in_it_does_not_move_unseen() {
        const NAMED: Type = Type::Named("common.Values", &Type::MAP);
        let inner = Map::typed(NAMED, Entries::default());
        let above = map("inner", inner.seen_as(&Type::MAP));
        let outer = map("above", above.clone());
        let watch = watched(&outer);
        outer.set("again", above.into());
        assert!(watch.has_seen_a_move());
    }
}
