use std::collections::{BTreeMap, BTreeSet};

use rhumb_value::{List, Map, Text, Type, Value};

use super::dotted;

/// A table that is being filled.
pub(super) type Table = BTreeMap<String, Node>;

/// What a key holds while its file is being read.
#[derive(Debug)]
pub(super) enum Node {
    /// A value that nothing can be added to.
    Leaf(Value),
    /// A table, which later lines may add to.
    Table(Table),
    /// An array of tables, of which later lines may add to the last.
    Tables(Vec<Table>),
}

/// All that has been read so far, and which tables exist only because a longer key implied them.
#[derive(Debug, Default)]
pub(super) struct Tree {
    root: Table,
    implicit: BTreeSet<Vec<u8>>,
    arrays: BTreeSet<Vec<u8>>,
}

/// The table that new keys go into behind a key.
fn last_table(node: &mut Node) -> Option<&mut Table> {
    match node {
        Node::Leaf(_) => None,
        Node::Table(table) => Some(table),
        Node::Tables(tables) => tables.last_mut(),
    }
}

fn defined(path: &[String]) -> String {
    format!("Key '{}' has already been defined.", shown(path))
}

fn shown(path: &[String]) -> String {
    String::from_utf8_lossy(&dotted(path)).into_owned()
}

impl Tree {
    /// Notes that a table exists only by implication.
    pub(super) fn imply(&mut self, path: &[String]) {
        self.implicit.insert(dotted(path));
    }

    /// Notes whether the key holds an array in brackets, or something else.
    pub(super) fn note_array(&mut self, path: &[String], is_array: bool) {
        let key = if path.is_empty() { b"\"\"".to_vec() } else { dotted(path) };
        if is_array {
            self.arrays.insert(key);
        } else {
            self.arrays.remove(&key);
        }
    }

    /// Makes sure that all tables of a path are there; gives a message if one is no table.
    pub(super) fn reach(&mut self, path: &[String]) -> Result<(), String> {
        let mut table = &mut self.root;
        for (at, name) in path.iter().enumerate() {
            let so_far = &path[..=at];
            if !table.contains_key(name) {
                self.implicit.insert(dotted(so_far));
            }
            let node = table.entry(name.clone()).or_insert_with(|| Node::Table(Table::new()));
            table = last_table(node)
                .ok_or_else(|| format!("Key '{}' was already created as a hash.", shown(so_far)))?;
        }
        Ok(())
    }

    /// Opens a table whose parents are there, or adds one to an array of tables; gives a message
    /// if the key is taken.
    pub(super) fn open(&mut self, path: &[String], array: bool) -> Result<(), String> {
        let Some((last, parents)) = path.split_last() else { return Ok(()) };
        if !array {
            return self.set(parents, last, Node::Table(Table::new()));
        }
        let mut table = &mut self.root;
        for (at, name) in parents.iter().enumerate() {
            let Some(inner) = table.get_mut(name).and_then(last_table) else {
                return Err(defined(&path[..=at]));
            };
            table = inner;
        }
        match table.entry(last.clone()).or_insert_with(|| Node::Tables(Vec::new())) {
            Node::Tables(tables) => {
                tables.push(Table::new());
                Ok(())
            }
            _ => Err(format!(
                "Key '{}' was already created and cannot be used as an array.",
                shown(path)
            )),
        }
    }

    /// Sets a key of a table that is open; gives a message if the key is taken.
    pub(super) fn set(&mut self, table: &[String], key: &str, node: Node) -> Result<(), String> {
        let mut here = &mut self.root;
        for (at, name) in table.iter().enumerate() {
            let Some(inner) = here.get_mut(name) else {
                return Err(defined(&table[..=at]));
            };
            here = last_table(inner).ok_or_else(|| defined(&table[..=at]))?;
        }
        let mut path = table.to_vec();
        path.push(key.to_owned());
        if here.contains_key(key) {
            let name = dotted(&path);
            if !self.implicit.remove(&name) {
                return Err(defined(&path));
            }
            if !self.arrays.contains(&name) {
                return Ok(());
            }
        }
        here.insert(key.to_owned(), node);
        Ok(())
    }

    /// The whole, as a value.
    pub(super) fn into_map(self) -> Map {
        into_map(self.root)
    }
}

fn into_map(table: Table) -> Map {
    table.into_iter().map(|(key, node)| (Text::from(key), into_value(node))).collect()
}

fn into_value(node: Node) -> Value {
    match node {
        Node::Leaf(value) => value,
        Node::Table(table) => Value::Map(into_map(table)),
        Node::Tables(tables) => {
            let maps = tables.into_iter().map(|table| Value::Map(into_map(table))).collect();
            Value::List(List::typed(Type::List(&Type::MAP), maps))
        }
    }
}
