use super::ChartFile;
use crate::finding::Finding;

/// A chart has an icon.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let missing = chart.metadata.icon.is_empty();
    missing.then(|| Finding::new("icon is recommended", chart.at("icon")))
}
