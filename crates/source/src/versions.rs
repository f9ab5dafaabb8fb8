use std::cmp::Ordering;

use rhumb_oci::Tag;
use rhumb_semver::{Constraint, Version};

/// The versions that a repository has, newest first.
///
/// Tags that are strict versions count, with or without a `v` before them, and `_` stands for `+`. If
/// there are none, those that look like versions do, such as `1.0`.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    entries: Vec<StoredVersion>,
    tags: Vec<Tag>,
}

/// One version and the tag that it is stored under.
#[derive(Clone, Debug)]
pub struct StoredVersion {
    /// The tag.
    pub tag: Tag,
    /// The version that it stands for.
    pub version: Version,
}

impl Versions {
    /// Sorts the tags of a repository.
    pub fn new(tags: Vec<Tag>) -> Self {
        let mut entries =
            read(&tags, |text| Version::parse_strict(text.strip_prefix('v').unwrap_or(text)).ok());
        if entries.is_empty() {
            entries = read(&tags, |text| Version::parse(text).ok());
        }
        entries.sort_by(newest_first);
        Self { entries, tags }
    }

    /// All versions, newest first.
    pub fn entries(&self) -> &[StoredVersion] {
        &self.entries
    }

    /// Whether there is no version.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The newest version in a range.
    pub fn newest_in(&self, range: &Constraint) -> Option<&StoredVersion> {
        self.entries.iter().find(|entry| range.check(&entry.version))
    }

    /// The tag that is written like this, be it a version or not.
    pub fn tag(&self, text: &str) -> Option<&Tag> {
        let wanted = Tag::from_version(text).ok()?;
        self.tags.iter().find(|tag| **tag == wanted)
    }

    /// The tag of the version that equals this one, such as `v1.2.0` for `1.2`. Build metadata must be the same.
    pub fn equal_to(&self, version: &Version) -> Option<&StoredVersion> {
        self.entries.iter().find(|entry| {
            entry.version == *version && entry.version.metadata() == version.metadata()
        })
    }
}

fn read(tags: &[Tag], parse: impl Fn(&str) -> Option<Version>) -> Vec<StoredVersion> {
    let stored =
        |tag: &Tag| Some(StoredVersion { tag: tag.clone(), version: parse(&tag.to_version())? });
    tags.iter().filter_map(stored).collect()
}

/// Versions that equal one another by the specification are ordered by metadata, then by tag, so that the
/// order never depends on the registry.
fn newest_first(left: &StoredVersion, right: &StoredVersion) -> Ordering {
    let by_metadata = || right.version.metadata().cmp(left.version.metadata());
    let by_tag = || left.tag.cmp(&right.tag);
    right.version.cmp(&left.version).then_with(by_metadata).then_with(by_tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(tags: &[&str]) -> Versions {
        Versions::new(tags.iter().map(|tag| tag.parse().unwrap()).collect())
    }

    fn shown(versions: &Versions) -> Vec<&str> {
        versions.entries().iter().map(|entry| entry.tag.as_str()).collect()
    }

    #[test]
    fn newest_come_first_in_whatever_order_they_are_listed() {
        let tags = [
            "0.9.0",
            "latest",
            "1.10.0",
            "v1.9.0",
            "1.9.0",
            "1.10.0-rc.1",
            "20240101",
            "1.10.0_b2",
        ];
        let mut turned = tags;
        turned.reverse();
        let want = ["1.10.0_b2", "1.10.0", "1.10.0-rc.1", "1.9.0", "v1.9.0", "0.9.0"];
        assert_eq!(shown(&versions(&tags)), want);
        assert_eq!(shown(&versions(&turned)), want);
    }

    #[test]
    fn what_looks_like_a_version_counts_only_alone() {
        assert_eq!(shown(&versions(&["1.0", "2.0", "main"])), ["2.0", "1.0"]);
        assert_eq!(shown(&versions(&["1.0", "0.1.0"])), ["0.1.0"]);
    }

    #[test]
    fn finds_by_range_by_text_and_by_equality() {
        let versions = versions(&["v1.2.0", "1.3.0-rc.1", "latest", "1.1.0_a"]);
        let range = |text: &str| Constraint::parse(text).unwrap();
        let newest = |text: &str| versions.newest_in(&range(text)).map(|entry| entry.tag.as_str());
        assert_eq!(newest("*"), Some("v1.2.0"));
        assert_eq!(newest(">0.0.0-0"), Some("1.3.0-rc.1"));
        assert_eq!(newest("^2"), None);
        assert_eq!(versions.tag("latest").unwrap().as_str(), "latest");
        assert_eq!(versions.tag("1.1.0+a").unwrap().as_str(), "1.1.0_a");
        let equal = |text: &str| versions.equal_to(&Version::parse(text).unwrap());
        assert_eq!(equal("1.2").unwrap().tag.as_str(), "v1.2.0");
        assert!(equal("1.1.0").is_none(), "metadata tells builds apart");
    }
}
