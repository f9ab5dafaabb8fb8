use rhumb_chart::Chart;

/// Every dependency is in `charts`.
pub(super) fn check(chart: &Chart) -> Option<String> {
    let there = |name: &str| chart.dependencies().iter().any(|one| one.name() == name);
    let names = chart.metadata.dependencies().iter().map(|one| one.name.as_str());
    let missing: Vec<_> = names.filter(|name| !there(name)).collect();
    (!missing.is_empty())
        .then(|| format!("chart directory is missing these dependencies: {}", missing.join(",")))
}
