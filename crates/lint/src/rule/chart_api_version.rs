use super::ChartFile;
use crate::finding::Finding;

/// `apiVersion` is `v1` or `v2`.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let text = match chart.metadata.api_version.as_str() {
        "v1" | "v2" => return None,
        "" => "apiVersion is required. The value must be either \"v1\" or \"v2\"".to_owned(),
        other => {
            format!("apiVersion '{other}' is not valid. The value must be either \"v1\" or \"v2\"")
        }
    };
    Some(Finding::new(text, chart.at("apiVersion")))
}
