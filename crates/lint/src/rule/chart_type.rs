use super::ChartFile;

/// Only charts of version 2 have a type.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    let version = &chart.metadata.api_version;
    let bad = !chart.metadata.kind.is_empty() && version != "v2";
    bad.then(|| {
        format!("chart type is not valid in apiVersion '{version}'. It is valid in apiVersion 'v2'")
    })
}
