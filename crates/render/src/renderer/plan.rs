use std::cmp::Reverse;

use bytes::Bytes;
use rhumb_chart::{Chart, File};
use rhumb_value::{Entries, Map, Text, Type, Value, Watch};

use super::Request;
use crate::object::{Files, VALUES, capabilities};

/// A template, and what it is rendered with.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) path: String,
    pub(super) text: Bytes,
    /// The dot, which all templates of a chart share.
    pub(super) context: Map,
    folder: Text,
    /// How many folders the path leads through.
    depth: usize,
}

/// All templates of a chart and of those in it.
#[derive(Debug)]
pub(super) struct Plan {
    templates: Vec<Planned>,
    keys: Keys,
}

/// The keys that tell which template is being rendered.
#[derive(Debug)]
struct Keys {
    template: Text,
    base_path: Text,
    name: Text,
}

impl Plan {
    pub(super) fn new(request: &Request<'_>) -> Self {
        let Request { chart, values, release, capabilities: about, .. } = request;
        let shared = Shared { release: release.value(), capabilities: capabilities(about) };
        let values = values.table().to_map(VALUES);
        let mut templates = Vec::new();
        let place = Place { path: chart.name().to_owned(), is_root: true };
        shared.chart(chart, &place, &values, &mut templates);
        templates.sort_by(|a, b| {
            let [a, b] = [a, b].map(|template| (Reverse(template.depth), Reverse(&template.path)));
            a.cmp(&b)
        });
        // Of two with one path, the one that came later counts.
        templates.dedup_by(|later, earlier| {
            let same = later.path == earlier.path;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        let keys =
            Keys { template: "Template".into(), base_path: "BasePath".into(), name: "Name".into() };
        Self { templates, keys }
    }

    /// The templates in the order in which they are parsed, and then rendered: deeper ones first,
    /// so that the definitions of charts above replace those of charts in them.
    pub(super) fn parse_order(&self) -> &[Planned] {
        &self.templates
    }

    /// Watches all that templates are given.
    pub(super) fn set_watch(&self, watch: &Watch) {
        self.templates.iter().for_each(|template| watch.set_on(&template.context));
    }

    /// Makes `.Template` tell which template is being rendered.
    pub(super) fn announce(&self, template: &Planned) {
        let Keys { template: key, base_path, name } = &self.keys;
        let entries = [
            (base_path.clone(), Value::Text(template.folder.clone())),
            (name.clone(), template.path.as_str().into()),
        ];
        let about = Map::typed(VALUES, entries.into_iter().collect());
        template.context.set(key.clone(), Value::Map(about));
    }
}

/// What is the same in all charts.
struct Shared {
    release: Value,
    capabilities: Value,
}

/// Where a chart is.
struct Place {
    path: String,
    is_root: bool,
}

impl Shared {
    /// Adds the templates of a chart and of those in it; gives what its templates see.
    fn chart(
        &self,
        chart: &Chart,
        place: &Place,
        values: &Map,
        templates: &mut Vec<Planned>,
    ) -> Map {
        let about = chart.metadata.to_value();
        about.set("IsRoot", Value::Bool(place.is_root));
        let subcharts = Map::new();
        let entries = [
            ("Chart", Value::Map(about)),
            ("Files", Files::new(&chart.files).value()),
            ("Release", self.release.clone()),
            ("Capabilities", self.capabilities.clone()),
            ("Values", Value::Map(values.clone())),
            ("Subcharts", Value::Map(subcharts.clone())),
        ];
        let entries = entries.map(|(key, value)| (Text::from(key), value));
        let context = Map::typed(VALUES, entries.into_iter().collect());
        for inner in chart.dependencies() {
            let path = format!("{}/charts/{}", place.path, inner.name());
            let inner_values = values_of(values, inner.name());
            let inner_place = Place { path, is_root: false };
            let seen = self.chart(inner, &inner_place, &inner_values, templates);
            subcharts.set(inner.name(), Value::Map(seen.seen_as(&Type::MAP)));
        }
        let folder = Text::from(format!("{}/templates", place.path));
        for file in chart.templates.iter().filter(|file| is_used(chart, file)) {
            let path = clean(&place.path, &file.name);
            templates.push(Planned {
                depth: memchr::memchr_iter(b'/', path.as_bytes()).count(),
                path,
                text: file.data.clone(),
                context: context.clone(),
                folder: folder.clone(),
            });
        }
        context
    }
}

/// The values of a chart within another one: the very map that is under its name there.
fn values_of(values: &Map, name: &str) -> Map {
    let mut map = values.clone();
    for part in name.split('.') {
        match map.get(part.as_bytes()) {
            Some(Value::Map(inner)) => map = inner,
            _ => return Map::typed(VALUES, Entries::default()),
        }
    }
    map.seen_as(&VALUES)
}

/// Of a library chart, only partials are used.
fn is_used(chart: &Chart, file: &File) -> bool {
    !chart.metadata.is_library() || crate::resource::is_partial(&file.name)
}

/// The path of a file in a folder, without empty parts, `.` and `..`.
fn clean(folder: &str, name: &str) -> String {
    let path = [folder, name].join("/");
    if is_clean(&path) {
        return path;
    }
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether no part of a path is empty or begins with a dot, as in nearly all.
fn is_clean(path: &str) -> bool {
    let starts_part = |byte: &u8| !matches!(byte, b'/' | b'.');
    let bytes = path.as_bytes();
    bytes.first().is_some_and(starts_part)
        && memchr::memchr_iter(b'/', bytes).all(|at| bytes.get(at + 1).is_some_and(starts_part))
}
