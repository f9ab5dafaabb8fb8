use std::path::{Path, PathBuf};

use bytes::Bytes;
use rhumb_source::{Artifact, Download};
use serde::{Deserialize, Serialize};

use crate::chart_source::{ChartSource, Remote};
use crate::{Client, Error, blocking};

/// A chart to download.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Pull {
    /// The chart.
    pub source: ChartSource,
    /// The folder to write to.
    pub destination: PathBuf,
    /// Whether to write its provenance file, too.
    pub provenance: bool,
    /// The folder, below the other one, to unpack the chart in; else the archive is written.
    pub unpack: Option<PathBuf>,
}

/// What was downloaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulled {
    /// The reference that the chart was found under, or the address.
    pub reference: String,
    /// The digest of what it leads to.
    pub digest: String,
    /// The archive, or the folder that it was unpacked to.
    pub path: PathBuf,
    /// The provenance file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<PathBuf>,
    /// Whether it was in a registry, so that the digest is a manifest's; else it is the archive's.
    #[serde(skip)]
    pub is_artifact: bool,
}

pub(crate) async fn run(client: &Client, request: &Pull) -> Result<Pulled, Error> {
    // What is on this machine already is not looked at, whatever its name.
    match request.source.find_remote(client).await? {
        Remote::Artifact(artifact) => pull_artifact(client, request, &artifact).await,
        Remote::Download(download) => pull_download(client, request, &download).await,
    }
}

async fn pull_artifact(
    client: &Client,
    request: &Pull,
    artifact: &Artifact,
) -> Result<Pulled, Error> {
    let Pull { source, destination, provenance, unpack } = request;
    if let Some(folder) = unpack {
        let archive = artifact.chart(&client.registry, &*client.reporter).await?;
        let path = unpacked(archive, destination, folder).await?;
        return Ok(pulled(artifact, path));
    }
    let path = destination.join(artifact.file_name());
    // Nothing is written unless all of it is there.
    let provenance =
        if *provenance { find_provenance(client, artifact, source).await? } else { None };
    artifact.chart_to(&client.registry, &*client.reporter, &path).await?;
    let mut pulled = pulled(artifact, path);
    pulled.provenance = provenance.map(|bytes| keep(&beside(&pulled.path), &bytes)).transpose()?;
    Ok(pulled)
}

async fn pull_download(
    client: &Client,
    request: &Pull,
    download: &Download,
) -> Result<Pulled, Error> {
    let Pull { source, destination, provenance, unpack } = request;
    let archive = download.chart(&*client.reporter).await?;
    let mut pulled = Pulled {
        reference: download.shown_url(),
        digest: archive.digest.to_string(),
        is_artifact: false,
        ..Pulled::default()
    };
    if let Some(folder) = unpack {
        pulled.path = unpacked(archive.bytes, destination, folder).await?;
        return Ok(pulled);
    }
    let path = destination.join(download.file_name()?);
    let found = if *provenance { Some(download.provenance().await) } else { None };
    pulled.path = keep(&path, &archive.bytes)?;
    match found {
        Some(Ok(bytes)) => pulled.provenance = Some(keep(&beside(&path), &bytes)?),
        Some(Err(error)) => {
            let chart = &source.chart;
            client.reporter.warn(format!("WARNING: Verification not found for {chart}: {error}"));
        }
        None => {}
    }
    Ok(pulled)
}

/// Writes a file, and gives its path.
fn keep(path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    let path = path.to_owned();
    match rhumb_registry::replace_file(&path, bytes) {
        Ok(()) => Ok(path),
        Err(source) => Err(Error::Write { path, source }),
    }
}

/// Fetches the provenance file; as in Helm it is no error if there is none.
async fn find_provenance(
    client: &Client,
    artifact: &Artifact,
    source: &ChartSource,
) -> Result<Option<Bytes>, Error> {
    match artifact.provenance(&client.registry).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error @ rhumb_source::Error::NoLayer { .. }) => {
            let chart = &source.chart;
            client.reporter.warn(format!("WARNING: Verification not found for {chart}: {error}"));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Unpacks the chart, and writes no archive.
async fn unpacked(archive: Bytes, destination: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let here = folder == Path::new(".");
    let folder = if here { destination.to_owned() } else { destination.join(folder) };
    let unpack =
        move || rhumb_chart::unpack(&archive, &folder).map_err(|source| Error::Unpack { source });
    blocking::run(unpack).await
}

fn pulled(artifact: &Artifact, path: PathBuf) -> Pulled {
    Pulled {
        reference: artifact.reference.to_string(),
        digest: artifact.root.digest.to_string(),
        path,
        provenance: None,
        is_artifact: true,
    }
}

/// The provenance file of an archive.
pub(crate) fn beside(archive: &Path) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".prov");
    name.into()
}
