use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use rhumb_chart::repo::ChartRepos;
use rhumb_registry::replace_private_file;

use super::{ChartRepoError, ChartRepoFiles};

/// How long another process may take to change the list, and how often that is looked at.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);

/// Keeps other processes, Helm's among them, from changing the list of repositories while it lives.
#[derive(Debug)]
pub struct RepoLock(#[expect(dead_code, reason = "the lock ends with the file")] File);

impl ChartRepoFiles {
    /// Waits until no other process changes the list.
    ///
    /// # Errors
    ///
    /// If that takes too long, or the file that says so cannot be made.
    pub async fn lock(&self) -> Result<RepoLock, ChartRepoError> {
        let path = self.lock_path();
        let failed = |error| ChartRepoError::Write { path: path.clone(), error };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let options = File::options().create(true).truncate(false).write(true).open(&path);
        let file = options.map_err(failed)?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(RepoLock(file)),
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    tokio::time::sleep(POLL).await;
                    waited += POLL;
                }
                Err(TryLockError::WouldBlock) => return Err(ChartRepoError::Locked { path }),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// The file by which processes keep each other out; the same as Helm's.
    fn lock_path(&self) -> PathBuf {
        if self.config.extension().is_some() {
            return self.config.with_extension("lock");
        }
        let mut path = self.config.clone().into_os_string();
        path.push(".lock");
        path.into()
    }

    /// Replaces the list, which only its owner may read.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn save(&self, repos: &ChartRepos) -> Result<(), ChartRepoError> {
        let text = repos.to_yaml()?;
        // A link leads to the file that is meant, often one kept among other settings.
        let path = self.config.canonicalize().unwrap_or_else(|_| self.config.clone());
        replace_private_file(&path, text.as_bytes())
            .map_err(|error| ChartRepoError::Write { path: self.config.clone(), error })
    }
}
