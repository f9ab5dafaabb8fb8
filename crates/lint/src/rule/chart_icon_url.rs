use super::ChartFile;
use crate::check::is_request_url;
use crate::finding::Finding;

/// The icon is a URL.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let icon = &chart.metadata.icon;
    let bad = !icon.is_empty() && !is_request_url(icon);
    bad.then(|| Finding::new(format!("invalid icon URL '{icon}'"), chart.at("icon")))
}
