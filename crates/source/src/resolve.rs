use rhumb_oci::{Content, Reference, Tag, media_type};
use rhumb_registry::Client;
use rhumb_semver::{Constraint, Version};

use crate::versions::Versions;
use crate::{Artifact, Error, index};

/// The range that `--devel` means.
const WITH_PRERELEASES: &str = ">0.0.0-0";

/// A chart in a registry as someone asks for it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The repository, perhaps with a tag or a digest or both.
    pub reference: Reference,
    /// A version, a range or a tag; empty for the one of the reference, or else the newest.
    pub version: String,
    /// Whether the newest may be a pre-release.
    pub devel: bool,
}

/// Finds the one artifact that is meant. Its digest is settled by this; no layer is fetched.
///
/// # Errors
///
/// If there is none, if it is no chart, or if several charts could be meant.
pub async fn resolve(registry: &Client, wanted: &Wanted) -> Result<Artifact, Error> {
    let repository = wanted.reference.clone().with_tag(None).with_digest(None);
    let version = version(wanted)?;
    if let Some(digest) = wanted.reference.digest() {
        let exact = repository.clone().with_digest(Some(digest.clone()));
        if !version.is_empty() {
            let tag = Tag::from_version(&version).map_err(|source| {
                rhumb_oci::ReferenceError::Name { text: version.clone(), source }
            })?;
            let tagged = registry.head_manifest(&repository.with_tag(Some(tag))).await?;
            // What is named by its digest need not have a tag.
            if let Some(tagged) = tagged.filter(|tagged| tagged.digest != *digest) {
                return Err(Error::Digest { got: tagged.digest, want: digest.clone() });
            }
        }
        return open(registry, exact, version).await;
    }
    let Some(tag) = exact_tag(&version) else {
        return newest(registry, repository, wanted, &version).await;
    };
    let exact = repository.clone().with_tag(Some(tag));
    let error = match open(registry, exact, version.clone()).await {
        Err(Error::Registry(error)) if error.is_not_found() => error,
        other => return other,
    };
    // It may be written another way, as `v1.2.3` for `1.2.3`, or be a range such as `1.2`.
    match other_spelling(registry, &repository, &version).await? {
        Some((tag, version)) => open(registry, repository.with_tag(Some(tag)), version).await,
        None => Err(error.into()),
    }
}

/// The version that is asked for: by itself, or as the tag of the reference.
fn version(wanted: &Wanted) -> Result<String, Error> {
    let version = wanted.version.trim();
    let Some(tag) = wanted.reference.tag() else {
        let devel = version.is_empty() && wanted.devel && wanted.reference.digest().is_none();
        return Ok(if devel { WITH_PRERELEASES.to_owned() } else { version.to_owned() });
    };
    if version.is_empty() {
        let read = tag.to_version();
        // Only in versions `_` stands for `+`.
        let is_version = Version::parse(&read).is_ok();
        return Ok(if is_version { read } else { tag.to_string() });
    }
    if Tag::from_version(version).as_ref() == Ok(tag) {
        return Ok(version.to_owned());
    }
    Err(Error::Version { version: version.to_owned(), tag: tag.to_string() })
}

/// The tag, if the text is a version or a name such as `latest`, and no range.
fn exact_tag(text: &str) -> Option<Tag> {
    let tag = Tag::from_version(text).ok()?;
    (Version::parse(text).is_ok() || Constraint::parse(text).is_err()).then_some(tag)
}

async fn newest(
    registry: &Client,
    repository: Reference,
    wanted: &Wanted,
    version: &str,
) -> Result<Artifact, Error> {
    let range = Constraint::parse(if version.is_empty() { "*" } else { version })?;
    let versions = Versions::new(registry.tags(&repository).await?);
    // A tag may be named like a range, such as `1.x`.
    if let Some(tag) = versions.tag(version) {
        let version = version.to_owned();
        return open(registry, repository.with_tag(Some(tag.clone())), version).await;
    }
    if versions.is_empty() {
        let reference = format!("oci://{}", wanted.reference);
        return Err(Error::NoTags { reference });
    }
    let Some(found) = versions.newest_in(&range) else {
        let newest = versions.entries().first();
        let all = versions.entries();
        return Err(Error::NoMatch {
            version: version.to_owned(),
            newest: newest.map(|entry| entry.version.original().to_owned()),
            only_prereleases: version.is_empty()
                && all.iter().all(|entry| !entry.version.prerelease().is_empty()),
        });
    };
    let reference = repository.with_tag(Some(found.tag.clone()));
    open(registry, reference, found.tag.to_version()).await
}

