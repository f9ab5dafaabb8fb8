//! The charts that a chart needs: finds them, puts them into its `charts` folder, and notes in a lock which they
//! were.

mod choose;
mod error;
mod fetch;
mod lock;
mod origin;
mod settle;

use std::path::Path;

use futures_util::future::join_all;
use rhumb_chart::repo::{ChartRepo, ChartRepos};
use rhumb_chart::{Chart, Dependency, requirements_digest, requirements_digest_v2};
use rhumb_registry::Client;
use rhumb_report::{Reporter, system_words};
use rhumb_value::quote::quote;

use crate::chart_repo::{ChartRepoFiles, check_repo, equal, refreshed, shown_url};
use crate::{ChartRepoError, Error, Verify};
pub use error::DependencyError;
use origin::{Origin, is_generated, is_registry};

/// What is said while charts are fetched, in Helm's words, line ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// What is done.
    Step(&'a str),
    /// Which chart was pulled from a registry; Helm does not say it where it says the steps.
    Pulled(&'a str),
}

/// What is needed to put the charts that a chart needs into it.
#[derive(Clone, Copy)]
pub struct DependencyJob<'a> {
    /// Reaches registries and web servers.
    pub client: &'a Client,
    /// The user's chart repositories.
    pub repos: &'a ChartRepoFiles,
    /// The chart's folder.
    pub chart: &'a Path,
    /// Whether the indexes of repositories are used as they are.
    pub skip_refresh: bool,
    /// Now, in seconds since 1970.
    pub time: i64,
    /// The time that charts of this machine are packed with; else files keep their own.
    pub archive_time: Option<i64>,
    /// Whether to say more.
    pub is_verbose: bool,
    /// By what the provenance files of charts that are downloaded are checked.
    pub verify: Option<&'a Verify>,
    /// Whether those are taken, too, that have none.
    pub takes_unsigned: bool,
    /// Who hears of warnings.
    pub reporter: &'a dyn Reporter,
    /// Who hears what is done.
    pub say: &'a (dyn Fn(Said<'_>) + Sync),
}

impl std::fmt::Debug for DependencyJob<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DependencyJob").field("chart", &self.chart).finish_non_exhaustive()
    }
}

