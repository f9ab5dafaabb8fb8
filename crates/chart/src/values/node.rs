use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rhumb_report::Span;
use rhumb_value::{Entries, Text, Type, Value};

/// Where a value was written: a byte range of a file or of a `--set` argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    source: Arc<str>,
    start: u32,
    end: u32,
}

impl Origin {
    /// A byte range of `source`; what is past 4 GiB points at the end of that.
    pub fn new(source: &Arc<str>, bytes: &Range<usize>) -> Self {
        let short = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source: Arc::clone(source), start: short(bytes.start), end: short(bytes.end) }
    }

    /// A path such as `web/values.yaml` or `prod.yaml`, or an argument such as `--set a=1`, in which
    /// case the byte range counts from the start of that text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The same as a span.
    pub fn span(&self) -> Span {
        Span { source: Arc::clone(&self.source), bytes: self.start as usize..self.end as usize }
    }
}

/// One value of a tree of values. It never changes, and may be sent between threads.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The value itself.
    pub data: Data,
    /// Where it was written, unless it was made by a program.
    pub origin: Option<Origin>,
}

/// What a [`Node`] can be. Numbers of files are floating-point, since Helm reads them through JSON;
/// those of `--set` are `int64`.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// `null`
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// An `int64`.
    Int(i64),
    /// A `float64`.
    Float(f64),
    /// A text; bytes, since `--set-file` takes any file.
    Text(Arc<[u8]>),
    /// A list.
    List(Arc<[Node]>),
    /// A map.
    Map(Arc<Table>),
}

/// Where a key is among entries in byte order of their keys, or where it belongs.
pub(super) fn find<T>(entries: &[(Arc<str>, T)], key: &str) -> Result<usize, usize> {
    entries.binary_search_by(|(known, _)| (**known).cmp(key))
}

/// A map of values, in byte order of its keys.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Sorted, no key twice.
    entries: Vec<(Arc<str>, Node)>,
    /// Whether there may be a `null` in it or in a map in it.
    may_have_null: bool,
    /// Not zero if the same map is also elsewhere in the tree, under the same number.
    pub(crate) shared: u32,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        find(&self.entries, key).ok().map(|at| &self.entries[at].1)
    }

    /// The value of a key, to change.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.may_have_null = true;
        find(&self.entries, key).ok().map(|at| &mut self.entries[at].1)
    }

    /// Sets a key.
    pub(crate) fn insert(&mut self, key: &str, node: Node) {
        self.may_have_null |= node.may_have_null();
        match find(&self.entries, key) {
            Ok(at) => self.entries[at].1 = node,
            Err(at) => self.entries.insert(at, (key.into(), node)),
        }
    }

    /// Adds keys that are not there yet.
    pub(super) fn extend(&mut self, new: Vec<(Arc<str>, Node)>) {
        if !new.is_empty() {
            self.may_have_null |= new.iter().any(|(_, node)| node.may_have_null());
            self.entries.extend(new);
            self.entries.sort_by(|a, b| a.0.cmp(&b.0));
        }
    }

    /// Whether there is a `null` in it or in a map in it.
    pub(super) fn has_null(&self) -> bool {
        let is_null = |node: &Node| match &node.data {
            Data::Null => true,
            Data::Map(table) => table.has_null(),
            _ => false,
        };
        self.may_have_null && self.entries.iter().any(|(_, node)| is_null(node))
    }

    /// The entries, by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Node)> {
        self.entries.iter().map(|(key, node)| (&**key, node))
    }

    /// The entries, by key, whose keys can be shared.
    pub(super) fn entries(&self) -> &[(Arc<str>, Node)] {
        &self.entries
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

impl FromIterator<(Arc<str>, Node)> for Table {
    /// Of equal keys, the last one stays.
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Node)>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        if !entries.is_sorted_by(|a, b| a.0 < b.0) {
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            entries.dedup_by(|later, kept| {
                let is_twin = later.0 == kept.0;
                if is_twin {
                    std::mem::swap(later, kept);
                }
                is_twin
            });
        }
        let may_have_null = entries.iter().any(|(_, node)| node.may_have_null());
        Self { entries, may_have_null, shared: 0 }
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            _ => false,
        }
    }
}

impl From<Data> for Node {
    fn from(data: Data) -> Self {
        Self { data, origin: None }
    }
}

impl From<Table> for Node {
    fn from(table: Table) -> Self {
        Data::Map(Arc::new(table)).into()
    }
}

