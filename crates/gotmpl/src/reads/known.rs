use std::collections::BTreeMap;

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To the value of a key, or to an item of a list by its number.
    Key(String),
    /// To all items of a list, or to all values of a map.
    Each,
}

/// The way from the values to one of them.
pub type Path = Vec<Step>;

/// How many values one thing may be.
const MAX_PATHS: usize = 12;
/// Steps of a path.
const MAX_STEPS: usize = 60;

/// Things within things that are kept; of what lies deeper only the paths are.
const MAX_SIZE: usize = 64;

/// What is known of a value without running anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The values that it may be.
    paths: Vec<Path>,
    /// What it has in it, if it was made by a template.
    entries: BTreeMap<String, Self>,
    /// The text or number that it is, as it can be a key.
    key: Option<String>,
}

impl Known {
    /// The value at a path.
    pub fn path(path: Path) -> Self {
        Self { paths: vec![path], ..Self::default() }
    }

    /// A text or a number that stands in a template.
    pub fn key(key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::default() }
    }

    /// A map or a list that a template makes.
    pub fn made_of(entries: impl IntoIterator<Item = (String, Self)>) -> Self {
        Self { entries: entries.into_iter().collect(), ..Self::default() }.bounded()
    }

    /// How many things it is made of.
    fn size(&self) -> usize {
        1 + self.entries.values().map(Self::size).sum::<usize>()
    }

    /// The same, as templates that call themselves with what they were given would make it larger
    /// without end.
    fn bounded(mut self) -> Self {
        let mut left = MAX_SIZE;
        for entry in self.entries.values_mut() {
            match left.checked_sub(entry.size()) {
                Some(rest) => left = rest,
                None => entry.entries.clear(),
            }
        }
        self
    }

    /// The values that it may be.
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// The text or number that it is.
    pub fn as_key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// What it has under a name.
    #[must_use]
    pub fn field(self, name: &str) -> Self {
        self.step(&Step::Key(name.to_owned()))
    }

    /// Each of what it has in it.
    #[must_use]
    pub fn element(self) -> Self {
        self.step(&Step::Each)
    }

    fn step(mut self, step: &Step) -> Self {
        let inner = match step {
            Step::Key(name) => self.entries.remove(name),
            Step::Each => self.entries.into_values().reduce(Self::or),
        };
        let longer = self.paths.into_iter().filter(|path| path.len() < MAX_STEPS);
        let paths = longer.map(|path| [path, vec![step.clone()]].concat()).collect();
        let own = Self { paths, ..Self::default() };
        match inner {
            Some(inner) => inner.or(own),
            None => own,
        }
    }

    /// What is one of two things.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        for path in other.paths {
            if self.paths.len() < MAX_PATHS && !self.paths.contains(&path) {
                self.paths.push(path);
            }
        }
        for (key, value) in other.entries {
            let old = self.entries.remove(&key);
            self.entries
                .insert(key, old.map_or_else(|| value.clone(), |old| old.or(value.clone())));
        }
        self.key = self.key.or(other.key);
        self.bounded()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_one_of_two() {
        let key = |name: &str| Step::Key(name.to_owned());
        let image = Known::path(vec![key("image")]).field("tag");
        let other = Known::made_of([("a".to_owned(), image)]);
        let both = other.or(Known::path(vec![key("x")]));
        assert_eq!(
            both.field("a").paths(),
            [vec![key("image"), key("tag")], vec![key("x"), key("a")]]
        );
        let list = Known::path(vec![key("list")]).element().field("name");
        assert_eq!(list.paths(), [vec![key("list"), Step::Each, key("name")]]);
    }

    #[test]
    fn things_in_things_have_an_end() {
        let mut made = Known::path(vec![Step::Each]);
        for _ in 0..30 {
            made = Known::made_of([("a".to_owned(), made.clone()), ("b".to_owned(), made)]);
        }
        assert!(made.size() <= 2 * MAX_SIZE, "{}", made.size());
    }
}
