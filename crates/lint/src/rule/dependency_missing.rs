use super::Loaded;
use crate::finding::Finding;

/// Every dependency is in `charts`.
pub(super) fn check(loaded: &Loaded<'_>) -> Option<Finding> {
    let there = |name: &str| loaded.chart.dependencies().iter().any(|one| one.name() == name);
    let names = loaded.chart.metadata.dependencies().iter().map(|one| one.name.as_str());
    let missing: Vec<_> = names.filter(|name| !there(name)).collect();
    let first = missing.first()?;
    let text = format!("chart directory is missing these dependencies: {}", missing.join(","));
    Some(Finding::new(text, loaded.at_dependency(first)))
}
