use super::ChartFile;
use crate::check::{is_email, is_url};
use crate::finding::Finding;

/// Maintainers have a name, and addresses that look like some.
pub(super) fn check(chart: &ChartFile) -> Option<Finding> {
    const KEY: &str = "maintainers";
    if chart.metadata.has_null_maintainer() {
        return Some(Finding::new("a maintainer entry is empty", chart.at(KEY)));
    }
    chart.metadata.maintainers.iter().enumerate().find_map(|(index, maintainer)| {
        let rhumb_chart::Maintainer { name, email, url } = maintainer;
        let (text, key) = if name.is_empty() {
            ("each maintainer requires a name".to_owned(), "name")
        } else if !email.is_empty() && !is_email(email) {
            (format!("invalid email '{email}' for maintainer '{name}'"), "email")
        } else if !url.is_empty() && !is_url(url) {
            (format!("invalid url '{url}' for maintainer '{name}'"), "url")
        } else {
            return None;
        };
        Some(Finding::new(text, chart.at_item(KEY, index, key)))
    })
}
