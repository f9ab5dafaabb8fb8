use bytes::Bytes;
use futures_util::future::try_join_all;
use rhumb_oci::{Descriptor, Index, Manifest, Reference, media_type};
use rhumb_registry::{Client, Kind};
use serde::Deserialize;

use crate::artifact::MAX_CONFIG;
use crate::{Candidate, Error};

/// Manifests of an index that are looked at. Images for every platform there is are fewer.
const MAX_MANIFESTS: usize = 64;

/// Finds the chart in an index: the only one there is, else the only one with the name of the repository
/// and the version that is asked for. Several that could be meant are refused.
pub(crate) async fn select(
    registry: &Client,
    reference: &Reference,
    index: &Index,
    version: &str,
) -> Result<(Descriptor, Manifest), Error> {
    let name = reference.to_string();
    if index.manifests.len() > MAX_MANIFESTS {
        return Err(Error::LargeIndex { reference: name, limit: MAX_MANIFESTS });
    }
    let likely = index.manifests.iter().filter(|descriptor| may_be_chart(descriptor));
    let fetched = try_join_all(likely.map(|entry| fetch(registry, reference, entry))).await?;
    let mut charts: Vec<(Descriptor, Manifest)> = fetched.into_iter().flatten().collect();
    match charts.len() {
        0 => return Err(Error::NoChartInIndex { reference: name }),
        1 => return Ok(charts.remove(0)),
        _ => {}
    }
    let describe = charts.iter().map(|(descriptor, manifest)| async move {
        let Metadata { name, version } = metadata(registry, reference, manifest).await?;
        Ok::<_, Error>(Candidate { name, version, digest: descriptor.digest.clone() })
    });
    let candidates = try_join_all(describe).await?;
    let by_name = |candidate: &Candidate| candidate.name == reference.repository().basename();
    let by_both = |candidate: &Candidate| by_name(candidate) && candidate.version == version;
    let chosen = only(&candidates, by_both).or_else(|| only(&candidates, by_name));
    match chosen {
        Some(position) => Ok(charts.swap_remove(position)),
        None => Err(Error::SeveralCharts { reference: name, charts: candidates }),
    }
}

/// The position of the only candidate that fits.
fn only(candidates: &[Candidate], fits: impl Fn(&Candidate) -> bool) -> Option<usize> {
    let mut fitting = candidates.iter().enumerate().filter(|(_, candidate)| fits(candidate));
    let (position, _) = fitting.next()?;
    fitting.next().is_none().then_some(position)
}

/// Leaves out what says of itself that it is something else.
fn may_be_chart(entry: &Descriptor) -> bool {
    let is_manifest =
        matches!(&*entry.media_type, media_type::MANIFEST | media_type::DOCKER_MANIFEST);
    let kind = entry.artifact_type.as_deref().unwrap_or_default();
    is_manifest && (kind.is_empty() || kind == media_type::CHART_CONFIG)
}

async fn fetch(
    registry: &Client,
    reference: &Reference,
    entry: &Descriptor,
) -> Result<Option<(Descriptor, Manifest)>, Error> {
    let exact = reference.clone().with_tag(None).with_digest(Some(entry.digest.clone()));
    let fetched = registry.manifest(&exact, media_type::MANIFESTS).await?;
    // An image of another kind, or even another index, is not what is looked for.
    let Ok(manifest) = Manifest::parse(&fetched.bytes) else { return Ok(None) };
    let is_chart = manifest.config.media_type == media_type::CHART_CONFIG;
    Ok(is_chart.then_some((fetched.descriptor, manifest)))
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
}

async fn metadata(
    registry: &Client,
    reference: &Reference,
    manifest: &Manifest,
) -> Result<Metadata, Error> {
    let config: Bytes =
        registry.blob_bytes(reference, &manifest.config, Kind::Config, MAX_CONFIG).await?;
    serde_json::from_slice(&config)
        .map_err(|source| Error::Config { reference: reference.to_string(), source })
}
