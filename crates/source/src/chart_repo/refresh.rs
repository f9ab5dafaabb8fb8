use rhumb_chart::repo::ChartRepo;
use rhumb_registry::{Client, replace_file};
use rhumb_report::Reporter;
use rhumb_value::quote::quote;

use super::{Access, ChartRepoError, ChartRepoFiles, address};
use crate::Error;

impl ChartRepoFiles {
    /// Downloads the index of a repository, and keeps it, with a list of the charts in it for shells.
    ///
    /// # Errors
    ///
    /// If it cannot be reached, has no index, or it cannot be kept.
    pub async fn refresh(
        &self,
        client: &Client,
        repo: &ChartRepo,
        reporter: &dyn Reporter,
    ) -> Result<(), Error> {
        address::check_repo(&repo.url)?;
        let (index, text) = Access::of_index(client, repo).index(reporter).await?;
        let names: String = index.entries.keys().flat_map(|name| [name.as_str(), "\n"]).collect();
        for (path, bytes) in
            [(self.charts_path(&repo.name), names.as_bytes()), (self.index_path(&repo.name), &text)]
        {
            replace_file(&path, bytes).map_err(|error| ChartRepoError::Write { path, error })?;
        }
        Ok(())
    }
}

/// What Helm says when the index of a repository of the user's was downloaded, or was not.
pub fn refreshed(repo: &ChartRepo, error: Option<&Error>) -> String {
    let (name, url) = (quote(repo.name.as_bytes()), address::shown(&repo.url));
    match error {
        None => format!("...Successfully got an update from the {name} chart repository\n"),
        Some(error) => format!(
            "...Unable to get an update from the {name} chart repository ({url}):\n\t{error}\n"
        ),
    }
}
