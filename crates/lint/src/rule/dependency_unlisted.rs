use rhumb_chart::Chart;

/// Every chart in `charts` is listed as a dependency.
pub(super) fn check(chart: &Chart) -> Option<String> {
    let listed = |name: &str| chart.metadata.dependencies().iter().any(|one| one.name == name);
    let missing: Vec<_> =
        chart.dependencies().iter().map(Chart::name).filter(|name| !listed(name)).collect();
    (!missing.is_empty())
        .then(|| format!("chart metadata is missing these dependencies: {}", missing.join(",")))
}
