use super::ChartFile;
use crate::check::is_request_url;

/// The icon is a URL.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    let icon = &chart.metadata.icon;
    let bad = !icon.is_empty() && !is_request_url(icon);
    bad.then(|| format!("invalid icon URL '{icon}'"))
}
