mod repos;

use futures_util::{StreamExt as _, TryStreamExt as _};
use rhumb_oci::{Reference, Registry};
use rhumb_semver::Constraint;
use rhumb_source::{Artifact, Listed, Listing, Wanted};
use serde::{Deserialize, Serialize};

use crate::{Client, Error};
pub use repos::SearchRepos;
pub(crate) use repos::run as run_repos;

/// What annotation says when an artifact was made.
const CREATED: &str = "org.opencontainers.image.created";
/// Repositories of a catalog that are looked at at once.
const AT_ONCE: usize = 16;
/// All versions but pre-releases; all versions.
const STABLE: &str = ">0.0.0";
const WITH_PRERELEASES: &str = ">0.0.0-0";

/// Charts to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    /// `oci://HOST/REPOSITORY` for one chart, perhaps with a tag or digest; `oci://HOST` or
    /// `oci://HOST/PREFIX` for all charts there, if the registry tells.
    pub place: String,
    /// All versions, not only the newest.
    pub versions: bool,
    /// A range that the versions must be in; empty for all but pre-releases.
    pub version: String,
    /// Whether pre-releases count, unless a range is given.
    pub devel: bool,
}

/// The charts that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Found {
    /// By name, each with its newest version first.
    pub charts: Vec<FoundChart>,
}

/// One version of a chart. The fields that Helm has are named as Helm names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundChart {
    /// Where the chart is, such as `oci://ghcr.io/acme/charts/web`, or `main/web` in a chart repository.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the application in it.
    pub app_version: String,
    /// What it says of itself.
    pub description: String,
    /// When it was made, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The digest of what the version's tag leads to; only of charts in registries.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
}

/// The part of the metadata that is listed.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metadata {
    version: String,
    app_version: String,
    description: String,
}

/// What a place names.
enum Place {
    /// One repository, or all below it.
    Repository(Reference),
    /// One version.
    Version(Reference),
    /// All repositories of a registry that are below a prefix.
    Prefix(Registry, String),
}

pub(crate) async fn run(client: &Client, request: &Search) -> Result<Found, Error> {
    let Search { place, versions, version, devel } = request;
    let range = match version.as_str() {
        "" if *devel => WITH_PRERELEASES,
        "" => STABLE,
        version => version,
    };
    let range = Constraint::parse(range).map_err(|source| Error::Range { source })?;
    let listing = Listing { range, all: *versions };
    let charts = match parse(place)? {
        Place::Version(reference) => {
            let wanted = Wanted { reference, version: version.clone(), devel: *devel };
            let artifact = rhumb_source::resolve(&client.registry, &wanted).await?;
            vec![resolved(client, artifact).await?]
        }
        Place::Prefix(registry, prefix) => below(client, &registry, &prefix, &listing).await?,
        Place::Repository(repository) => match list(client, &repository, &listing).await {
            Ok(charts) if !charts.is_empty() => charts,
            // There is no such repository, but there may be some below it.
            Ok(_) => around(client, &repository, &listing).await.unwrap_or_default(),
            Err(error) if error.is_not_found() => {
                let found = around(client, &repository, &listing).await.unwrap_or_default();
                if found.is_empty() {
                    return Err(error);
                }
                found
            }
            Err(error) => return Err(error),
        },
    };
    Ok(Found { charts })
}

fn parse(text: &str) -> Result<Place, Error> {
    let rest = text.strip_prefix("oci://").unwrap_or(text);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if path.is_empty() || path.ends_with('/') {
        let registry = host
            .parse()
            .map_err(|source| rhumb_oci::ReferenceError::Name { text: text.to_owned(), source })?;
        return Ok(Place::Prefix(registry, path.trim_end_matches('/').to_owned()));
    }
    let reference: Reference = text.parse()?;
    let is_version = reference.tag().is_some() || reference.digest().is_some();
    Ok(if is_version { Place::Version(reference) } else { Place::Repository(reference) })
}

/// Lists what is below a repository that is not there itself.
async fn around(
    client: &Client,
    repository: &Reference,
    listing: &Listing,
) -> Result<Vec<FoundChart>, Error> {
    let path = repository.repository().as_str();
    let charts = below(client, repository.registry(), path, listing).await;
    if let Err(error) = &charts {
        tracing::debug!(%error, "the registry has no catalog for us");
    }
    charts
}

async fn below(
    client: &Client,
    host: &Registry,
    prefix: &str,
    listing: &Listing,
) -> Result<Vec<FoundChart>, Error> {
    let repositories = rhumb_source::catalog(&client.registry, host, prefix).await?;
    let lists = futures_util::stream::iter(repositories).map(|repository| async move {
        match list(client, &Reference::new(host.clone(), repository), listing).await {
            // The catalog may be older than what is there, and have more than one may read.
            Err(Error::Source(rhumb_source::Error::Registry(
                error @ (rhumb_registry::Error::NotFound { .. }
                | rhumb_registry::Error::Denied { .. }),
            ))) => {
                tracing::debug!(%error, "not listed");
                Ok(Vec::new())
            }
            other => other,
        }
    });
    let lists: Vec<_> = lists.buffered(AT_ONCE).try_collect().await?;
    Ok(lists.into_iter().flatten().collect())
}

async fn list(
    client: &Client,
    repository: &Reference,
    listing: &Listing,
) -> Result<Vec<FoundChart>, Error> {
    let listed = rhumb_source::list(&client.registry, repository, listing).await?;
    let chart = |listed: &Listed| found(&listed.artifact, &listed.config);
    Ok(listed.iter().map(chart).collect())
}

async fn resolved(client: &Client, artifact: Artifact) -> Result<FoundChart, Error> {
    let config = artifact.config(&client.registry).await?;
    Ok(found(&artifact, &config))
}

fn found(artifact: &Artifact, config: &[u8]) -> FoundChart {
    // A config that cannot be read leaves the tag, which says enough to list it.
    let metadata: Metadata = serde_json::from_slice(config).unwrap_or_default();
    let repository = artifact.reference.clone().with_tag(None).with_digest(None);
    let Metadata { version, app_version, description } = metadata;
    FoundChart {
        name: format!("oci://{repository}"),
        version: if version.is_empty() { artifact.version.clone() } else { version },
        app_version,
        description,
        created: artifact.manifest.annotations.get(CREATED).cloned(),
        digest: artifact.root.digest.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_registry_a_prefix_a_repository_or_a_version() {
        assert!(matches!(parse("oci://h:1"), Ok(Place::Prefix(_, prefix)) if prefix.is_empty()));
        assert!(matches!(parse("oci://h/a/b/"), Ok(Place::Prefix(_, prefix)) if prefix == "a/b"));
        assert!(matches!(parse("oci://h/a/b"), Ok(Place::Repository(_))));
        assert!(matches!(parse("oci://h/a/b:1"), Ok(Place::Version(_))));
        assert!(parse("oci://").is_err());
    }
}
