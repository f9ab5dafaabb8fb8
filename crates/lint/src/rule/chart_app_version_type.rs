use super::{ChartFile, chart_version_type::text_problem};
use crate::finding::Finding;

/// `appVersion` is a text, and not what YAML makes of `1.10`.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    text_problem(chart, "appVersion")
}
