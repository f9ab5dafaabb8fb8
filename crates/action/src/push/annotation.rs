use std::collections::BTreeMap;

use rhumb_chart::Metadata;

/// What a chart cannot say of itself by its own annotations.
const FIXED: &[&str] = &["org.opencontainers.image.title", "org.opencontainers.image.version"];

/// The manifest's annotations: what the metadata says, in the words of the image specification, then the
/// chart's own.
pub(super) fn annotations(metadata: &Metadata, created: &str) -> BTreeMap<String, String> {
    let source = metadata.sources.first().map(String::as_str).unwrap_or_default();
    let said = [
        ("description", metadata.description.as_str()),
        ("title", &metadata.name),
        ("version", &metadata.version),
        ("url", &metadata.home),
        ("created", created),
        ("source", source),
        ("authors", &authors(metadata)),
    ];
    let said = said.into_iter().filter(|(_, value)| !value.trim().is_empty());
    let mut annotations: BTreeMap<String, String> = said
        .map(|(name, value)| (format!("org.opencontainers.image.{name}"), value.to_owned()))
        .collect();
    for (name, value) in metadata.annotations.iter().flatten() {
        if !FIXED.contains(&name.as_str()) {
            annotations.insert(name.clone(), value.clone());
        }
    }
    annotations
}

fn authors(metadata: &Metadata) -> String {
    let author = |one: &rhumb_chart::Maintainer| match one.email.as_str() {
        "" => one.name.clone(),
        email => format!("{} ({email})", one.name),
    };
    let authors: Vec<_> = metadata.maintainers.iter().map(author).collect();
    authors.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rhumb_chart::{Chart, File};
    use rhumb_report::Silent;

    const CHART: &str = r#"{apiVersion: v2, name: web, version: 1.0.0, home: "https://a", description: "  ",
  sources: ["https://s", "https://t"], maintainers: [{name: A, email: a@b}, {name: B}], annotations: {
  org.opencontainers.image.title: no, org.opencontainers.image.url: own, mine: "yes"}}"#;

    #[test]
    fn says_what_the_metadata_says_and_lets_charts_add_to_it() {
        let files = vec![File::new("Chart.yaml", CHART.into(), 0)];
        let metadata = Chart::from_files(files, &Silent).unwrap().metadata;
        let shown: Vec<_> = annotations(&metadata, "now")
            .into_iter()
            .map(|(key, value)| format!("{}={value}", key.rsplit('.').next().unwrap()))
            .collect();
        let want = [
            "mine=yes",
            "authors=A (a@b), B",
            "created=now",
            "source=https://s",
            "title=web",
            "url=own",
            "version=1.0.0",
        ];
        assert_eq!(shown, want);
    }
}
