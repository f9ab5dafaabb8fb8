use std::collections::BTreeMap;

use super::{Dependency, Maintainer, Metadata};
use crate::quote::quote;
use crate::values::{Data, Node, number};

/// A value that has no place in a type, in the words of Go's JSON reader.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct TypeError(Misfit);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Misfit {
    /// A value of the wrong type.
    #[error("json: cannot unmarshal {got} into Go {place} of type {want}")]
    Type { got: &'static str, place: String, want: &'static str },
    /// A key that the type does not have.
    #[error("json: unknown field {}", quote(key))]
    Key { key: String },
}

/// Something that can be read out of a map with known keys.
pub(crate) trait Target {
    /// The Go type's name, without its package.
    const NAME: &'static str;
    /// The Go type's whole name.
    const FULL_NAME: &'static str;
    /// All keys.
    const KEYS: &'static [&'static str];

    /// Reads the value of one of [`KEYS`](Self::KEYS).
    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node);
}

/// What a [`Reader`] takes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules {
    /// Whether keys that a type does not have are errors.
    pub(crate) refuses_unknown_keys: bool,
    /// Whether numbers and truth values are errors where texts belong.
    pub(crate) refuses_other_scalars: bool,
}

/// Reads trees into types as Go's JSON reader does: it goes on after an error and reports the
/// first; `null` changes nothing; case does not matter in keys.
#[derive(Default)]
pub(crate) struct Reader {
    error: Option<TypeError>,
    rules: Rules,
    /// The type in which a key is read, and the keys on the way to it.
    owner: &'static str,
    path: Vec<&'static str>,
}

impl Reader {
    /// Reads a whole document.
    pub(crate) fn document<T: Target>(node: &Node, target: &mut T) -> Result<(), TypeError> {
        Self::with(Rules::default(), node, target)
    }

    /// Reads a whole document by other rules.
    pub(crate) fn with<T: Target>(
        rules: Rules,
        node: &Node,
        target: &mut T,
    ) -> Result<(), TypeError> {
        let mut reader = Self { rules, ..Self::default() };
        reader.object(node, target);
        reader.error.map_or(Ok(()), Err)
    }

    /// Reads what is in a part of a type that has no key of its own, where Helm takes only texts for texts.
    pub(crate) fn embedded(&mut self, name: &'static str, read: impl FnOnce(&mut Self)) {
        let rules = Rules { refuses_other_scalars: true, ..self.rules };
        let rules = std::mem::replace(&mut self.rules, rules);
        let at = self.path.len().saturating_sub(1);
        self.path.insert(at, name);
        read(self);
        self.path.remove(at);
        self.rules = rules;
    }

    pub(crate) fn object<T: Target>(&mut self, node: &Node, target: &mut T) {
        if node.is_null() {
            return;
        }
        let Some(table) = node.table() else {
            return self.mismatch(node, T::FULL_NAME);
        };
        let owner = std::mem::replace(&mut self.owner, T::NAME);
        for (name, value) in table.iter() {
            let key = T::KEYS
                .iter()
                .find(|key| **key == name)
                .or_else(|| T::KEYS.iter().find(|key| key.eq_ignore_ascii_case(name)));
            if let Some(key) = key {
                self.path.push(key);
                target.read(self, key, value);
                self.path.pop();
            } else if self.rules.refuses_unknown_keys {
                self.error.get_or_insert_with(|| TypeError(Misfit::Key { key: name.to_owned() }));
            }
        }
        self.owner = owner;
    }

    pub(crate) fn mismatch(&mut self, node: &Node, want: &'static str) {
        let got = match node.data {
            Data::Null => "null",
            Data::Bool(_) => "bool",
            Data::Int(_) | Data::Float(_) => "number",
            Data::Text(_) => "string",
            Data::List(_) => "array",
            Data::Map(_) => "object",
        };
        let place = if self.path.is_empty() {
            "value".to_owned()
        } else {
            format!("struct field {}.{}", self.owner, self.path.join("."))
        };
        self.error.get_or_insert(TypeError(Misfit::Type { got, place, want }));
    }

    pub(crate) fn text(&mut self, node: &Node, target: &mut String) {
        *target = match &node.data {
            Data::Null => return,
            Data::Bool(_) | Data::Int(_) | Data::Float(_) if self.rules.refuses_other_scalars => {
                return self.mismatch(node, "string");
            }
            Data::Bool(value) => value.to_string(),
            Data::Int(value) => value.to_string(),
            Data::Float(value) => number::print_short(*value),
            Data::Text(text) => String::from_utf8_lossy(text).into_owned(),
            Data::List(_) | Data::Map(_) => return self.mismatch(node, "string"),
        };
    }

    pub(crate) fn flag(&mut self, node: &Node, target: &mut bool) {
        match node.data {
            Data::Null => {}
            Data::Bool(value) => *target = value,
            _ => self.mismatch(node, "bool"),
        }
    }

    pub(crate) fn texts(&mut self, node: &Node, target: &mut Vec<String>) {
        if let Some(items) = self.items(node, "[]string") {
            target.clear();
            for item in items {
                let mut text = String::new();
                self.text(item, &mut text);
                target.push(text);
            }
        } else if node.is_null() {
            target.clear();
        }
    }

