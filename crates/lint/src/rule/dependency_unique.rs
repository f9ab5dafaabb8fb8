use std::collections::BTreeSet;

use super::Loaded;
use crate::finding::Finding;

/// No two dependencies have the same alias or name.
pub(super) fn check(loaded: &Loaded<'_>) -> Option<Finding> {
    let mut seen = BTreeSet::new();
    let names = loaded.chart.metadata.dependencies().iter();
    let names = names.map(|one| if one.alias.is_empty() { &one.name } else { &one.alias });
    let twice: Vec<_> = names.filter(|name| !seen.insert(*name)).map(String::as_str).collect();
    let first = twice.first()?;
    let text = format!("multiple dependencies with name or alias: {}", twice.join(","));
    Some(Finding::new(text, loaded.at_dependency(first)))
}
