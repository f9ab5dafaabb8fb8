use super::ChartFile;

/// `apiVersion` is `v1` or `v2`.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    match chart.metadata.api_version.as_str() {
        "v1" | "v2" => None,
        "" => Some("apiVersion is required. The value must be either \"v1\" or \"v2\"".to_owned()),
        other => Some(format!(
            "apiVersion '{other}' is not valid. The value must be either \"v1\" or \"v2\""
        )),
    }
}
