//! Every real chart of the corpus loads, if the corpus is there.

use std::fs;
use std::path::PathBuf;

use rhumb_chart::{Chart, Values};
use rhumb_report::Silent;

/// The folder of real charts, which is not part of the repository.
#[expect(clippy::disallowed_methods, reason = "this switch exists only in the environment")]
fn corpus() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance");
    let folder = std::env::var_os("RHUMB_CONFORMANCE").map_or(default.into(), PathBuf::from);
    let charts = folder.join("charts/charts");
    charts.is_dir().then_some(charts)
}

#[test]
fn all_charts_load_and_coalesce() {
    let Some(folder) = corpus() else { return };
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mut chart = match Chart::load(&path, &Silent) {
            Ok(chart) => chart,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let mut warnings = Vec::new();
        chart.process_dependencies(&Values::default(), &mut warnings).unwrap();
        chart.coalesce(&Values::default(), &mut warnings).unwrap();
        count += 1;
    }
    assert!(count > 300, "{count} charts");
}