impl Node {
    /// A text that no file has.
    pub fn text(text: &str) -> Self {
        Data::Text(text.as_bytes().into()).into()
    }

    /// The map, if it is one.
    pub fn table(&self) -> Option<&Arc<Table>> {
        if let Data::Map(table) = &self.data { Some(table) } else { None }
    }

    /// The text, if it is one in UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        if let Data::Text(text) = &self.data { str::from_utf8(text).ok() } else { None }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Data::Bool(value) = self.data { Some(value) } else { None }
    }

    fn may_have_null(&self) -> bool {
        match &self.data {
            Data::Null => true,
            Data::Map(table) => table.may_have_null,
            _ => false,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// The Go type, as `%T` prints it.
    pub fn go_type(&self) -> &'static str {
        match self.data {
            Data::Null => "<nil>",
            Data::Bool(_) => "bool",
            Data::Int(_) => "int64",
            Data::Float(_) => "float64",
            Data::Text(_) => "string",
            Data::List(_) => "[]interface {}",
            Data::Map(_) => "map[string]interface {}",
        }
    }

    /// The same as a value of templates: a fresh copy, in which maps that are one map here are one
    /// map too.
    pub fn to_value(&self) -> Value {
        Thaw::default().value(self)
    }
}

impl Table {
    /// The same as a map of templates of the Go type `kind`, such as `common.Values`.
    pub fn to_map(&self, kind: Type) -> rhumb_value::Map {
        rhumb_value::Map::typed(kind, Thaw::default().entries(self))
    }
}

/// Copies a tree into template values; remembers shared maps by number.
#[derive(Default)]
struct Thaw {
    shared: BTreeMap<u32, rhumb_value::Map>,
}

impl Thaw {
    fn value(&mut self, node: &Node) -> Value {
        match &node.data {
            Data::Null => Value::Nil,
            Data::Bool(value) => Value::Bool(*value),
            Data::Int(value) => Value::int64(*value),
            Data::Float(value) => Value::float(*value),
            Data::Text(text) => Value::Text(Text::from(&**text)),
            Data::List(items) => {
                rhumb_value::List::grown(items.iter().map(|item| self.value(item)).collect()).into()
            }
            Data::Map(table) => Value::Map(self.map(table)),
        }
    }

    fn map(&mut self, table: &Table) -> rhumb_value::Map {
        if let Some(map) = self.shared.get(&table.shared) {
            return map.clone();
        }
        let map = rhumb_value::Map::typed(Type::MAP, self.entries(table));
        if table.shared != 0 {
            self.shared.insert(table.shared, map.clone());
        }
        map
    }

    fn entries(&mut self, table: &Table) -> Entries {
        table.iter().map(|(key, node)| (Text::from(key), self.value(node))).collect()
    }
}

impl fmt::Display for Node {
    /// As Go's `%v` prints it, such as `map[a:1 b:[x y]]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.data {
            Data::Null => f.write_str("<nil>"),
            Data::Bool(value) => write!(f, "{value}"),
            Data::Int(value) => write!(f, "{value}"),
            Data::Float(value) => f.write_str(&super::number::print(*value)),
            Data::Text(text) => f.write_str(&String::from_utf8_lossy(text)),
            Data::List(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if i == 0 { "" } else { " " })?;
                }
                f.write_str("]")
            }
            Data::Map(table) => {
                f.write_str("map[")?;
                for (i, (key, item)) in table.iter().enumerate() {
                    write!(f, "{}{key}:{item}", if i == 0 { "" } else { " " })?;
                }
                f.write_str("]")
            }
        }
    }
}

impl From<Arc<Table>> for Node {
    fn from(table: Arc<Table>) -> Self {
        Data::Map(table).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_knows_whether_null_is_in_it() {
        let inner = |node: Node| Table::from_iter([("k".into(), node)]);
        assert!(!inner(Data::Bool(true).into()).has_null());
        assert!(inner(Node::default()).has_null());
        assert!(inner(inner(Node::default()).into()).has_null());
        let list = Data::List([Node::default()].into());
        assert!(!inner(list.into()).has_null(), "only maps are looked into");

        let mut table = inner(inner(Data::Bool(true).into()).into());
        if let Some(Node { data: Data::Map(inner), .. }) = table.get_mut("k") {
            Arc::make_mut(inner).insert("new", Node::default());
        }
        assert!(table.has_null());
        table.insert("k", Data::Bool(true).into());
        assert!(!table.has_null());
        table.extend(vec![("l".into(), Node::default())]);
        assert!(table.has_null());
    }
}
