use std::path::{Path, PathBuf};

use bytes::Bytes;
use rhumb_source::{Artifact, Download, beside};
use serde::{Deserialize, Serialize};

use crate::chart_source::{ChartSource, Remote};
use crate::{Client, Error, Verified, blocking};

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
    /// Who signed it, if that was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Verified>,
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
    let registry = &client.registry;
    let mut pulled = Pulled {
        reference: artifact.reference.to_string(),
        digest: artifact.root.digest.to_string(),
        is_artifact: true,
        ..Pulled::default()
    };
    let path = destination.join(artifact.file_name());
    if let Some(verify) = &source.verify {
        let archive = artifact.chart(registry, &*client.reporter).await?;
        let (provenance, verified) = artifact.verify(registry, verify, &archive).await?;
        pulled.signed = Some(verified.into());
        write(&mut pulled, request, &path, (archive, Some(provenance))).await?;
    } else if unpack.is_some() {
        let archive = artifact.chart(registry, &*client.reporter).await?;
        write(&mut pulled, request, &path, (archive, None)).await?;
    } else {
        // Nothing is written unless all of it is there.
        let provenance =
            if *provenance { find_provenance(client, artifact, source).await? } else { None };
        artifact.chart_to(registry, &*client.reporter, &path).await?;
        pulled.provenance = provenance.map(|bytes| keep(&beside(&path), &bytes)).transpose()?;
        pulled.path = path;
    }
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
        ..Pulled::default()
    };
    let path = destination.join(download.file_name()?);
    let mut found = None;
    if let Some(verify) = &source.verify {
        let (provenance, verified) = download.verify(verify, &archive).await?;
        pulled.signed = Some(verified.into());
        found = Some(provenance);
    } else if *provenance && unpack.is_none() {
        match download.provenance().await {
            Ok(provenance) => found = Some(provenance),
            Err(error) => {
                let chart = &source.chart;
                let warning = format!("WARNING: Verification not found for {chart}: {error}");
                client.reporter.warn(warning);
            }
        }
    }
    write(&mut pulled, request, &path, (archive.bytes, found)).await?;
    Ok(pulled)
}

/// Unpacks an archive if that is asked for; else writes it to `path`, and its provenance file beside it.
async fn write(
    pulled: &mut Pulled,
    request: &Pull,
    path: &Path,
    (archive, provenance): (Bytes, Option<Bytes>),
) -> Result<(), Error> {
    if let Some(folder) = &request.unpack {
        pulled.path = unpacked(archive, &request.destination, folder).await?;
        return Ok(());
    }
    pulled.path = keep(path, &archive)?;
    pulled.provenance = provenance.map(|bytes| keep(&beside(path), &bytes)).transpose()?;
    Ok(())
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
