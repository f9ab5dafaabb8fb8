use rhumb_semver::Version;

use super::ChartFile;

/// The version is one by the letter of the specification.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    let text = chart.metadata.version.as_str();
    Version::parse_strict(text)
        .is_err()
        .then(|| format!("version '{text}' is not a valid SemVerV2"))
}
