use std::path::{Path, PathBuf};

use rhumb_chart::Dependency;
use rhumb_chart::repo::{ChartRepo, ChartRepos};
use rhumb_oci::Digest;
use rhumb_value::url::Url;

use super::{DependencyError, DependencyJob};
use crate::chart_repo::{clean, equal};

/// How the names of repositories begin that stand for an address.
const GENERATED: &str = "helm-manager-";

/// Where a chart that is wanted comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// It is in the `charts` folder.
    Charts,
    /// A folder of this machine.
    Folder,
    /// A registry.
    Registry,
    /// A chart repository: one of the user's, or one that stands for an address.
    Repo(ChartRepo),
}

pub(super) fn is_generated(name: &str) -> bool {
    name.starts_with(GENERATED)
}

pub(super) fn is_registry(place: &str) -> bool {
    place.starts_with("oci://")
}

/// The name that stands for an address.
pub(super) fn generated(url: &str) -> String {
    format!("{GENERATED}{}", Digest::of(url.as_bytes()).hex())
}

impl DependencyJob<'_> {
    /// Finds where charts come from, and puts addresses in the place of names of repositories.
    pub(super) fn origins(
        &self,
        wanted: &mut [Dependency],
        repos: &ChartRepos,
    ) -> Result<Vec<Origin>, DependencyError> {
        let (mut origins, mut missing) = (Vec::new(), Vec::new());
        for dependency in wanted {
            let place = &mut dependency.repository;
            if place.is_empty() {
                origins.push(Origin::Charts);
                continue;
            }
            if place.starts_with("file://") {
                self.folder(place)?;
                if self.is_verbose {
                    self.say(format!("Repository from local path: {place}\n"));
                }
                origins.push(Origin::Folder);
                continue;
            }
            if is_registry(place) {
                origins.push(Origin::Registry);
                continue;
            }
            let name = place.strip_prefix('@').or_else(|| place.strip_prefix("alias:"));
            let found = repos
                .repositories
                .iter()
                .find(|repo| name == Some(&repo.name) || equal(&repo.url, place));
            if let Some(repo) = found {
                if name == Some(&repo.name) {
                    place.clone_from(&repo.url);
                }
                origins.push(Origin::Repo(repo.clone()));
            } else if is_address(place) {
                let (name, url) = (generated(place), place.clone());
                origins.push(Origin::Repo(ChartRepo { name, url, ..ChartRepo::default() }));
            } else {
                missing.push(place.clone());
            }
        }
        if missing.is_empty() { Ok(origins) } else { Err(DependencyError::NoRepos { missing }) }
    }

    /// The folder that `file://…`, or a path, means in the chart.
    pub(super) fn folder(&self, place: &str) -> Result<PathBuf, DependencyError> {
        let path = place.strip_prefix("file://").unwrap_or(place);
        let path = self.chart.join(path);
        let path = Path::new(&clean(&path.to_string_lossy())).to_owned();
        match std::fs::metadata(&path) {
            Ok(_) => Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(DependencyError::NoFolder { path })
            }
            Err(error) => Err(DependencyError::Stat { path, error }),
        }
    }
}

/// Whether Go takes a text for the target of a request.
fn is_address(text: &str) -> bool {
    Url::parse(text.as_bytes()).is_ok_and(|url| url.is_absolute() || text.starts_with('/'))
}
