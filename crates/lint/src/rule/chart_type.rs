use super::ChartFile;
use crate::finding::Finding;

/// Only charts of version 2 have a type.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let version = &chart.metadata.api_version;
    let bad = !chart.metadata.kind.is_empty() && version != "v2";
    bad.then(|| {
        let text = format!(
            "chart type is not valid in apiVersion '{version}'. It is valid in apiVersion 'v2'"
        );
        Finding::new(text, chart.at("type"))
    })
}
