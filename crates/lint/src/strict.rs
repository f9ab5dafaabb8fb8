//! The keys that `Chart.yaml` may have.

use rhumb_chart::values::{Data, Node};

const CHART: &[&str] = &[
    "annotations",
    "apiVersion",
    "appVersion",
    "condition",
    "dependencies",
    "deprecated",
    "description",
    "home",
    "icon",
    "keywords",
    "kubeVersion",
    "maintainers",
    "name",
    "sources",
    "tags",
    "type",
    "version",
];

const MAINTAINER: &[&str] = &["email", "name", "url"];

const DEPENDENCY: &[&str] =
    &["alias", "condition", "enabled", "import-values", "name", "repository", "tags", "version"];

/// The first key, in the order in which Go reads them, that is none of those, with its value.
pub(crate) fn unknown_key(chart: &Node) -> Option<(&str, &Node)> {
    unknown(chart, CHART, true)
}

fn unknown<'n>(node: &'n Node, known: &[&str], is_chart: bool) -> Option<(&'n str, &'n Node)> {
    node.table()?.iter().find_map(|(key, value)| {
        let Some(known) = known.iter().find(|known| known.eq_ignore_ascii_case(key)) else {
            return Some((key, value));
        };
        let inner = match *known {
            "dependencies" if is_chart => DEPENDENCY,
            "maintainers" if is_chart => MAINTAINER,
            _ => return None,
        };
        let Data::List(items) = &value.data else { return None };
        items.iter().find_map(|item| unknown(item, inner, false))
    })
}
