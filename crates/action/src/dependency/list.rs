use std::path::{Path, PathBuf};

use rhumb_chart::{Chart, Dependency};
use rhumb_semver::{Constraint, Version};
use serde::{Deserialize, Serialize};

use crate::{Client, Error};

/// A chart whose dependencies to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListDependencies {
    /// The chart's folder or archive.
    pub chart: PathBuf,
}

/// The dependencies of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyList {
    /// One for each, in the chart's order; nothing if the chart has no list.
    pub dependencies: Option<Vec<DependencyRow>>,
    /// Charts in `charts` that are not wanted, and what is there besides, in Helm's words.
    pub warnings: Vec<String>,
}

/// One dependency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyRow {
    /// The chart.
    pub name: String,
    /// The range of versions.
    pub version: String,
    /// Where it is from.
    pub repository: String,
    /// Whether it is there: `ok`, `unpacked`, `missing`, `wrong version` and such.
    pub status: String,
}

pub(crate) fn run(client: &Client, request: &ListDependencies) -> Result<DependencyList, Error> {
    let path = &request.chart;
    let chart = Chart::load_any(path, &*client.reporter)?;
    if !chart.metadata.declares_dependencies() {
        let warning = format!("WARNING: no dependencies at {}", charts_folder(path).display());
        return Ok(DependencyList { dependencies: None, warnings: vec![warning] });
    }
    let wanted = chart.metadata.dependencies();
    let rows = wanted.iter().map(|dependency| DependencyRow {
        name: dependency.name.clone(),
        version: dependency.version.clone(),
        repository: dependency.repository.clone(),
        status: status(path, dependency, &chart, client).to_owned(),
    });
    let dependencies = Some(rows.collect());
    Ok(DependencyList { dependencies, warnings: unwanted(path, wanted, client) })
}

fn status(path: &Path, wanted: &Dependency, parent: &Chart, client: &Client) -> &'static str {
    let prefix = format!("{}-", wanted.name);
    let named = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(".tgz")).map(str::to_owned)
    };
    let mut archives: Vec<PathBuf> = entries(path);
    archives.retain(|path| named(path).is_some());
    if archives.len() > 1 {
        archives.retain(|path| {
            named(path).is_some_and(|version| Version::parse_strict(&version).is_ok())
        });
        if archives.len() > 1 {
            return "too many matches";
        }
    }
    if let Some(archive) = archives.first().filter(|archive| archive.exists()) {
        return match Chart::load_any(archive, &*client.reporter) {
            Err(_) => "corrupt",
            Ok(chart) if chart.name() != wanted.name => "misnamed",
            Ok(chart) => version_status(&chart, wanted).unwrap_or("ok"),
        };
    }
    let within = parent.dependencies().iter().rfind(|chart| chart.name() == wanted.name);
    within.map_or("missing", |chart| version_status(chart, wanted).unwrap_or("unpacked"))
}

/// What is wrong with the version of a chart, if anything is.
fn version_status(chart: &Chart, wanted: &Dependency) -> Option<&'static str> {
    let found = &chart.metadata.version;
    if *found == wanted.version {
        return None;
    }
    match (Constraint::parse(&wanted.version), Version::parse(found)) {
        (Ok(range), Ok(found)) => (!range.check(&found)).then_some("wrong version"),
        _ => Some("invalid version"),
    }
}

/// Warnings of what is in `charts` and not wanted.
fn unwanted(path: &Path, wanted: &[Dependency], client: &Client) -> Vec<String> {
    let mut warnings = Vec::new();
    for path in entries(path) {
        let is_archive = path.extension().is_some_and(|extension| extension == "tgz");
        if !path.is_dir() && !is_archive {
            continue;
        }
        let shown = rhumb_value::quote::quote(path.as_os_str().as_encoded_bytes());
        match Chart::load_any(&path, &*client.reporter) {
            Err(_) => warnings.push(format!("WARNING: {shown} is not a chart.")),
            Ok(chart) if wanted.iter().any(|wanted| wanted.name == chart.name()) => {}
            Ok(_) => warnings.push(format!("WARNING: {shown} is not in Chart.yaml.")),
        }
    }
    warnings
}

/// The folder `charts`, tidied as in Helm's messages.
fn charts_folder(chart: &Path) -> PathBuf {
    rhumb_value::path::clean_system(&chart.join("charts"))
}

/// What is in the folder `charts`, sorted.
fn entries(chart: &Path) -> Vec<PathBuf> {
    let folder = charts_folder(chart);
    let found = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = found.map(|entry| folder.join(entry.file_name())).collect();
    paths.sort();
    paths
}
