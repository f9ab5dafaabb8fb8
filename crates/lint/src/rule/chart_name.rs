use rhumb_value::quote::quote;

use super::ChartFile;

/// A chart has a name, which is the name of a file.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    let name = chart.metadata.name.as_str();
    if name.is_empty() {
        return Some("name is required".to_owned());
    }
    let trimmed = name.trim_end_matches('/');
    let base = if trimmed.is_empty() { "/" } else { trimmed.rsplit('/').next().unwrap_or(trimmed) };
    (base != name).then(|| format!("chart name {} is invalid", quote(name.as_bytes())))
}
