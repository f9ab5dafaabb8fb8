use super::ChartFile;
use crate::finding::Finding;

/// The version is a text, and not what YAML makes of `1.10`.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    text_problem(chart, "version")
}

/// What is wrong with a value of `Chart.yaml` that must be a text.
pub(super) fn text_problem(chart: &ChartFile, key: &str) -> Option<Finding> {
    // Helm looks at it by way of JSON, where all numbers are floating-point.
    let kind = match chart.node.table()?.get(key)?.go_type() {
        "int64" => "float64",
        kind => kind,
    };
    (kind != "string").then(|| {
        let text = format!("{key} should be of type string but it's of type {kind}");
        Finding::new(text, chart.at(key))
    })
}
