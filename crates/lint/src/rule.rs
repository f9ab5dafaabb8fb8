//! The rules, in the order in which Helm applies them.

mod chart_api_version;
mod chart_app_version_type;
mod chart_dependencies;
mod chart_icon;
mod chart_icon_url;
mod chart_maintainers;
mod chart_name;
mod chart_sources;
mod chart_strict_version;
mod chart_type;
mod chart_version;
mod chart_version_type;
mod crd_api_version;
mod crd_kind;
mod dependency_missing;
mod dependency_unique;
mod dependency_unlisted;
mod list_annotation;
mod object_deprecated;
mod object_name;
mod object_selector;
mod template_extension;
mod template_indent;

use std::ops::Range;

use rhumb_chart::values::{Data, Node};
use rhumb_chart::{Chart, Metadata};
use rhumb_render::KubeVersion;

use crate::Severity;
use crate::document::Object;
use crate::finding::Finding;

/// What a rule looks at. A rule that reading, loading or rendering decides has no function: the
/// walk reports it.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    Walk,
    Chart(fn(&ChartFile) -> Option<Finding>),
    /// The path of a template.
    Path(fn(&str) -> Option<Finding>),
    /// A rendered template.
    Text(fn(&str) -> Option<Finding>),
    Object(fn(&Rendered<'_>) -> Option<Finding>),
    Dependencies(fn(&Loaded<'_>) -> Option<Finding>),
    Crd(fn(&Object) -> Option<Finding>),
}

/// `Chart.yaml`, read as far as it could be.
pub(crate) struct ChartFile {
    pub(crate) metadata: Metadata,
    pub(crate) node: Node,
}

impl ChartFile {
    /// The bytes of a key's value.
    pub(crate) fn at(&self, key: &str) -> Option<Range<usize>> {
        bytes(self.node.table()?.get(key)?)
    }

    /// The bytes of an item of a list, or of a key's value in it.
    pub(crate) fn at_item(&self, key: &str, index: usize, inner: &str) -> Option<Range<usize>> {
        let Data::List(items) = &self.node.table()?.get(key)?.data else { return None };
        let item = items.get(index)?;
        bytes(item.table().and_then(|table| table.get(inner)).unwrap_or(item))
    }
}

/// The bytes of a value of a file.
pub(crate) fn bytes(node: &Node) -> Option<Range<usize>> {
    Some(node.origin.as_ref()?.span().bytes)
}

/// A chart that could be loaded.
pub(crate) struct Loaded<'l> {
    pub(crate) chart: &'l Chart,
    pub(crate) file: Option<&'l ChartFile>,
}

impl Loaded<'_> {
    /// The bytes of a dependency's name in `Chart.yaml`; of several, the last.
    pub(crate) fn at_dependency(&self, name: &str) -> Option<Range<usize>> {
        let all = self.chart.metadata.dependencies();
        let index = all.iter().rposition(|one| one.name == name || one.alias == name)?;
        self.file?.at_item("dependencies", index, "name")
    }
}

/// An object of a rendered template, with the text that it stands in.
pub(crate) struct Rendered<'r> {
    pub(crate) object: &'r Object,
    pub(crate) text: &'r str,
    pub(crate) kube_version: &'r KubeVersion,
}

/// A row of the table of rules.
pub(crate) struct Rule {
    pub(crate) info: RuleInfo,
    pub(crate) check: Check,
}

/// What a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name, which never changes.
    pub id: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What it asks for.
    pub text: &'static str,
}

const fn rule(id: &'static str, severity: Severity, text: &'static str, check: Check) -> Rule {
    Rule { info: RuleInfo { id, severity, text }, check }
}

use Severity::{Error, Info, Warning};

