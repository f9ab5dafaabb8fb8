use super::ChartFile;
use crate::check::is_request_url;
use crate::finding::Finding;

/// Sources are URLs.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let mut sources = chart.metadata.sources.iter().enumerate();
    let (index, bad) = sources.find(|(_, source)| !is_request_url(source))?;
    let text = format!("invalid source URL '{bad}'");
    Some(Finding::new(text, chart.at_item("sources", index, "")))
}
