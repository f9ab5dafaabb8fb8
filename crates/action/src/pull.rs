use std::path::{Path, PathBuf};

use bytes::Bytes;
use rhumb_source::{Artifact, Place, Wanted};
use serde::{Deserialize, Serialize};

use crate::{Client, Error, blocking, write};

/// A chart, as someone names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartSource {
    /// `oci://HOST/REPOSITORY`, perhaps with a tag or digest; or a path.
    pub chart: String,
    /// A version, a range or a tag; empty for the newest.
    pub version: String,
    /// Whether the newest may be a pre-release.
    pub devel: bool,
}

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
    /// The reference that the chart was found under.
    pub reference: String,
    /// The digest of what it leads to.
    pub digest: String,
    /// The archive, or the folder that it was unpacked to.
    pub path: PathBuf,
    /// The provenance file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<PathBuf>,
}

impl ChartSource {
    /// Finds the chart in its registry.
    pub(crate) async fn resolve(&self, client: &Client) -> Result<Artifact, Error> {
        let Self { chart, version, devel } = self;
        let Place::Registry(reference) = Place::parse(chart)? else {
            return Err(Error::NotInRegistry { place: chart.clone() });
        };
        let wanted = Wanted { reference, version: version.clone(), devel: *devel };
        Ok(rhumb_source::resolve(&client.registry, &wanted).await?)
    }
}

pub(crate) async fn run(client: &Client, request: &Pull) -> Result<Pulled, Error> {
    let Pull { source, destination, provenance, unpack } = request;
    let artifact = source.resolve(client).await?;
    if let Some(folder) = unpack {
        let here = folder == Path::new(".");
        let folder = if here { destination.clone() } else { destination.join(folder) };
        return unpacked(client, &artifact, folder).await;
    }
    let path = destination.join(artifact.file_name());
    // Nothing is written unless all of it is there.
    let provenance =
        if *provenance { find_provenance(client, &artifact, source).await? } else { None };
    artifact.chart_to(&client.registry, &*client.reporter, &path).await?;
    let mut pulled = pulled(&artifact, path);
    if let Some(bytes) = provenance {
        let path = beside(&pulled.path);
        write::replace(&path, &bytes)
            .map_err(|source| Error::Write { path: path.clone(), source })?;
        pulled.provenance = Some(path);
    }
    Ok(pulled)
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
async fn unpacked(client: &Client, artifact: &Artifact, folder: PathBuf) -> Result<Pulled, Error> {
    let archive = artifact.chart(&client.registry, &*client.reporter).await?;
    let unpack =
        move || rhumb_chart::unpack(&archive, &folder).map_err(|source| Error::Unpack { source });
    Ok(pulled(artifact, blocking::run(unpack).await?))
}

fn pulled(artifact: &Artifact, path: PathBuf) -> Pulled {
    Pulled {
        reference: artifact.reference.to_string(),
        digest: artifact.root.digest.to_string(),
        path,
        provenance: None,
    }
}

/// The provenance file of an archive.
pub(crate) fn beside(archive: &Path) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".prov");
    name.into()
}
