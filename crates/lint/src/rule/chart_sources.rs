use super::ChartFile;
use crate::check::is_request_url;

/// Sources are URLs.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    let bad = chart.metadata.sources.iter().find(|source| !is_request_url(source))?;
    Some(format!("invalid source URL '{bad}'"))
}
