use super::ChartFile;
use crate::check::{is_email, is_url};

/// Maintainers have a name, and addresses that look like some.
pub(super) fn check(chart: &ChartFile) -> Option<String> {
    if chart.metadata.has_null_maintainer() {
        return Some("a maintainer entry is empty".to_owned());
    }
    chart.metadata.maintainers.iter().find_map(|maintainer| {
        let rhumb_chart::Maintainer { name, email, url } = maintainer;
        if name.is_empty() {
            Some("each maintainer requires a name".to_owned())
        } else if !email.is_empty() && !is_email(email) {
            Some(format!("invalid email '{email}' for maintainer '{name}'"))
        } else if !url.is_empty() && !is_url(url) {
            Some(format!("invalid url '{url}' for maintainer '{name}'"))
        } else {
            None
        }
    })
}
