use std::path::{Path, PathBuf};

use rhumb_chart::repo::RepoIndex;
use rhumb_chart::{Chart, Time};
use rhumb_registry::replace_file;
use rhumb_source::join_path;
use serde::{Deserialize, Serialize};

use super::RepoError;
use crate::{Client, Error};

/// A folder of archives to make an index of, in the file `index.yaml` there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IndexCharts {
    /// The folder.
    pub folder: PathBuf,
    /// The address that it will have; empty for addresses that are relative to the index.
    pub url: String,
    /// Another index, whose charts are taken over; it is made if it is not there.
    pub merge: Option<PathBuf>,
    /// How it is written.
    pub format: IndexFormat,
    /// Now, in seconds since 1970.
    pub time: i64,
}

/// How an index is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexFormat {
    /// As YAML.
    #[default]
    Yaml,
    /// As JSON, which is YAML, too, and read faster.
    Json,
}

pub(crate) fn run(client: &Client, request: &IndexCharts) -> Result<(), Error> {
    let IndexCharts { folder, url, merge, format, time } = request;
    let time = Time::from_seconds(*time);
    let mut index = RepoIndex::new(time);
    for archive in archives(folder) {
        add(&mut index, folder, &archive, url, (time, client))?;
    }
    if let Some(path) = merge {
        if path.exists() {
            let other = rhumb_source::read_index(path, &*client.reporter);
            let mut warnings = Vec::new();
            index.merge(other.map_err(RepoError::Merge)?, &mut warnings);
            for warning in warnings {
                client.reporter.warn(warning);
            }
        } else {
            write(&RepoIndex::new(time), path, *format)?;
        }
    }
    index.sort();
    write(&index, &folder.join("index.yaml"), *format)
}

fn add(
    index: &mut RepoIndex,
    folder: &Path,
    archive: &Path,
    url: &str,
    (time, client): (Time, &Client),
) -> Result<(), Error> {
    // As in Helm, what cannot be loaded is no chart.
    let Ok(chart) = Chart::load_any(archive, &*client.reporter) else { return Ok(()) };
    let bytes = std::fs::read(archive)
        .map_err(|source| Error::Read { path: archive.to_owned(), source })?;
    let digest = rhumb_oci::Digest::of(&bytes).hex().to_owned();
    let file = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let below = archive.parent().and_then(|parent| parent.strip_prefix(folder).ok());
    let base = join_path(url, &below.unwrap_or(Path::new("")).to_string_lossy());
    let url = if base.is_empty() { file.clone() } else { join_path(&base, &file) };
    let added = index.add(chart.metadata, url, digest, time);
    added.map_err(|error| RepoError::Index { file, error }.into())
}

/// The archives in a folder and in those in it, as Helm goes through them.
fn archives(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| {
        let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = found.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let is_archive = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".tgz"))
    };
    let here = entries(folder);
    let below = here.iter().filter(|path| path.is_dir()).flat_map(|path| entries(path));
    let below: Vec<PathBuf> = below.filter(is_archive).collect();
    let mut all: Vec<PathBuf> = here.into_iter().filter(is_archive).collect();
    all.extend(below);
    all
}

fn write(index: &RepoIndex, path: &Path, format: IndexFormat) -> Result<(), Error> {
    let text = match format {
        IndexFormat::Yaml => index.to_yaml().map_err(RepoError::Print)?,
        IndexFormat::Json => index.to_json_lines(),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        && !folder.is_dir()
    {
        return Err(Error::NoFolder { path: folder.to_owned() });
    }
    replace_file(path, text.as_bytes())
        .map_err(|source| Error::Write { path: path.to_owned(), source })
}
