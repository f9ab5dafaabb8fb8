mod annotation;

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use rhumb_chart::{Chart, Metadata, Time};
use rhumb_oci::{Manifest, Reference, ReferenceError, Tag, media_type};
use rhumb_registry::{Blob, IfExists, Outcome};
use serde::{Deserialize, Serialize};

use crate::{Client, Error, blocking};

/// Bytes of an archive that are read at most; nothing larger unpacks to what a chart may be.
const MAX_ARCHIVE: u64 = 2 * rhumb_chart::MAX_CHART_BYTES;

/// A chart to upload.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Push {
    /// An archive, with its provenance file beside it if there is one, or a chart's folder.
    pub chart: PathBuf,
    /// The place above the chart's own repository, such as `oci://ghcr.io/acme/charts`.
    pub remote: String,
    /// Another name for its repository than the chart's own.
    pub name: Option<String>,
    /// Another tag than its version.
    pub tag: Option<String>,
    /// What to do if the tag is there with something else.
    pub existing: Existing,
    /// The time that a folder's files are given, in seconds since 1970; else that of the newest.
    pub time: Option<i64>,
}

/// What to do with a tag that is there already. One that leads to the very same chart stays in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Existing {
    /// Let it lead to the new chart.
    #[default]
    Overwrite,
    /// Leave it as it is.
    Skip,
    /// Fail.
    Fail,
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// The reference that leads to the chart.
    pub reference: String,
    /// The digest of its manifest.
    pub digest: String,
    /// The chart's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What was done.
    pub outcome: PushOutcome,
}

/// What an upload did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PushOutcome {
    /// Uploaded what was missing.
    Uploaded,
    /// Nothing: the very same chart was there.
    Unchanged,
    /// Nothing: the tag was there with another chart.
    Skipped,
}

/// A chart as it goes over the wire.
struct Packed {
    metadata: Metadata,
    archive: Bytes,
    provenance: Option<Bytes>,
    /// When it was made, in seconds since 1970.
    created: i64,
}

pub(crate) async fn run(client: &Client, request: &Push) -> Result<Pushed, Error> {
    let (client, request) = (client.clone(), request.clone());
    let registry = client.registry.clone();
    let prepare = move || {
        let packed = pack(&client, &request)?;
        let reference = reference(&request, &packed.metadata)?;
        push(reference, packed, request.existing)
    };
    let (name, version, push) = blocking::run(prepare).await?;
    let pushed = registry.push(&push).await?;
    let outcome = match pushed.outcome {
        Outcome::Uploaded => PushOutcome::Uploaded,
        Outcome::Unchanged => PushOutcome::Unchanged,
        Outcome::Skipped => PushOutcome::Skipped,
    };
    Ok(Pushed {
        reference: push.reference.to_string(),
        digest: pushed.descriptor.digest.to_string(),
        name,
        version,
        outcome,
    })
}

/// Reads an archive, or packs a folder.
fn pack(client: &Client, request: &Push) -> Result<Packed, Error> {
    let path = &request.chart;
    let about = std::fs::metadata(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::NoFile { path: path.clone() },
        _ => Error::Read { path: path.clone(), source },
    })?;
    if about.is_dir() {
        let chart = Chart::load_own_folder(path, &*client.reporter)?;
        let created = request.time.unwrap_or_else(|| chart.newest_time());
        let archive = chart.pack(Vec::new(), Some(created))?.into();
        let metadata = chart.metadata.clone();
        return Ok(Packed { metadata, archive, provenance: None, created });
    }
    let archive = read(path, MAX_ARCHIVE)?;
    let chart = Chart::load_any_archive(&path.to_string_lossy(), &archive, &*client.reporter)?;
    let modified = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let created = modified.and_then(|time| i64::try_from(time.as_secs()).ok()).unwrap_or_default();
    let provenance = rhumb_source::beside(path);
    let provenance = if provenance.exists() {
        Some(read(&provenance, rhumb_source::MAX_PROVENANCE)?)
    } else {
        None
    };
    Ok(Packed { metadata: chart.metadata.clone(), archive, provenance, created })
}

