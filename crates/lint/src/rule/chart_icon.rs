use super::ChartFile;

/// A chart has an icon.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    chart.metadata.icon.is_empty().then(|| "icon is recommended".to_owned())
}
