use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::{Chart, LoadError};
use rhumb_report::Reporter;
use rhumb_source::{Artifact, ChartWanted, Download, Located, Place, Verify, Wanted};
use serde::{Deserialize, Serialize};

use crate::{Client, Error, blocking};

/// A chart, as someone names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartSource {
    /// `oci://HOST/REPOSITORY`, perhaps with a tag or digest; a path; `REPOSITORY/CHART` in a chart repository;
    /// the address of an archive; or with `repo` only a name.
    pub chart: String,
    /// A version, a range or a tag; empty for the newest.
    pub version: String,
    /// Whether the newest may be a pre-release.
    pub devel: bool,
    /// The address of the chart repository that has it; empty for those that the user has named.
    pub repo: String,
    /// Whether the credential that the client was given is sent to every server that the chart leads to.
    pub pass_credentials: bool,
    /// By what its provenance file is checked; without it the chart is taken as it is.
    pub verify: Option<Verify>,
}

/// Where a chart was found.
pub(crate) enum Found {
    Here(PathBuf),
    /// An archive of this machine that was read to check its provenance.
    Checked(FetchedChart),
    Remote(Remote),
}

/// Where a chart was found that has to be downloaded.
pub(crate) enum Remote {
    Artifact(Box<Artifact>),
    Download(Box<Download>),
}

/// The archive of a chart that was not on this machine, or whose provenance was checked.
#[derive(Clone, Debug)]
pub struct FetchedChart {
    /// What it is called in errors.
    name: String,
    archive: Bytes,
}

impl ChartSource {
    /// The whole path, if it is on this machine.
    pub(crate) fn path(&self) -> Result<Option<PathBuf>, Error> {
        if !self.repo.is_empty() {
            return Ok(None);
        }
        match Place::parse(&self.chart)? {
            Place::Path(path) => {
                let whole = std::path::absolute(&path).unwrap_or(path);
                Ok(Some(rhumb_value::path::clean_system(&whole)))
            }
            _ => Ok(None),
        }
    }

    /// Finds the chart, wherever it is; nothing of it is downloaded.
    pub(crate) async fn find(&self, client: &Client) -> Result<Found, Error> {
        match (self.path()?, &self.verify) {
            (Some(path), Some(verify)) => Ok(Found::Checked(FetchedChart::check(&path, verify)?)),
            (Some(path), None) => Ok(Found::Here(path)),
            (None, _) => Ok(Found::Remote(self.find_remote(client).await?)),
        }
    }

    /// Finds the chart where it is not on this machine.
    pub(crate) async fn find_remote(&self, client: &Client) -> Result<Remote, Error> {
        let Self { chart, version, devel, repo, pass_credentials, .. } = self;
        let (registry, reporter) = (&client.registry, &*client.reporter);
        let (mut version, mut devel) = (version.clone(), *devel);
        let reference = Place::reference(chart)?.filter(|_| repo.is_empty());
        let reference = if let Some(reference) = reference {
            reference
        } else {
            if devel && version.is_empty() {
                ">0.0.0-0".clone_into(&mut version);
            }
            let (chart, repo) = (chart.clone(), repo.clone());
            let pass_credentials = *pass_credentials;
            let wanted = ChartWanted { chart, version, repo, pass_credentials };
            let files = &client.chart_repos;
            match rhumb_source::locate(registry, files, &wanted, reporter).await? {
                Located::Download(download) => return Ok(Remote::Download(download.into())),
                Located::Registry(reference) => {
                    (version, devel) = (String::new(), false);
                    reference
                }
            }
        };
        let wanted = Wanted { reference, version, devel };
        Ok(Remote::Artifact(rhumb_source::resolve(registry, &wanted).await?.into()))
    }

    /// Loads the chart from where it is.
    pub(crate) async fn load(&self, client: &Client) -> Result<Chart, Error> {
        self.find(client).await?.load(client, self.verify.as_ref()).await
    }
}

impl Found {
    /// Loads the chart.
    pub(crate) async fn load(
        self,
        client: &Client,
        verify: Option<&Verify>,
    ) -> Result<Chart, Error> {
        self.load_with((client, verify), Chart::load, Chart::load_archive).await
    }

    /// Loads the chart, of whatever version it is.
    pub(crate) async fn load_any(
        self,
        client: &Client,
        verify: Option<&Verify>,
    ) -> Result<Chart, Error> {
        self.load_with((client, verify), Chart::load_any, Chart::load_any_archive).await
    }

    async fn load_with(
        self,
        (client, verify): (&Client, Option<&Verify>),
        load: fn(&Path, &dyn Reporter) -> Result<Chart, LoadError>,
        load_archive: fn(&str, &[u8], &dyn Reporter) -> Result<Chart, LoadError>,
    ) -> Result<Chart, Error> {
        let reporter = Arc::clone(&client.reporter);
        let FetchedChart { name, archive } = match self {
            Self::Here(path) => return blocking::run(move || Ok(load(&path, &*reporter)?)).await,
            Self::Checked(fetched) => fetched,
            Self::Remote(remote) => remote.fetch(client, verify).await?,
        };
        blocking::run(move || Ok(load_archive(&name, &archive, &*reporter)?)).await
    }
}

impl Remote {
    /// Downloads the chart's archive, and checks its provenance if that is asked for.
    pub(crate) async fn fetch(
        &self,
        client: &Client,
        verify: Option<&Verify>,
    ) -> Result<FetchedChart, Error> {
        let reporter = &*client.reporter;
        match self {
            Self::Artifact(artifact) => {
                let archive = artifact.chart(&client.registry, reporter).await?;
                if let Some(verify) = verify {
                    artifact.verify(&client.registry, verify, &archive).await?;
                }
                Ok(FetchedChart { name: artifact.reference.to_string(), archive })
            }
            Self::Download(download) => {
                download.check_digest()?;
                let archive = download.chart(reporter).await?;
                if let Some(verify) = verify {
                    download.verify(verify, &archive).await?;
                }
                let path = archive.path.map(|path| path.display().to_string());
                let name = path.unwrap_or_else(|| download.shown_url());
                Ok(FetchedChart { name, archive: archive.bytes })
            }
        }
    }
}

impl FetchedChart {
    /// Reads an archive of this machine, and checks its provenance.
    pub(crate) fn check(path: &Path, verify: &Verify) -> Result<Self, Error> {
        let (archive, _) = verify.file(path).map_err(rhumb_source::Error::from)?;
        Ok(Self { name: path.display().to_string(), archive: archive.into() })
    }

    /// Loads the chart.
    pub(crate) fn load(&self, reporter: &dyn Reporter) -> Result<Chart, Error> {
        Ok(Chart::load_archive(&self.name, &self.archive, reporter)?)
    }
}
