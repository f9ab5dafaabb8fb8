use std::collections::BTreeSet;

use rhumb_chart::Chart;

/// No two dependencies have the same alias or name.
pub(super) fn check(chart: &Chart) -> Option<String> {
    let mut seen = BTreeSet::new();
    let names = chart.metadata.dependencies().iter();
    let names = names.map(|one| if one.alias.is_empty() { &one.name } else { &one.alias });
    let twice: Vec<_> = names.filter(|name| !seen.insert(*name)).map(String::as_str).collect();
    (!twice.is_empty())
        .then(|| format!("multiple dependencies with name or alias: {}", twice.join(",")))
}
