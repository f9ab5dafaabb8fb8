use rhumb_semver::{Constraint, Version};

use super::ChartFile;
use crate::finding::Finding;

/// The version is there, a version, and more than nothing.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    problem(&chart.metadata.version).map(|text| Finding::new(text, chart.at("version")))
}

fn problem(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("version is required".to_owned());
    }
    let Ok(version) = Version::parse(text) else {
        return Some(format!("version '{text}' is not a valid SemVer"));
    };
    let above = Constraint::parse(">0.0.0-0").ok()?;
    (!above.check(&version))
        .then(|| format!("version \"{version}\" is less than or equal to \"0.0.0-0\""))
}