/// Finds a version that is stored under another tag than the one that was tried.
async fn other_spelling(
    registry: &Client,
    repository: &Reference,
    text: &str,
) -> Result<Option<(Tag, String)>, Error> {
    let Ok(version) = Version::parse(text) else { return Ok(None) };
    let versions = match registry.tags(repository).await {
        Ok(tags) => Versions::new(tags),
        // The registry has no list, or the repository is not there at all.
        Err(rhumb_registry::Error::NotFound { .. } | rhumb_registry::Error::Denied { .. }) => {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    // In chart repositories, too, `1.2` means the newest of `1.2.x`.
    let is_short = text.split(['-', '+']).next().is_some_and(|core| core.split('.').count() < 3);
    let range = Constraint::parse(text).ok().filter(|_| is_short);
    let found = match range {
        Some(range) => versions.newest_in(&range),
        None => versions.equal_to(&version),
    };
    Ok(found.map(|found| (found.tag.clone(), found.tag.to_version())))
}

/// Fetches the manifest, by way of an index where there is one.
pub(crate) async fn open(
    registry: &Client,
    reference: Reference,
    version: String,
) -> Result<Artifact, Error> {
    let fetched = registry.manifest(&reference, media_type::MANIFESTS).await?;
    let root = fetched.descriptor;
    let name = || reference.to_string();
    let content = Content::parse(&root.media_type, &fetched.bytes)
        .map_err(|source| rhumb_registry::Error::NotManifest { reference: name(), source })?;
    let (descriptor, manifest) = match content {
        Content::Index(index) => index::select(registry, &reference, &index, &version).await?,
        Content::Manifest(manifest) => (root.clone(), *manifest),
    };
    if manifest.config.media_type != media_type::CHART_CONFIG {
        let kind = manifest.artifact_type.clone().filter(|kind| !kind.is_empty());
        let found = kind.unwrap_or_else(|| manifest.config.media_type.clone());
        return Err(Error::NotAChart { reference: name(), found });
    }
    Ok(Artifact { reference, version, root, descriptor, manifest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(reference: &str, version: &str, devel: bool) -> Wanted {
        Wanted { reference: reference.parse().unwrap(), version: version.into(), devel }
    }

    #[test]
    fn the_tag_is_the_version_unless_they_differ() {
        let read = |reference: &str, version: &str| version_of(&wanted(reference, version, true));
        assert_eq!(read("h/a", "").unwrap(), ">0.0.0-0");
        assert_eq!(read("h/a:1.0.0+b", "").unwrap(), "1.0.0+b");
        assert_eq!(read("h/a:my_tag", "").unwrap(), "my_tag");
        assert_eq!(read("h/a:1.0.0_b", "1.0.0+b").unwrap(), "1.0.0+b");
        assert_eq!(
            read("h/a:0.2.0", "0.1.0").unwrap_err().to_string(),
            "chart reference and version mismatch: 0.1.0 is not 0.2.0"
        );
    }

    fn version_of(wanted: &Wanted) -> Result<String, Error> {
        version(wanted)
    }

    #[test]
    fn versions_and_names_are_tags_and_ranges_are_not() {
        for text in ["1.2.3", "v1.2.3", "1.2", "1.2.3+b", "latest", "main-12ab"] {
            assert!(exact_tag(text).is_some(), "{text}");
        }
        for text in ["", "^1.2", "1.x", "*", ">1 <2", "~1"] {
            assert!(exact_tag(text).is_none(), "{text}");
        }
    }
}
