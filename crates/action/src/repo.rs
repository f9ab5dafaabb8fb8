//! The user's chart repositories.

mod error;
mod index;

use std::time::Duration;

use futures_util::future::join_all;
use rhumb_chart::repo::{ChartRepo, ChartRepos, IndexedChart};
use rhumb_report::Silent;
use rhumb_source::ChartRepoError;

use crate::{Client, Error};
pub use error::RepoError;
pub(crate) use index::run as index;
pub use index::{IndexCharts, IndexFormat};

/// Repositories that are gone for good, and where their charts are now.
const DEPRECATED: &[(&str, &str)] = &[
    ("//kubernetes-charts.storage.googleapis.com", "https://charts.helm.sh/stable"),
    ("//kubernetes-charts-incubator.storage.googleapis.com", "https://charts.helm.sh/incubator"),
];

/// A chart repository to add to the user's.
#[derive(Clone, Debug)]
pub struct AddRepo {
    /// The repository.
    pub repo: ChartRepo,
    /// Whether it may take the place of another of its name.
    pub force: bool,
    /// Whether it may be one of those that are gone.
    pub allow_deprecated: bool,
    /// How long its index may take.
    pub timeout: Duration,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepoAdded {
    /// It is among the user's now.
    Added,
    /// It was, just like that.
    Known,
}

/// Chart repositories whose indexes to download.
#[derive(Clone, Debug)]
pub struct UpdateRepos {
    /// Their names; all of the user's if there are none.
    pub names: Vec<String>,
    /// How long each may take.
    pub timeout: Duration,
}

/// Checks what can be checked before a password is asked for.
pub(crate) fn check(request: &AddRepo) -> Result<(), Error> {
    let url = &request.repo.url;
    let gone = DEPRECATED.iter().find(|(old, _)| url.contains(old));
    match gone.filter(|_| !request.allow_deprecated) {
        Some((_, new)) => Err(RepoError::Gone { url: url.clone(), new }.into()),
        None => Ok(()),
    }
}

pub(crate) async fn add(client: &Client, request: &AddRepo) -> Result<RepoAdded, Error> {
    check(request)?;
    let AddRepo { repo, force, timeout, .. } = request;
    let files = &client.chart_repos;
    let _lock = files.lock().await.map_err(rhumb_source::Error::from)?;
    let mut repos = files.repos().map_err(|error| match error {
        ChartRepoError::Config { error, .. } => RepoError::Open(error),
        error => RepoError::List(error),
    })?;
    let name = &repo.name;
    if name.contains('/') {
        return Err(RepoError::Name { name: name.clone() }.into());
    }
    match repos.get_opt(name).filter(|_| !force) {
        Some(known) if known == repo => return Ok(RepoAdded::Known),
        Some(_) => return Err(RepoError::Taken { name: name.clone() }.into()),
        None => {}
    }
    rhumb_source::check_repo(&repo.url).map_err(rhumb_source::Error::from)?;
    refresh(client, repo, *timeout).await.map_err(|error| RepoError::NoRepo {
        url: rhumb_source::shown_url(&repo.url),
        error: Box::new(error),
    })?;
    repos.set(repo.clone());
    files.save(&repos).map_err(rhumb_source::Error::from)?;
    Ok(RepoAdded::Added)
}

async fn refresh(
    client: &Client,
    repo: &ChartRepo,
    timeout: Duration,
) -> Result<(), rhumb_source::Error> {
    let work = client.chart_repos.refresh(&client.registry, repo, &*client.reporter);
    // As in Go, no time stands for all there is.
    if timeout.is_zero() {
        return work.await;
    }
    tokio::time::timeout(timeout, work).await.unwrap_or_else(|_| {
        let url = rhumb_source::shown_url(&repo.url);
        let url = format!("{}/index.yaml", url.trim_end_matches('/'));
        Err(ChartRepoError::TimedOut { url }.into())
    })
}

/// `say` hears each line of what is done.
pub(crate) async fn update(
    client: &Client,
    request: &UpdateRepos,
    say: &(dyn Fn(&str) + Sync),
) -> Result<(), Error> {
    let UpdateRepos { names, timeout } = request;
    let files = &client.chart_repos;
    let repos = files.repos().map_err(|error| {
        let path = files.config.clone();
        RepoError::Load { path, error }
    })?;
    if repos.repositories.is_empty() {
        return Err(RepoError::NoneToUpdate.into());
    }
    if let Some(name) = names.iter().find(|name| repos.get_opt(name).is_none()) {
        return Err(RepoError::NoMatch { name: name.clone() }.into());
    }
    let is_wanted = |repo: &&ChartRepo| names.is_empty() || names.contains(&repo.name);
    let wanted: Vec<&ChartRepo> = repos.repositories.iter().filter(is_wanted).collect();
    for repo in &wanted {
        rhumb_source::check_repo(&repo.url).map_err(rhumb_source::Error::from)?;
    }
    say("Hang tight while we grab the latest from your chart repositories...\n");
    let all = wanted.iter().map(|repo| async move {
        let done = refresh(client, repo, *timeout).await;
        say(&rhumb_source::refreshed(repo, done.as_ref().err()));
        done.is_ok()
    });
    let done = join_all(all).await;
    let failed = wanted.iter().zip(done).filter(|(_, done)| !done);
    let failed: Vec<String> = failed.map(|(repo, _)| rhumb_source::shown_url(&repo.url)).collect();
    if !failed.is_empty() {
        return Err(RepoError::Failed { urls: failed.join(" ") }.into());
    }
    say("Update Complete. ⎈Happy Helming!⎈\n");
    Ok(())
}

/// The user's repositories; none if there is no list, or it cannot be read.
pub(crate) fn list(client: &Client) -> ChartRepos {
    client.chart_repos.repos().unwrap_or_default()
}

/// A version of a chart in a chart repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartVersion {
    /// The version.
    pub version: String,
    /// The version of the application in it.
    pub app_version: String,
    /// When it was put there, as RFC 3339 has it.
    pub created: String,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// The names of the charts in a repository, by the list that is kept for shells, else by its index.
pub(crate) fn charts(client: &Client, repo: &str) -> Vec<String> {
    let files = &client.chart_repos;
    if let Ok(names) = std::fs::read_to_string(files.charts_path(repo)) {
        return names.lines().map(str::to_owned).collect();
    }
    let index = files.index(repo, &Silent);
    index.map(|index| index.entries.into_keys().collect()).unwrap_or_default()
}

/// The versions of a chart in a repository, newest first; none if anything is wrong.
pub(crate) fn versions(client: &Client, repo: &str, chart: &str) -> Vec<ChartVersion> {
    let index = client.chart_repos.index(repo, &Silent);
    let charts = index.ok().and_then(|mut index| index.entries.remove(chart)).unwrap_or_default();
    let version = |chart: IndexedChart| ChartVersion {
        created: chart.created.to_string(),
        version: chart.metadata.version,
        app_version: chart.metadata.app_version,
        deprecated: chart.metadata.deprecated,
    };
    charts.into_iter().map(version).collect()
}

/// Removes repositories one after the other; `removed` hears of each.
pub(crate) async fn remove(
    client: &Client,
    names: &[String],
    removed: &(dyn Fn(&str) + Sync),
) -> Result<(), Error> {
    let files = &client.chart_repos;
    let mut repos = list(client);
    if repos.repositories.is_empty() {
        return Err(RepoError::None.into());
    }
    let _lock = files.lock().await.map_err(rhumb_source::Error::from)?;
    for name in names {
        if !repos.remove(name) {
            return Err(RepoError::Unknown { name: name.clone() }.into());
        }
        files.save(&repos).map_err(rhumb_source::Error::from)?;
        for path in [files.charts_path(name), files.index_path(name)] {
            match std::fs::remove_file(&path) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::Write { path, source });
                }
                _ => {}
            }
        }
        removed(name);
    }
    Ok(())
}
