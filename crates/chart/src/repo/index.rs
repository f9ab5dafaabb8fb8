mod print;
mod read;

use std::collections::BTreeMap;

use rhumb_semver::{Constraint, Version};

use crate::values::Node;
use crate::{Metadata, Time, ValidationError, log_line};
pub use read::IndexError;
pub(super) use read::time;

/// What a chart repository says it has: `index.yaml`.
#[derive(Clone, Debug, Default)]
pub struct RepoIndex {
    pub(crate) server_info: Option<Node>,
    pub(crate) api_version: String,
    pub(crate) generated: Time,
    /// The versions of each chart, newest first.
    pub entries: BTreeMap<String, Vec<IndexedChart>>,
    pub(crate) public_keys: Vec<String>,
    pub(crate) annotations: Option<BTreeMap<String, String>>,
}

/// One version of a chart in an index.
#[derive(Clone, Debug, Default)]
pub struct IndexedChart {
    /// What the chart says about itself.
    pub metadata: Metadata,
    /// Where its archive is, perhaps relative to the repository.
    pub urls: Vec<String>,
    /// When it was put there.
    pub created: Time,
    pub(crate) removed: bool,
    /// The SHA-256 of its archive, in hexadecimal digits; may be empty.
    pub digest: String,
    /// What Helm 2 had: `checksum`, `engine`, `tillerVersion` and `url`.
    pub(crate) obsolete: [String; 4],
}

/// Why an index does not have a chart, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotIndexed {
    /// No chart of this name.
    #[error("no chart name found")]
    Name,
    /// A chart without versions.
    #[error("no chart version found")]
    NoVersions,
    /// No version that fits.
    #[error("no chart version found for {name}-{version}")]
    Version {
        /// The chart.
        name: String,
        /// What was asked for.
        version: String,
    },
    /// What was asked for is no range.
    #[error(transparent)]
    Range(#[from] rhumb_semver::Error),
}

impl RepoIndex {
    /// An index without charts.
    pub fn new(generated: Time) -> Self {
        Self { api_version: "v1".to_owned(), generated, ..Self::default() }
    }

    /// Adds a version of a chart, whose archive has this address and SHA-256.
    ///
    /// # Errors
    ///
    /// If its metadata is wrong.
    pub fn add(
        &mut self,
        mut metadata: Metadata,
        url: String,
        digest: String,
        created: Time,
    ) -> Result<(), ValidationError> {
        if metadata.api_version.is_empty() {
            "v1".clone_into(&mut metadata.api_version);
        }
        metadata.validate()?;
        let name = metadata.name.clone();
        let chart =
            IndexedChart { metadata, urls: vec![url], created, digest, ..IndexedChart::default() };
        self.entries.entry(name).or_default().push(chart);
        Ok(())
    }

    /// Adds what another index has, and this one has not.
    pub fn merge(&mut self, other: Self, warnings: &mut Vec<String>) {
        for chart in other.entries.into_values().flatten() {
            let Metadata { name, version, .. } = &chart.metadata;
            if self.get(name, version, warnings).is_err() {
                self.entries.entry(name.clone()).or_default().push(chart);
            }
        }
    }

    /// Finds the version of a chart that is written like `version`, or else the newest in the range that it
    /// means; the newest that is no pre-release if it is empty.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn get(
        &self,
        name: &str,
        version: &str,
        warnings: &mut Vec<String>,
    ) -> Result<&IndexedChart, NotIndexed> {
        let versions = self.entries.get(name).ok_or(NotIndexed::Name)?;
        if versions.is_empty() {
            return Err(NotIndexed::NoVersions);
        }
        let range = Constraint::parse(if version.is_empty() { "*" } else { version })?;
        if let Some(exact) = versions.iter().find(|chart| chart.metadata.version == version) {
            return Ok(exact);
        }
        let fits = |chart: &&IndexedChart| {
            Version::parse(&chart.metadata.version).is_ok_and(|version| range.check(&version))
        };
        let Some(found) = versions.iter().find(fits) else {
            return Err(NotIndexed::Version { name: name.to_owned(), version: version.to_owned() });
        };
        if !version.is_empty() && !is_range(version) {
            warnings.push(log_line(
                "WARN",
                "unable to find exact version requested; falling back to closest available version",
                &[("chart", name), ("requested", version), ("selected", &found.metadata.version)],
            ));
        }
        Ok(found)
    }

    /// Sorts the versions of each chart, newest first. What is no version comes last.
    pub fn sort(&mut self) {
        for versions in self.entries.values_mut() {
            versions.sort_by_cached_key(|chart| {
                std::cmp::Reverse(Version::parse(&chart.metadata.version).ok())
            });
        }
    }
}

/// Whether a text is a range as people write one, rather than a version.
fn is_range(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    text.contains(['^', '~', '<', '>', '=', '!', '*'])
        || text.contains("||")
        || text.contains(" - ")
        || core.contains(['x', 'X'])
}

#[cfg(test)]
mod tests;
