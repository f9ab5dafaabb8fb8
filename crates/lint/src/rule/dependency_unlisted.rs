use rhumb_chart::Chart;

use super::Loaded;
use crate::finding::Finding;

/// Every chart in `charts` is listed as a dependency.
pub(super) fn check(loaded: &Loaded<'_>) -> Option<Finding> {
    let listed =
        |name: &str| loaded.chart.metadata.dependencies().iter().any(|one| one.name == name);
    let names = loaded.chart.dependencies().iter().map(Chart::name);
    let missing: Vec<_> = names.filter(|name| !listed(name)).collect();
    (!missing.is_empty()).then(|| {
        let text = format!("chart metadata is missing these dependencies: {}", missing.join(","));
        Finding::new(text, loaded.file.and_then(|file| file.at("dependencies")))
    })
}
