use rhumb_semver::Version;

use super::ChartFile;
use crate::finding::Finding;

/// The version is one by the letter of the specification.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    let text = chart.metadata.version.as_str();
    Version::parse_strict(text).is_err().then(|| {
        let text = format!("version '{text}' is not a valid SemVerV2");
        Finding::new(text, chart.at("version"))
    })
}