fn read(path: &Path, limit: u64) -> Result<Bytes, Error> {
    let mut bytes = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    read.map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes.into())
}

/// Where the chart goes: below the remote, under its name and version.
fn reference(request: &Push, metadata: &Metadata) -> Result<Reference, Error> {
    let remote = &request.remote;
    let Some(place) = remote.strip_prefix("oci://") else {
        return Err(match remote.split_once("://") {
            Some((scheme, _)) => Error::Scheme { scheme: scheme.to_owned() },
            None => Error::NoScheme,
        });
    };
    let name = request.name.as_deref().unwrap_or(&metadata.name);
    let place = place.trim_end_matches('/');
    let tag = request.tag.as_deref().unwrap_or(&metadata.version);
    let tag = Tag::from_version(tag)
        .map_err(|source| ReferenceError::Name { text: tag.to_owned(), source })?;
    let reference: Reference = format!("{place}/{name}").parse()?;
    if reference.tag().is_some() || reference.digest().is_some() {
        return Err(Error::RemoteWithVersion { remote: remote.clone() });
    }
    Ok(reference.with_tag(Some(tag)))
}

/// Puts the artifact together as Helm does, byte for byte.
fn push(
    reference: Reference,
    packed: Packed,
    existing: Existing,
) -> Result<(String, String, rhumb_registry::Push), Error> {
    let Packed { metadata, archive, provenance, created } = packed;
    let config = Blob::from_bytes(media_type::CHART_CONFIG, metadata.to_json().into_bytes());
    let mut layers = vec![Blob::from_bytes(media_type::CHART_LAYER, archive)];
    layers.extend(provenance.map(|bytes| Blob::from_bytes(media_type::PROVENANCE_LAYER, bytes)));
    layers.sort_by(|left, right| {
        left.descriptor.digest.as_str().cmp(right.descriptor.digest.as_str())
    });
    let described = layers.iter().map(|layer| layer.descriptor.clone()).collect();
    let mut manifest = Manifest::new(config.descriptor.clone(), described);
    manifest.annotations =
        annotation::annotations(&metadata, &Time::from_seconds(created).to_string());
    let manifest = Bytes::from(manifest.print());
    if manifest.len() as u64 > rhumb_registry::MAX_MANIFEST {
        return Err(Error::LargeManifest { limit: rhumb_registry::MAX_MANIFEST });
    }
    let mut blobs = layers;
    blobs.push(config);
    let push = rhumb_registry::Push {
        reference,
        media_type: media_type::MANIFEST.to_owned(),
        manifest,
        blobs,
        if_exists: match existing {
            Existing::Overwrite => IfExists::Overwrite,
            Existing::Skip => IfExists::Skip,
            Existing::Fail => IfExists::Fail,
        },
    };
    Ok((metadata.name, metadata.version, push))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rhumb_chart::File;
    use rhumb_report::Silent;

    fn metadata(text: &'static str) -> Metadata {
        let files = vec![File::new("Chart.yaml", text.into(), 0)];
        Chart::from_files(files, &Silent).unwrap().metadata
    }

    fn place(remote: &str, name: Option<&str>, tag: Option<&str>) -> Result<String, Error> {
        let request = Push {
            remote: remote.into(),
            name: name.map(Into::into),
            tag: tag.map(Into::into),
            ..Push::default()
        };
        let metadata = metadata("{apiVersion: v2, name: web, version: 1.0.0+b}");
        reference(&request, &metadata).map(|reference| reference.to_string())
    }

    #[test]
    fn the_chart_goes_below_the_remote_by_name_and_version() {
        assert_eq!(place("oci://h:1/a/", None, None).unwrap(), "h:1/a/web:1.0.0_b");
        assert_eq!(place("oci://h", Some("b/web"), Some("latest")).unwrap(), "h/b/web:latest");
        let error = |remote: &str| place(remote, None, None).unwrap_err().to_string();
        assert_eq!(error("h/a"), "scheme prefix missing from remote (e.g. \"oci://\")");
        assert_eq!(error("https://h/a"), "scheme \"https\" not supported");
        assert!(error("oci://h/a:1").contains("`1/web` is not a tag"));
    }
}
