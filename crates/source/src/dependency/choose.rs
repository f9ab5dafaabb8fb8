use std::path::Path;

use rhumb_chart::{Chart, Dependency};
use rhumb_oci::Reference;
use rhumb_semver::{Constraint, Version};
use rhumb_value::quote::quote;

use super::origin::Origin;
use super::{DependencyError, DependencyJob};
use crate::Error;
use crate::versions::Versions;

impl DependencyJob<'_> {
    /// Finds the newest version of each chart that is wanted.
    pub(super) async fn choose(
        &self,
        wanted: &[Dependency],
        origins: &[Origin],
    ) -> Result<Vec<Dependency>, Error> {
        let (mut chosen, mut missing) = (Vec::new(), Vec::new());
        for (dependency, origin) in wanted.iter().zip(origins) {
            let Dependency { name, version, repository, .. } = dependency;
            let range = Constraint::parse(version)
                .map_err(|error| DependencyError::Range { name: quote(name.as_bytes()), error })?;
            let found = match origin {
                Origin::Charts => {
                    self.folder(&Path::new("charts").join(name).to_string_lossy())?;
                    Some(version.clone())
                }
                Origin::Folder => self.version_here(repository, &range)?,
                Origin::Registry => Some(self.version_there(dependency, &range).await?),
                Origin::Repo(repo) => {
                    let index = self.repos.index(&repo.name, self.reporter);
                    let index = index.map_err(|error| {
                        let name = repo.name.clone();
                        DependencyError::NotCached { name, error }
                    })?;
                    let charts = index.entries.get(name).ok_or_else(|| {
                        let (name, repo) = (name.clone(), repository.clone());
                        DependencyError::NotInRepo { name, repo }
                    })?;
                    let versions = charts.iter().filter(|chart| !chart.urls.is_empty());
                    let mut versions = versions.map(|chart| &chart.metadata.version);
                    versions.find(|version| fits(version, &range)).cloned()
                }
            };
            let Some(version) = found else {
                let [name, repository, version] =
                    [name, repository, version].map(|text| quote(text.as_bytes()));
                missing.push(format!("{name} (repository {repository}, version {version})"));
                continue;
            };
            let (name, repository) = (name.clone(), repository.clone());
            chosen.push(Dependency { name, version, repository, ..Dependency::default() });
        }
        if missing.is_empty() {
            return Ok(chosen);
        }
        Err(DependencyError::NoVersions { missing }.into())
    }

    /// The version of a chart of this machine, if it is in the range.
    fn version_here(&self, place: &str, range: &Constraint) -> Result<Option<String>, Error> {
        let folder = self.folder(place)?;
        let chart = Chart::load_folder(&folder, self.reporter).map_err(DependencyError::from)?;
        let version = chart.metadata.version;
        Ok(fits(&version, range).then_some(version))
    }

    /// The newest version of a chart in a registry that is in the range. Where none is, the range itself stays,
    /// and fetching the chart tells.
    async fn version_there(
        &self,
        dependency: &Dependency,
        range: &Constraint,
    ) -> Result<String, Error> {
        let Dependency { name, version, repository, .. } = dependency;
        if Version::parse(version).is_ok() {
            return Ok(version.clone());
        }
        let reference: Reference = format!("{repository}/{name}").parse()?;
        let tags = self
            .client
            .tags(&reference)
            .await
            .map_err(|error| DependencyError::NoTags { repository: repository.clone(), error })?;
        let versions = Versions::new(tags);
        let newest = versions.newest_in(range);
        Ok(newest.map_or_else(|| version.clone(), |found| found.version.original().to_owned()))
    }
}

fn fits(version: &str, range: &Constraint) -> bool {
    Version::parse(version).is_ok_and(|version| range.check(&version))
}