    pub(crate) fn text_map(&mut self, node: &Node, target: &mut Option<BTreeMap<String, String>>) {
        match node.table() {
            Some(table) => {
                let map = target.get_or_insert_default();
                for (name, value) in table.iter() {
                    let mut text = String::new();
                    self.text(value, &mut text);
                    map.insert(name.to_owned(), text);
                }
            }
            None if node.is_null() => *target = None,
            None => self.mismatch(node, "map[string]string"),
        }
    }

    pub(crate) fn items<'n>(&mut self, node: &'n Node, want: &'static str) -> Option<&'n [Node]> {
        match &node.data {
            Data::List(items) => return Some(items),
            Data::Null => {}
            _ => self.mismatch(node, want),
        }
        None
    }

    /// Reads a list of objects; `null`s in it are left out, and the place of the first is told.
    pub(crate) fn objects<T: Target + Default>(
        &mut self,
        node: &Node,
        want: &'static str,
    ) -> Option<(Vec<T>, Option<usize>)> {
        let items = self.items(node, want)?;
        let mut objects = Vec::with_capacity(items.len());
        let mut null = None;
        for item in items {
            if item.is_null() {
                null.get_or_insert(objects.len());
                continue;
            }
            let mut object = T::default();
            self.object(item, &mut object);
            objects.push(object);
        }
        Some((objects, null))
    }

    pub(crate) fn dependencies(&mut self, node: &Node) -> (Option<Vec<Dependency>>, Option<usize>) {
        self.objects(node, "[]*v2.Dependency")
            .map_or((None, None), |(list, null)| (Some(list), null))
    }
}

/// What Helm reads of a chart to find out what it is.
#[derive(Default)]
pub(crate) struct ChartBase {
    pub(crate) api_version: String,
}

impl Target for ChartBase {
    const NAME: &'static str = "chartBase";
    const FULL_NAME: &'static str = "loader.chartBase";
    const KEYS: &'static [&'static str] = &["apiVersion"];

    fn read(&mut self, reader: &mut Reader, _: &'static str, node: &Node) {
        reader.text(node, &mut self.api_version);
    }
}

impl Target for Metadata {
    const NAME: &'static str = "Metadata";
    const FULL_NAME: &'static str = "v2.Metadata";
    const KEYS: &'static [&'static str] = &[
        "name",
        "home",
        "sources",
        "version",
        "description",
        "keywords",
        "maintainers",
        "icon",
        "apiVersion",
        "condition",
        "tags",
        "appVersion",
        "deprecated",
        "annotations",
        "kubeVersion",
        "dependencies",
        "type",
    ];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "name" => reader.text(node, &mut self.name),
            "home" => reader.text(node, &mut self.home),
            "sources" => reader.texts(node, &mut self.sources),
            "version" => reader.text(node, &mut self.version),
            "description" => reader.text(node, &mut self.description),
            "keywords" => reader.texts(node, &mut self.keywords),
            "maintainers" => {
                let (list, null) = reader.objects(node, "[]*v2.Maintainer").unwrap_or_default();
                self.maintainers = list;
                self.nulls.maintainer = null.is_some();
            }
            "icon" => reader.text(node, &mut self.icon),
            "apiVersion" => reader.text(node, &mut self.api_version),
            "condition" => reader.text(node, &mut self.condition),
            "tags" => reader.text(node, &mut self.tags),
            "appVersion" => reader.text(node, &mut self.app_version),
            "deprecated" => reader.flag(node, &mut self.deprecated),
            "annotations" => reader.text_map(node, &mut self.annotations),
            "kubeVersion" => reader.text(node, &mut self.kube_version),
            "dependencies" => {
                (self.dependencies, self.nulls.dependency) = reader.dependencies(node);
            }
            _ => reader.text(node, &mut self.kind),
        }
    }
}

impl Target for Maintainer {
    const NAME: &'static str = "Maintainer";
    const FULL_NAME: &'static str = "v2.Maintainer";
    const KEYS: &'static [&'static str] = &["name", "email", "url"];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "name" => reader.text(node, &mut self.name),
            "email" => reader.text(node, &mut self.email),
            _ => reader.text(node, &mut self.url),
        }
    }
}

impl Target for Dependency {
    const NAME: &'static str = "Dependency";
    const FULL_NAME: &'static str = "v2.Dependency";
    const KEYS: &'static [&'static str] = &[
        "name",
        "version",
        "repository",
        "condition",
        "tags",
        "enabled",
        "import-values",
        "alias",
    ];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "name" => reader.text(node, &mut self.name),
            "version" => reader.text(node, &mut self.version),
            "repository" => reader.text(node, &mut self.repository),
            "condition" => reader.text(node, &mut self.condition),
            "tags" => reader.texts(node, &mut self.tags),
            "enabled" => reader.flag(node, &mut self.enabled),
            "import-values" => {
                let items = reader.items(node, "[]interface {}");
                self.import_values = items.map(<[Node]>::to_vec).unwrap_or_default();
            }
            _ => reader.text(node, &mut self.alias),
        }
    }
}
