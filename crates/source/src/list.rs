use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use rhumb_oci::{Reference, Registry, Repository};
use rhumb_registry::Client;
use rhumb_semver::{Constraint, Version};

use crate::resolve::open;
use crate::versions::{StoredVersion, Versions};
use crate::{Artifact, Error};

/// Artifacts that are looked at at once; the client has its own, lower limit for each host.
const AT_ONCE: usize = 32;

/// Which versions of a repository to list.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The range that they must be in.
    pub range: Constraint,
    /// All of them, not only the newest.
    pub all: bool,
}

/// A version that was listed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Listed {
    /// The version.
    pub version: Version,
    /// Where it is.
    pub artifact: Artifact,
    /// Its metadata, JSON.
    pub config: Bytes,
}

/// Lists the versions of a repository, newest first. No layer is fetched, and of what was listed before only
/// the manifest. What is not a chart is passed over.
///
/// # Errors
///
/// If the registry does not list them.
pub async fn list(
    registry: &Client,
    repository: &Reference,
    listing: &Listing,
) -> Result<Vec<Listed>, Error> {
    let versions = Versions::new(registry.tags(repository).await?);
    let fitting = versions.entries().iter().filter(|entry| listing.range.check(&entry.version));
    let looked_at = futures_util::stream::iter(fitting.cloned())
        .map(|entry| look_at(registry, repository, entry));
    if listing.all {
        let listed: Vec<_> = looked_at.buffered(AT_ONCE).try_collect().await?;
        return Ok(listed.into_iter().flatten().collect());
    }
    // The newest is nearly always a chart.
    let mut looked_at = std::pin::pin!(looked_at.buffered(1));
    while let Some(listed) = looked_at.next().await {
        if let Some(listed) = listed? {
            return Ok(vec![listed]);
        }
    }
    Ok(Vec::new())
}

async fn look_at(
    registry: &Client,
    repository: &Reference,
    entry: StoredVersion,
) -> Result<Option<Listed>, Error> {
    let reference = repository.clone().with_tag(Some(entry.tag.clone()));
    let artifact = match open(registry, reference, entry.tag.to_version()).await {
        Ok(artifact) => artifact,
        Err(
            error @ (Error::NotAChart { .. }
            | Error::NoChartInIndex { .. }
            | Error::SeveralCharts { .. }
            | Error::LargeIndex { .. }),
        ) => {
            tracing::debug!(%error, "not listed");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let config = artifact.config(registry).await?;
    Ok(Some(Listed { version: entry.version, artifact, config }))
}

/// Lists the repositories of a registry that are at or below `prefix`, sorted, where the registry allows that.
///
/// # Errors
///
/// If it does not.
pub async fn catalog(
    registry: &Client,
    host: &Registry,
    prefix: &str,
) -> Result<Vec<Repository>, Error> {
    let mut repositories = registry.catalog(host).await?;
    let prefix = prefix.trim_matches('/');
    repositories.retain(|repository| {
        let rest = repository.as_str().strip_prefix(prefix);
        rest.is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'))
    });
    repositories.sort();
    repositories.dedup();
    Ok(repositories)
}
