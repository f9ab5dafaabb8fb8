use std::path::PathBuf;

use rhumb_chart::Chart;
use rhumb_semver::Version;
use serde::{Deserialize, Serialize};

use crate::{Client, Error};

/// A chart to pack.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Package {
    /// The chart's folder.
    pub chart: PathBuf,
    /// The folder to write to.
    pub destination: PathBuf,
    /// Another version than the chart's own.
    pub version: Option<String>,
    /// Another version of the application in it.
    pub app_version: Option<String>,
    /// The time that everything is given, in seconds since 1970; else files keep their own.
    pub time: Option<i64>,
}

/// What was packed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packaged {
    /// The archive.
    pub path: PathBuf,
    /// The chart's name.
    pub name: String,
    /// Its version.
    pub version: String,
}

pub(crate) fn run(client: &Client, request: &Package) -> Result<Packaged, Error> {
    let Package { chart, destination, version, app_version, time } = request;
    if !chart.exists() {
        return Err(Error::NoFolder { path: chart.clone() });
    }
    let mut chart = Chart::load_own_folder(chart, &*client.reporter)?;
    if let Some(version) = version {
        chart.metadata.version.clone_from(version);
    }
    Version::parse(&chart.metadata.version).map_err(|source| Error::Version { source })?;
    if let Some(version) = app_version {
        chart.metadata.app_version.clone_from(version);
    }
    if let Some(time) = time {
        chart.set_times(*time);
    }
    let missing = chart.missing_dependencies();
    if !missing.is_empty() {
        return Err(Error::MissingDependencies { names: missing.join(", ") });
    }
    let path = chart.save(destination, *time).map_err(|source| Error::Save { source })?;
    let version = chart.metadata.version.clone();
    Ok(Packaged { path, name: chart.name().to_owned(), version })
}
