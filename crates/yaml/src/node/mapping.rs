use super::Node;
use crate::span::Span;

/// How many entries are looked through one by one.
const FEW: usize = 8;

/// The entries of a mapping in the order of the text, no key twice.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    entries: Vec<Entry>,
    /// The places of the entries in the order of their keys, if there are many.
    sorted: Vec<u32>,
}

/// A key of a mapping and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, as JSON has it: `yes` is `true`.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Mapping {
    /// The entries in the order of the text.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The entries, to take apart.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// How many entries there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.get_entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key.
    pub fn get_entry(&self, key: &str) -> Option<&Entry> {
        if self.sorted.is_empty() {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let by_key = |&at: &u32| self.entries[at as usize].key.as_str().cmp(key);
        let at = self.sorted.binary_search_by(by_key).ok()?;
        Some(&self.entries[self.sorted[at] as usize])
    }

    /// The entries in the order of their keys, as JSON in Go has them.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = &Entry> {
        let mut few = Vec::new();
        if self.sorted.is_empty() {
            few.extend(&self.entries);
            few.sort_by(|a: &&Entry, b| a.key.cmp(&b.key));
        }
        few.into_iter().chain(self.sorted.iter().map(|&at| &self.entries[at as usize]))
    }

    fn sort(&mut self) {
        let count = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.sorted = (0..count).collect();
        let entries = &self.entries;
        self.sorted.sort_by(|&a, &b| entries[a as usize].key.cmp(&entries[b as usize].key));
    }

    /// Takes out what a later entry with the same key replaces.
    fn drop_replaced(&mut self) {
        let mut keep = vec![true; self.entries.len()];
        for pair in self.sorted.windows(2) {
            let (first, second) = (pair[0] as usize, pair[1] as usize);
            if self.entries[first].key == self.entries[second].key {
                keep[first] = false;
            }
        }
        if keep.iter().all(|&keep| keep) {
            return;
        }
        let mut keep = keep.into_iter();
        self.entries.retain(|_| keep.next().unwrap_or(true));
        self.sort();
    }
}

impl FromIterator<Entry> for Mapping {
    /// Of entries with the same key, the last one stays.
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut mapping = Self { entries: entries.into_iter().collect(), sorted: Vec::new() };
        if mapping.entries.len() > 1 {
            let few = mapping.entries.len() <= FEW;
            let has_twins = few
                && mapping.entries.iter().enumerate().any(|(at, entry)| {
                    mapping.entries[..at].iter().any(|before| before.key == entry.key)
                });
            if !few || has_twins {
                mapping.sort();
                mapping.drop_replaced();
            }
        }
        mapping
    }
}

impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<'a> IntoIterator for &'a Mapping {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}
