use rhumb_oci::Reference;
use serde::{Deserialize, Serialize};

use crate::{Client, Error};

/// A repository whose tags to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Versions {
    /// Such as `oci://ghcr.io/acme/charts/web`; a tag or digest does not matter.
    pub place: String,
}

/// The tags of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionList {
    /// Versions as tags write them, newest first.
    pub versions: Vec<String>,
    /// All other tags, sorted.
    pub other_tags: Vec<String>,
}

pub(crate) async fn run(client: &Client, request: &Versions) -> Result<VersionList, Error> {
    let reference: Reference = request.place.parse()?;
    let tags = client.registry.tags(&reference).await.map_err(rhumb_source::Error::from)?;
    let versions = rhumb_source::Versions::new(tags.clone());
    let versions: Vec<String> =
        versions.entries().iter().map(|entry| entry.tag.to_string()).collect();
    let mut other_tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
    other_tags.retain(|tag| !versions.contains(tag));
    other_tags.sort();
    Ok(VersionList { versions, other_tags })
}

/// A registry whose repositories to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Repositories {
    /// The registry, as in `localhost:5000`.
    pub host: String,
    /// What their names start with.
    pub prefix: String,
}

pub(crate) async fn repositories(
    client: &Client,
    request: &Repositories,
) -> Result<Vec<String>, Error> {
    let host = request
        .host
        .parse()
        .map_err(|source| rhumb_oci::ReferenceError::Name { text: request.host.clone(), source })?;
    let all = rhumb_source::catalog(&client.registry, &host, "").await?;
    let names = all.into_iter().map(|repository| repository.to_string());
    Ok(names.filter(|name| name.starts_with(&request.prefix)).collect())
}
