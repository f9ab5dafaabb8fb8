use super::ChartFile;
use crate::finding::Finding;

/// Only charts of version 2 list their dependencies in `Chart.yaml`.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let version = &chart.metadata.api_version;
    let bad = !chart.metadata.dependencies().is_empty() && version != "v2";
    bad.then(|| {
        let text = format!(
            "dependencies are not valid in the Chart file with apiVersion '{version}'. They are \
             valid in apiVersion 'v2'"
        );
        Finding::new(text, chart.at("dependencies"))
    })
}
