use std::collections::BTreeMap;

use crate::{Text, Value};

/// Maps with more entries are trees, so that adding one stays cheap.
const MAX_FEW: usize = 256;

/// The entries of a map, in byte order of their keys.
///
/// Nearly all maps are small, and most of what templates do is to look into them. So the entries are
/// a sorted list in which each key has its first eight bytes beside it, as a number: a look-up
/// compares numbers, and one key at the end.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    few: Vec<Entry>,
    /// All of them, once they are many; then the list is empty.
    many: BTreeMap<Text, Value>,
}

#[derive(Clone, Debug)]
struct Entry {
    prefix: u64,
    key: Text,
    value: Value,
}

impl Entry {
    /// Whether its key is this one, whose first bytes are the same.
    #[inline]
    fn has_rest_of(&self, key: &[u8]) -> bool {
        let known = self.key.as_bytes();
        known.len() == key.len() && (key.len() <= 8 || known.get(8..) == key.get(8..))
    }
}

/// The first eight bytes of a key, with zeros for what it does not have: keys whose prefixes differ
/// are in the order of these.
#[inline]
fn prefix(key: &[u8]) -> u64 {
    if let Some(first) = key.first_chunk() {
        return u64::from_be_bytes(*first);
    }
    if let (Some(first), Some(last)) = (key.first_chunk(), key.last_chunk()) {
        // They overlap.
        let missing = 8 * (8 - key.len());
        let last = u64::from(u32::from_be_bytes(*last)) << missing;
        return u64::from(u32::from_be_bytes(*first)) << 32 | last & u64::from(u32::MAX);
    }
    let place = |byte: u8, shift| u64::from(byte) << shift;
    match *key {
        [first, second, third] => place(first, 56) | place(second, 48) | place(third, 40),
        [first, second] => place(first, 56) | place(second, 48),
        [first] => place(first, 56),
        _ => 0,
    }
}

impl Entries {
    /// Where a key is in the list, or where it would be.
    #[inline]
    fn find(&self, key: &[u8]) -> Result<usize, usize> {
        let wanted = prefix(key);
        let mut at = self.few.partition_point(|entry| entry.prefix < wanted);
        while let Some(entry) = self.few.get(at)
            && entry.prefix == wanted
        {
            if entry.has_rest_of(key) {
                return Ok(at);
            }
            if entry.key.as_bytes() > key {
                break;
            }
            at += 1;
        }
        Err(at)
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: &[u8]) -> Option<&Value> {
        if !self.many.is_empty() {
            return self.get_of_many(key);
        }
        let wanted = prefix(key);
        let first = self.few.partition_point(|entry| entry.prefix < wanted);
        let mut same = self.few[first..].iter().take_while(|entry| entry.prefix == wanted);
        same.find(|entry| entry.has_rest_of(key)).map(|entry| &entry.value)
    }

    #[cold]
    fn get_of_many(&self, key: &[u8]) -> Option<&Value> {
        self.many.get(key)
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: Text, value: Value) {
        if !self.many.is_empty() {
            self.many.insert(key, value);
            return;
        }
        match self.find(key.as_bytes()) {
            Ok(at) => self.few[at].value = value,
            Err(at) => {
                let prefix = prefix(key.as_bytes());
                self.few.insert(at, Entry { prefix, key, value });
                self.settle();
            }
        }
    }

    /// Makes a tree of a list that has become long.
    fn settle(&mut self) {
        if self.few.len() > MAX_FEW {
            let few = std::mem::take(&mut self.few).into_iter();
            self.many = few.map(|entry| (entry.key, entry.value)).collect();
        }
    }

    /// Removes a key.
    pub fn remove(&mut self, key: &[u8]) -> Option<Value> {
        if !self.many.is_empty() {
            return self.many.remove(key);
        }
        self.find(key).ok().map(|at| self.few.remove(at).value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.few.len() + self.many.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Value)> {
        self.few.iter().map(|entry| (&entry.key, &entry.value)).chain(&self.many)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// The values, to take apart.
    pub(crate) fn into_values(self) -> impl Iterator<Item = Value> {
        self.few.into_iter().map(|entry| entry.value).chain(self.many.into_values())
    }
}

impl FromIterator<(Text, Value)> for Entries {
    /// Of a key that comes twice, the last value counts.
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let entry =
            |(key, value): (Text, Value)| Entry { prefix: prefix(key.as_bytes()), key, value };
        let mut few: Vec<_> = entries.map(entry).collect();
        let order = |a: &Entry, b: &Entry| (a.prefix, &a.key).cmp(&(b.prefix, &b.key));
        if !few.is_sorted_by(|a, b| order(a, b).is_lt()) {
            few.sort_by(order);
            few.dedup_by(|later, earlier| {
                let same = later.key == earlier.key;
                if same {
                    std::mem::swap(later, earlier);
                }
                same
            });
        }
        let mut entries = Self { few, many: BTreeMap::new() };
        entries.settle();
        entries
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(entries: &Entries) -> Vec<&[u8]> {
        entries.iter().map(|(key, _)| key.as_bytes()).collect()
    }

    #[test]
    fn zeros_in_keys_are_no_padding() {
        let all = ["", "\0", "a", "a\0", "a\0\0", "abcdefgh", "abcdefgh\0", "abcdefghi"];
        let entries: Entries = all.iter().rev().map(|key| (Text::from(*key), Value::Nil)).collect();
        assert_eq!(keys(&entries), all.map(str::as_bytes));
        assert!(all.iter().all(|key| entries.get(key.as_bytes()).is_some()));
        assert!(entries.get(b"\0\0").is_none());
    }

    proptest! {
        #[test]
        fn they_are_what_a_tree_would_be(
            steps in prop::collection::vec((any::<bool>(), "[a\\x00]{0,10}|[0-9]{1,3}"), 0..900),
        ) {
            let mut tree = BTreeMap::new();
            let mut entries = Entries::default();
            for (at, (removes, key)) in (0_i64..).zip(&steps) {
                if *removes && at % 3 == 0 {
                    prop_assert_eq!(
                        entries.remove(key.as_bytes()).is_some(),
                        tree.remove(key.as_bytes()).is_some()
                    );
                } else {
                    entries.insert(Text::from(&**key), Value::int(at));
                    tree.insert(key.as_bytes().to_vec(), at);
                }
            }
            let collected: Entries =
                entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            for entries in [entries, collected] {
                prop_assert_eq!(entries.len(), tree.len());
                prop_assert!(keys(&entries).into_iter().eq(tree.keys().map(Vec::as_slice)));
                let value = |value: &Value| match value { Value::Int(_, at) => *at, _ => -1 };
                let values: Vec<_> = entries.values().map(value).collect();
                prop_assert!(values.into_iter().eq(tree.values().copied()));
            }
        }
    }
}
