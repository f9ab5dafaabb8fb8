use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rhumb_chart::repo::{ChartRepo, ChartRepos, IndexedChart, RepoIndex};
use rhumb_chart::{Chart, Dependency};
use rhumb_registry::replace_file;
use rhumb_semver::{Constraint, Version};

use super::origin::{generated, is_registry};
use super::{DependencyError, DependencyJob, Said, told};
use crate::chart_repo::{Access, Download, equal, find_in, join};
use crate::{ChartRepoError, Error, VerifyError, Wanted, resolve};

/// Where a chart's archive is.
struct Found {
    url: String,
    digest: String,
    access: Access,
}

impl DependencyJob<'_> {
    /// Fetches charts to a folder of their own, and then moves them to `charts`, in place of what was there. Gives
    /// the versions that they have.
    pub(super) async fn fetch(
        &self,
        mut chosen: Vec<Dependency>,
        repos: &ChartRepos,
    ) -> Result<Vec<Dependency>, Error> {
        let indexes = self.indexes(repos)?;
        let charts = self.charts_folder()?;
        let temporary = tempfile::Builder::new().prefix("tmpcharts-").tempdir_in(self.chart);
        let temporary = temporary
            .map_err(|error| DependencyError::Write { path: self.chart.to_owned(), error })?;
        self.say(format!("Saving {} charts\n", chosen.len()));
        let mut known = BTreeSet::new();
        for dependency in &mut chosen {
            let place = dependency.repository.clone();
            if place.is_empty() {
                self.check_own(dependency, &charts)?;
                continue;
            }
            let done = if place.starts_with("file://") {
                self.pack(dependency, temporary.path())
            } else {
                self.download(dependency, &indexes, temporary.path(), &mut known).await
            };
            done.map_err(|error| self.not_saved(error))?;
        }
        self.settle(&chosen, temporary.path(), &charts)?;
        Ok(chosen)
    }

    /// Says, as Helm does, what is also told as the error.
    fn not_saved(&self, error: Error) -> Error {
        self.say(format!("Save error occurred:  {error}\n"));
        error
    }

    fn indexes(&self, repos: &ChartRepos) -> Result<Vec<(ChartRepo, RepoIndex)>, Error> {
        let read = |repo: &ChartRepo| {
            let index = self.repos.index(&repo.name, self.reporter);
            Ok((repo.clone(), index.map_err(ChartRepoError::IndexFile)?))
        };
        repos.repositories.iter().map(read).collect()
    }

    fn charts_folder(&self) -> Result<PathBuf, DependencyError> {
        let path = self.chart.join("charts");
        match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => Ok(path),
            Ok(_) => Err(DependencyError::NotFolder { path }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                match std::fs::create_dir_all(&path) {
                    Ok(()) => Ok(path),
                    Err(error) => Err(DependencyError::Write { path, error }),
                }
            }
            Err(error) => {
                let why = told("stat", &path, &error);
                Err(DependencyError::FolderInfo { path, why })
            }
        }
    }

    /// Checks a chart that is in `charts` anyway.
    fn check_own(&self, dependency: &Dependency, charts: &Path) -> Result<(), Error> {
        let Dependency { name, version, .. } = dependency;
        self.say(format!(
            "Dependency {name} did not declare a repository. Assuming it exists in the charts directory\n"
        ));
        let path = charts.join(name);
        let chart = Chart::load_folder(&path, self.reporter).map_err(|error| {
            DependencyError::LoadOwn { path, error: Box::new(error.of_version_2()) }
        })?;
        let range = range(name, version)?;
        let found = chart.metadata.version;
        let parsed = Version::parse(&found).map_err(|error| {
            let (name, version) = (name.clone(), version.clone());
            DependencyError::OwnVersion { name, version, error }
        })?;
        if range.check(&parsed) {
            return Ok(());
        }
        let (name, version) = (name.clone(), version.clone());
        Err(self.not_saved(DependencyError::OwnRange { name, found, version }.into()))
    }

    /// Packs a chart of this machine.
    fn pack(&self, dependency: &mut Dependency, to: &Path) -> Result<(), Error> {
        let Dependency { name, version, repository, .. } = dependency;
        if self.is_verbose {
            self.say(format!("Archiving {name} from repo {repository}\n"));
        }
        let folder = self.folder(repository)?;
        let mut chart =
            Chart::load_folder(&folder, self.reporter).map_err(DependencyError::from)?;
        if let Some(time) = self.archive_time {
            chart.set_times(time);
        }
        let range = range(name, version)?;
        let found = &chart.metadata.version;
        if !range.check(&Version::parse(found)?) {
            return Err(DependencyError::NoValidVersion { name: name.clone() }.into());
        }
        chart.save(to, self.archive_time).map_err(DependencyError::Pack)?;
        version.clone_from(found);
        Ok(())
    }

    /// Downloads a chart, unless it was already.
    async fn download(
        &self,
        dependency: &Dependency,
        indexes: &[(ChartRepo, RepoIndex)],
        to: &Path,
        known: &mut BTreeSet<String>,
    ) -> Result<(), Error> {
        let Dependency { name, version, repository, .. } = dependency;
        let found = if is_registry(repository) {
            None
        } else {
            let found = self.find(dependency, indexes).await;
            Some(found.map_err(|error| DependencyError::Find(Box::new(error)))?)
        };
        let (url, asked) = match &found {
            Some(found) => (found.url.clone(), found.url.as_str()),
            None => (format!("{repository}/{name}"), version.as_str()),
        };
        if !known.insert(format!("{url} {asked}")) {
            self.say(format!("Already downloaded {name} from repo {repository}\n"));
            return Ok(());
        }
        self.say(format!("Downloading {name} from repo {repository}\n"));
        let done = match found {
            Some(found) if !is_registry(&found.url) => self.save(&found, to).await,
            Some(_) => self.pull(&url, "", to).await,
            None => self.pull(&url, version, to).await,
        };
        let failed = |error| DependencyError::Download { url, error: Box::new(error) };
        Ok(done.map_err(failed)?)
    }

    async fn save(&self, found: &Found, to: &Path) -> Result<(), Error> {
        let Found { url, digest, access } = found;
        let download = Download::new(access.clone(), url, digest)?;
        let path = to.join(download.file_name()?);
        let archive = download.chart(self.reporter).await?;
        if let Some(verify) = self.verify {
            self.allow(url, download.verify(verify, &archive).await)?;
        }
        replace_file(&path, &archive.bytes)
            .map_err(|error| DependencyError::Write { path, error })?;
        Ok(())
    }

    async fn pull(&self, asked: &str, version: &str, to: &Path) -> Result<(), Error> {
        let (reference, version) = (asked.parse()?, version.to_owned());
        let artifact = resolve(self.client, &Wanted { reference, version, devel: false }).await?;
        let path = to.join(artifact.file_name());
        let (reference, digest) = (&artifact.reference, &artifact.root.digest);
        let say = || (self.say)(Said::Pulled(&format!("Pulled: {reference}\nDigest: {digest}\n")));
        let Some(verify) = self.verify else {
            artifact.chart_to(self.client, self.reporter, &path).await?;
            say();
            return Ok(());
        };
        let archive = artifact.chart(self.client, self.reporter).await?;
        say();
        self.allow(asked, artifact.verify(self.client, verify, &archive).await)?;
        replace_file(&path, &archive).map_err(|error| DependencyError::Write { path, error })?;
        Ok(())
    }

    /// Lets pass what was verified, and where that is asked for also a chart that has no provenance file.
    fn allow<T>(&self, chart: &str, result: Result<T, Error>) -> Result<(), Error> {
        match result {
            Err(Error::Verify(VerifyError::NotFetched { error, .. })) if self.takes_unsigned => {
                let why = error.without_reference();
                self.say(format!("WARNING: Verification not found for {chart}: {why}\n"));
                Ok(())
            }
            result => result.map(|_| ()),
        }
    }

    /// Finds the address of a version, by the index of a repository that the user has or that was downloaded just
    /// now, or else by the one at the address.
    async fn find(
        &self,
        dependency: &Dependency,
        indexes: &[(ChartRepo, RepoIndex)],
    ) -> Result<Found, Error> {
        let Dependency { name, version, repository, .. } = dependency;
        let known = indexes.iter().find(|(repo, _)| equal(repository, &repo.url));
        if let Some((repo, index)) = known {
            let charts = index.entries.get(name).ok_or(DependencyError::NoEntry)?;
            let chart = versioned(charts, version).ok_or(DependencyError::NoMatchingVersion)?;
            let access = Access::of_index(self.client, repo);
            return found(chart, repository, access);
        }
        let name_of_index = generated(repository);
        let nobody = ChartRepo { url: repository.clone(), ..ChartRepo::default() };
        let access = Access::of_index(self.client, &nobody);
        if !self.skip_refresh
            && self.repos.index_path(&name_of_index).exists()
            && let Ok(index) = self.repos.index(&name_of_index, self.reporter)
            && let Some(charts) = index.entries.get(name)
            && let Some(chart) = versioned(charts, version)
        {
            return found(chart, repository, access);
        }
        let url = find_in(&access, repository, (name, version), self.reporter);
        let url = url.await.map_err(|error| {
            let (name, repo) = (name.clone(), repository.clone());
            DependencyError::NotFound { name, repo, error: Box::new(error) }
        })?;
        Ok(Found { url, digest: String::new(), access })
    }
}

fn found(chart: &IndexedChart, repo: &str, access: Access) -> Result<Found, Error> {
    let url = join(repo, chart.urls.first().map_or("", String::as_str))?;
    Ok(Found { url, digest: chart.digest.clone(), access })
}

/// The version that equals another, of those that have an address.
fn versioned<'c>(charts: &'c [IndexedChart], version: &str) -> Option<&'c IndexedChart> {
    let wanted = Version::parse(version);
    let equals = |text: &str| match &wanted {
        _ if version.is_empty() => true,
        Ok(wanted) => Version::parse(text).is_ok_and(|version| version == *wanted),
        Err(_) => text == version,
    };
    let mut usable = charts.iter().filter(|chart| !chart.urls.is_empty());
    usable.find(|chart| equals(&chart.metadata.version))
}

fn range(name: &str, text: &str) -> Result<Constraint, DependencyError> {
    Constraint::parse(text).map_err(|error| DependencyError::Range { name: name.to_owned(), error })
}