/// All rules.
pub(crate) const TABLE: &[Rule] = &[
    rule("chart-file", Error, "Chart.yaml is a file", Check::Walk),
    rule("chart-yaml", Error, "Chart.yaml can be read", Check::Walk),
    rule("chart-strict", Warning, "Chart.yaml has only known keys, each once", Check::Walk),
    rule(
        "chart-name",
        Error,
        "a chart has a name without slashes",
        Check::Chart(chart_name::check),
    ),
    rule(
        "chart-api-version",
        Error,
        "apiVersion is v1 or v2",
        Check::Chart(chart_api_version::check),
    ),
    rule(
        "chart-version-type",
        Error,
        "the version is a text",
        Check::Chart(chart_version_type::check),
    ),
    rule("chart-version", Error, "the version is semantic", Check::Chart(chart_version::check)),
    rule(
        "chart-app-version-type",
        Error,
        "appVersion is a text",
        Check::Chart(chart_app_version_type::check),
    ),
    rule(
        "chart-maintainers",
        Error,
        "maintainers have a name, and valid addresses",
        Check::Chart(chart_maintainers::check),
    ),
    rule("chart-sources", Error, "sources are URLs", Check::Chart(chart_sources::check)),
    rule("chart-icon", Info, "a chart has an icon", Check::Chart(chart_icon::check)),
    rule("chart-icon-url", Error, "the icon is a URL", Check::Chart(chart_icon_url::check)),
    rule(
        "chart-type",
        Error,
        "only charts of version 2 have a type",
        Check::Chart(chart_type::check),
    ),
    rule(
        "chart-dependencies",
        Error,
        "only charts of version 2 list dependencies in Chart.yaml",
        Check::Chart(chart_dependencies::check),
    ),
    rule(
        "chart-strict-version",
        Warning,
        "the version has three numbers and no v",
        Check::Chart(chart_strict_version::check),
    ),
    rule("values-file", Info, "a chart has values.yaml", Check::Walk),
    rule("values", Error, "values can be read and fit the schema", Check::Walk),
    rule("templates-folder", Warning, "a chart has a folder of templates", Check::Walk),
    rule("templates-kind", Error, "templates is a folder", Check::Walk),
    rule("templates-load", Error, "the chart can be loaded", Check::Walk),
    rule("templates-schema", Error, "values fit the schemas of all charts", Check::Walk),
    rule("templates-render", Error, "templates can be rendered", Check::Walk),
    rule(
        "template-extension",
        Error,
        "templates have a known extension",
        Check::Path(template_extension::check),
    ),
    rule(
        "template-indent",
        Warning,
        "documents start at the start of a line",
        Check::Text(template_indent::check),
    ),
    rule("template-yaml", Error, "rendered templates are YAML", Check::Walk),
    rule("object-name", Warning, "names of objects are valid", Check::Object(object_name::check)),
    rule(
        "object-deprecated",
        Warning,
        "APIs are not deprecated",
        Check::Object(object_deprecated::check),
    ),
    rule(
        "object-selector",
        Error,
        "workloads have a selector",
        Check::Object(object_selector::check),
    ),
    rule(
        "list-annotation",
        Error,
        "items of lists have no resource policy",
        Check::Object(list_annotation::check),
    ),
    rule("dependency-load", Error, "the chart's folder can be loaded", Check::Walk),
    rule(
        "dependency-unlisted",
        Error,
        "charts in charts/ are listed",
        Check::Dependencies(dependency_unlisted::check),
    ),
    rule(
        "dependency-unique",
        Error,
        "names of dependencies are unique",
        Check::Dependencies(dependency_unique::check),
    ),
    rule(
        "dependency-missing",
        Warning,
        "dependencies are in charts/",
        Check::Dependencies(dependency_missing::check),
    ),
    rule("crds-folder", Error, "crds is a folder", Check::Walk),
    rule("crds-load", Error, "the chart can be loaded", Check::Walk),
    rule("crd-yaml", Error, "files in crds/ are YAML", Check::Walk),
    rule(
        "crd-api-version",
        Error,
        "CRDs are of apiextensions.k8s.io",
        Check::Crd(crd_api_version::check),
    ),
    rule("crd-kind", Error, "crds/ has only CRDs", Check::Crd(crd_kind::check)),
];

/// What all rules are, in the order in which they are applied.
pub fn rules() -> impl Iterator<Item = &'static RuleInfo> {
    TABLE.iter().map(|rule| &rule.info)
}

/// The rule of an id.
pub(crate) fn get(id: &str) -> Option<&'static RuleInfo> {
    rules().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = rules().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), TABLE.len());
    }
}
