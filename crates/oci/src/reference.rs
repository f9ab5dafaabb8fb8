use std::fmt;
use std::str::FromStr;

use crate::{Digest, DigestError, NameError, Registry, Repository, Tag};

/// `registry/repository` with a tag, a digest, both or neither, such as
/// `ghcr.io/acme/charts/web:1.2.3@sha256:…`. A leading `oci://` is allowed and dropped.
///
/// `+` in the tag is read as `_`, which is how registries store it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    registry: Registry,
    repository: Repository,
    tag: Option<Tag>,
    digest: Option<Digest>,
}

/// Why a text is no reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// There is a host but nothing after it, or no host at all.
    #[error(
        "`{0}` is not a reference: write `oci://HOST/REPOSITORY` and, if you like, `:TAG` or `@DIGEST`"
    )]
    NoRepository(String),
    /// One of the names is off.
    #[error("invalid reference `{text}`: {source}")]
    Name {
        /// The whole text.
        text: String,
        /// Which part, and why.
        source: NameError,
    },
    /// The digest is off.
    #[error("invalid reference `{text}`: {source}")]
    Digest {
        /// The whole text.
        text: String,
        /// Why.
        source: DigestError,
    },
}

impl Reference {
    /// Points at a repository, with neither tag nor digest.
    pub fn new(registry: Registry, repository: Repository) -> Self {
        Self { registry, repository, tag: None, digest: None }
    }

    /// Returns the same repository with this tag.
    #[must_use]
    pub fn with_tag(mut self, tag: Option<Tag>) -> Self {
        self.tag = tag;
        self
    }

    /// Returns the same repository with this digest.
    #[must_use]
    pub fn with_digest(mut self, digest: Option<Digest>) -> Self {
        self.digest = digest;
        self
    }

    /// The registry, as written.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The tag, if one was written.
    pub fn tag(&self) -> Option<&Tag> {
        self.tag.as_ref()
    }

    /// The digest, if one was written.
    pub fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name_error = |source| ReferenceError::Name { text: text.to_owned(), source };
        let rest = text.strip_prefix("oci://").unwrap_or(text);
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, "")) => (rest, None),
            Some((rest, digest)) => {
                let parsed = digest
                    .parse()
                    .map_err(|source| ReferenceError::Digest { text: text.to_owned(), source })?;
                (rest, Some(parsed))
            }
            None => (rest, None),
        };
        let (registry, path) = rest
            .split_once('/')
            .filter(|(_, path)| !path.is_empty())
            .ok_or_else(|| ReferenceError::NoRepository(text.to_owned()))?;
        let (repository, tag) = match path.rsplit_once(':') {
            Some((repository, "")) => (repository, None),
            Some((repository, tag)) => {
                (repository, Some(Tag::from_version(tag).map_err(name_error)?))
            }
            None => (path, None),
        };
        Ok(Self {
            registry: registry.parse().map_err(name_error)?,
            repository: repository.parse().map_err(name_error)?,
            tag,
            digest,
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { registry, repository, tag, digest } = self;
        write!(f, "{registry}/{repository}")?;
        if let Some(tag) = tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_and_parsing_are_inverse() {
        let digest = Digest::of(b"");
        for text in [
            "ghcr.io/acme/web".to_owned(),
            "localhost:5000/web:1.2.3_4".to_owned(),
            format!("[::1]:5000/a/b@{digest}"),
            format!("h/a/b:v1@{digest}"),
        ] {
            assert_eq!(text.parse::<Reference>().unwrap().to_string(), text);
        }
        let reference: Reference = "oci://h/a:1+2".parse().unwrap();
        assert_eq!(reference.to_string(), "h/a:1_2");
        assert_eq!("h/a:@".parse::<Reference>().unwrap().to_string(), "h/a");
    }

    #[test]
    fn names_the_part_that_is_wrong() {
        let error = |text: &str| text.parse::<Reference>().unwrap_err().to_string();
        assert!(error("thing:1.0").starts_with("`thing:1.0` is not a reference"));
        assert!(error("oci://h/Web").contains("`Web` is not a repository name"));
        assert!(error("h/a@sha256:12").contains("`sha256:12` is not a digest"));
    }
}