impl DependencyJob<'_> {
    /// Finds the newest versions that the chart wants, fetches them, and writes the lock if it changes.
    ///
    /// # Errors
    ///
    /// If one of them is not found or cannot be fetched; the chart stays as it was then.
    pub async fn update(&self) -> Result<(), Error> {
        let chart = self.load()?;
        if !chart.metadata.declares_dependencies() {
            return Ok(());
        }
        let repos = self.repos.repos()?;
        let mut wanted = chart.metadata.dependencies().to_vec();
        let origins = self.origins(&mut wanted, &repos)?;
        if !self.skip_refresh {
            self.refresh_generated(&origins).await?;
            self.refresh_all(&repos).await?;
        }
        let chosen = self.choose(&wanted, &origins).await?;
        let fetched = self.fetch(chosen, &repos).await?;
        let digest = requirements_digest(&wanted, &fetched);
        if chart.lock.as_ref().is_some_and(|lock| lock.digest == digest) {
            return Ok(());
        }
        self.write_lock(&chart, digest, fetched)
    }

    /// Fetches the versions that the lock names; without a lock the same as [`DependencyJob::update`].
    ///
    /// # Errors
    ///
    /// If the lock is out of date, or a chart cannot be fetched; the chart stays as it was then.
    pub async fn build(&self) -> Result<(), Error> {
        let chart = self.load()?;
        let Some(lock) = &chart.lock else { return self.update().await };
        let is_old = chart.metadata.api_version == "v1";
        let mut wanted = chart.metadata.dependencies().to_vec();
        let old_digest = is_old.then(|| requirements_digest_v2(&wanted));
        let repos = self.repos.repos()?;
        self.origins(&mut wanted, &repos)?;
        if requirements_digest(&wanted, &lock.dependencies) != lock.digest {
            let Some(old_digest) = old_digest else { return Err(DependencyError::OldLock.into()) };
            let told =
                "warning: a valid Helm v3 hash was not found. Checking against Helm v2 hash...";
            self.reporter.warn(told.to_owned());
            if old_digest != lock.digest {
                return Err(DependencyError::OldRequirementsLock.into());
            }
        }
        check_repos(&lock.dependencies, &repos)?;
        if !self.skip_refresh {
            self.refresh_all(&repos).await?;
        }
        self.fetch(lock.dependencies.clone(), &repos).await?;
        Ok(())
    }

    fn load(&self) -> Result<Chart, Error> {
        match std::fs::metadata(self.chart) {
            Ok(found) if !found.is_dir() => return Err(DependencyError::NotUnpacked.into()),
            Ok(_) => {}
            Err(error) => {
                let path = self.chart.to_owned();
                return Err(DependencyError::NoChart { path, error }.into());
            }
        }
        Ok(Chart::load_folder(self.chart, self.reporter).map_err(DependencyError::from)?)
    }

    fn say(&self, text: impl AsRef<str>) {
        (self.say)(Said::Step(text.as_ref()));
    }

    /// Downloads the indexes of repositories that the chart names by their address.
    async fn refresh_generated(&self, origins: &[Origin]) -> Result<(), Error> {
        let generated = origins.iter().filter_map(|origin| match origin {
            Origin::Repo(repo) if is_generated(&repo.name) => Some(repo),
            _ => None,
        });
        let generated: Vec<&ChartRepo> = generated.collect();
        if generated.is_empty() {
            return Ok(());
        }
        self.say("Getting updates for unmanaged Helm repositories...\n");
        self.refresh(&generated).await
    }

    /// Downloads the indexes of the user's repositories.
    async fn refresh_all(&self, repos: &ChartRepos) -> Result<(), Error> {
        let repos: Vec<&ChartRepo> = repos.repositories.iter().collect();
        if repos.is_empty() {
            return Ok(());
        }
        self.say("Hang tight while we grab the latest from your chart repositories...\n");
        self.refresh(&repos).await?;
        self.say("Update Complete. ⎈Happy Helming!⎈\n");
        Ok(())
    }

    /// Downloads indexes, of several repositories at one address the last; what fails is only told.
    async fn refresh(&self, repos: &[&ChartRepo]) -> Result<(), Error> {
        let mut unique: Vec<&ChartRepo> = Vec::new();
        let plain = |repo: &ChartRepo| repo.url.trim_end_matches('/').to_owned();
        for repo in repos {
            match unique.iter_mut().find(|known| plain(known) == plain(repo)) {
                Some(known) => *known = repo,
                None => unique.push(repo),
            }
        }
        for repo in &unique {
            check_repo(&repo.url)?;
        }
        let all = unique.iter().map(|repo| self.repos.refresh(self.client, repo, self.reporter));
        for (repo, done) in unique.iter().zip(join_all(all).await) {
            // A name that stands for an address is nobody's.
            self.say(match &done {
                done if !is_generated(&repo.name) => refreshed(repo, done.as_ref().err()),
                Ok(()) => {
                    let url = quote(shown_url(&repo.url).as_bytes());
                    format!("...Successfully got an update from the {url} chart repository\n")
                }
                Err(error) => {
                    let url = quote(shown_url(&repo.url).as_bytes());
                    format!(
                        "...Unable to get an update from the {url} chart repository:\n\t{error}\n"
                    )
                }
            });
        }
        Ok(())
    }
}

/// Checks that the user knows all repositories of a lock.
fn check_repos(locked: &[Dependency], repos: &ChartRepos) -> Result<(), Error> {
    let is_known = |place: &str| {
        let place = place.strip_suffix('/').unwrap_or(place);
        repos.repositories.iter().any(|repo| equal(&repo.url, place))
    };
    let missing: Vec<&str> = locked
        .iter()
        .map(|dependency| dependency.repository.as_str())
        .filter(|place| !(place.is_empty() || place.starts_with("file://") || is_registry(place)))
        .filter(|place| !is_known(place))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(DependencyError::UnknownRepos { names: missing.join(", ") }.into())
}

/// A failed read of a file or folder, as Go tells it.
fn told(verb: &str, path: &Path, error: &std::io::Error) -> String {
    format!("{verb} {}: {}", path.display(), system_words(error))
}

impl From<DependencyError> for Error {
    fn from(error: DependencyError) -> Self {
        Self::Dependency(Box::new(error))
    }
}

impl From<ChartRepoError> for DependencyError {
    fn from(error: ChartRepoError) -> Self {
        Self::Find(Box::new(error.into()))
    }
}
