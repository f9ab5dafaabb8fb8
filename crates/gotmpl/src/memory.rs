use std::cell::{Cell, RefCell};
use std::rc::Rc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use rhumb_value::{Map, Text, Watch};

use crate::ast::Template;

/// What a rendering may remember of its templates.
///
/// Charts include a few small templates, such as that of their labels, again and again with the same
/// dot. What one made is remembered if it is sure to come out the same: nothing but the dot decided
/// on it, the dot has not changed, and neither has anything that templates were given. So it is as if
/// the template had run again. Only for dots of a type with a name, as those of charts are.
///
/// What can be reached from a dot is watched; so what templates put there is watched from then on.
#[derive(Debug)]
pub struct Memory {
    /// Watches everything that templates are given.
    pub watch: Watch,
    /// Keys of dots, with capitals in front, whose values may change from one template to the next, or lead to such values.
    pub volatile: &'static [&'static str],
    /// Functions that pass a map on as the dot of a template, and do nothing else with it.
    pub runners: &'static [&'static str],
}

impl Memory {
    /// Bytes of a text that is remembered. Those of names and labels are short; longer ones are seldom
    /// asked for twice, and take room.
    pub(crate) const MAX_TEXT: usize = 1 << 14;

    /// Whether a key of a dot is one of those that may change.
    pub(crate) fn is_volatile(&self, key: &[u8]) -> bool {
        self.volatile.iter().any(|volatile| volatile.as_bytes() == key)
    }

    /// Whether a map has a key that may change.
    pub(crate) fn has_volatile(&self, map: &Map) -> bool {
        self.volatile.iter().any(|volatile| map.contains(volatile.as_bytes()))
    }
}

/// What a template made, and what that took.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) text: Text,
    pub(crate) used: Used,
}

/// How much of its limits a rendering has used.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used {
    pub(crate) bytes: usize,
    pub(crate) steps: u64,
}

impl Used {
    /// What was used since.
    pub(crate) fn since(self, before: Self) -> Self {
        let bytes = self.bytes.saturating_sub(before.bytes);
        Self { bytes, steps: self.steps.saturating_sub(before.steps) }
    }
}

/// What templates made, by themselves and their dots.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    entries: RefCell<IndexMap<Key, Entry, RandomState>>,
    /// How many changes there had been when they were made.
    changes: Cell<u64>,
}

/// Where a template and a dot are in memory.
type Key = (usize, usize);

#[derive(Debug)]
struct Entry {
    made: Made,
    /// Both stay where they are.
    _kept: (Rc<Template>, Map),
}

fn key(template: &Rc<Template>, dot: &Map) -> Key {
    (Rc::as_ptr(template).addr(), dot.address())
}

impl Texts {
    /// Forgets what was made before the last change.
    pub(crate) fn forget_before(&self, changes: u64) {
        if self.changes.replace(changes) != changes {
            self.entries.borrow_mut().clear();
        }
    }

    pub(crate) fn get(&self, template: &Rc<Template>, dot: &Map) -> Option<Made> {
        self.entries.borrow().get(&key(template, dot)).map(|entry| entry.made.clone())
    }

    pub(crate) fn insert(&self, template: &Rc<Template>, dot: &Map, made: Made) {
        let kept = (Rc::clone(template), dot.clone());
        self.entries.borrow_mut().insert(key(template, dot), Entry { made, _kept: kept });
    }
}

#[cfg(test)]
mod tests;
