mod list;

use std::path::PathBuf;

use rhumb_source::{DependencyJob, Said, Verify};
use serde::{Deserialize, Serialize};

use crate::{Client, Error};
pub(crate) use list::run as list;
pub use list::{DependencyList, DependencyRow, ListDependencies};

/// A chart whose dependencies to fetch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FetchDependencies {
    /// The chart's folder.
    pub chart: PathBuf,
    /// Whether the versions of the lock are meant; else the newest that the chart takes.
    pub locked: bool,
    /// Whether the indexes of chart repositories are used as they are.
    pub skip_refresh: bool,
    /// Now, in seconds since 1970.
    pub time: i64,
    /// The time that charts of this machine are packed with; else files keep their own.
    pub archive_time: Option<i64>,
    /// Whether to say more.
    pub verbose: bool,
    /// By what the provenance files of charts that are downloaded are checked; without it they are taken as they are.
    /// With `locked`, charts that have none are taken, too.
    pub verify: Option<Verify>,
}

pub(crate) async fn fetch(
    client: &Client,
    request: &FetchDependencies,
    say: &(dyn Fn(Said<'_>) + Sync),
) -> Result<(), Error> {
    let FetchDependencies { chart, locked, skip_refresh, time, archive_time, verbose, verify } =
        request;
    let job = DependencyJob {
        client: &client.registry,
        repos: &client.chart_repos,
        chart,
        skip_refresh: *skip_refresh,
        time: *time,
        archive_time: *archive_time,
        is_verbose: *verbose,
        verify: verify.as_ref(),
        takes_unsigned: *locked,
        reporter: &*client.reporter,
        say,
    };
    let done = if *locked { job.build().await } else { job.update().await };
    Ok(done?)
}
