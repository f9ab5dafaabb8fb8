use std::collections::BTreeMap;

use bytes::Bytes;
use rhumb_chart::{Chart, File};
use rhumb_value::{Entries, Map, Text, Type, Value};

use super::Request;
use crate::object::{Files, VALUES, capabilities};

/// A template, and what it is rendered with.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) path: String,
    pub(super) text: Bytes,
    /// The dot, which all templates of a chart share.
    pub(super) context: Map,
    folder: String,
}

/// All templates of a chart and of those in it.
#[derive(Debug)]
pub(super) struct Plan(Vec<Planned>);

impl Planned {
    /// Makes `.Template` tell which template is being rendered.
    pub(super) fn announce(&self) {
        let entries = [("Name", &self.path), ("BasePath", &self.folder)];
        let entries = entries.map(|(key, text)| (Text::from(key), Value::from(text.as_str())));
        let template = Map::typed(VALUES, entries.into_iter().collect());
        self.context.set("Template", Value::Map(template));
    }
}

impl Plan {
    pub(super) fn new(request: &Request<'_>) -> Self {
        let Request { chart, values, release, capabilities: about, .. } = request;
        let shared = Shared { release: release.value(), capabilities: capabilities(about) };
        let values = values.table().to_map(VALUES);
        let mut templates = BTreeMap::new();
        let place = Place { path: chart.name().to_owned(), is_root: true };
        shared.chart(chart, &place, &values, &mut templates);
        let mut templates: Vec<Planned> = templates.into_values().collect();
        templates.sort_by_cached_key(|template| std::cmp::Reverse(order(&template.path)));
        Self(templates)
    }

    /// The templates in the order in which they are parsed, and then rendered: deeper ones first,
    /// so that the definitions of charts above replace those of charts in them.
    pub(super) fn parse_order(&self) -> &[Planned] {
        &self.0
    }
}

/// Sorts by depth, then by path.
fn order(path: &str) -> (usize, String) {
    (path.matches('/').count(), path.to_owned())
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
        templates: &mut BTreeMap<String, Planned>,
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
        for file in chart.templates.iter().filter(|file| is_used(chart, file)) {
            let path = clean(&format!("{}/{}", place.path, file.name));
            let planned = Planned {
                path: path.clone(),
                text: file.data.clone(),
                context: context.clone(),
                folder: format!("{}/templates", place.path),
            };
            templates.insert(path, planned);
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

/// A path without empty parts, `.` and `..`.
fn clean(path: &str) -> String {
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
