use rhumb_value::quote::quote;

use super::ChartFile;
use crate::finding::Finding;

/// A chart has a name, which is the name of a file.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let name = chart.metadata.name.as_str();
    if name.is_empty() {
        return Some(Finding::new("name is required", chart.at("name")));
    }
    let trimmed = name.trim_end_matches('/');
    let base = if trimmed.is_empty() { "/" } else { trimmed.rsplit('/').next().unwrap_or(trimmed) };
    (base != name).then(|| {
        let text = format!("chart name {} is invalid", quote(name.as_bytes()));
        Finding::new(text, chart.at("name"))
    })
}
