//! Chart repositories: an `index.yaml` on a web server, and archives that it leads to.

mod access;
mod address;
mod download;
mod error;
mod list_file;
mod locate;
mod refresh;

use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use rhumb_chart::repo::{ChartRepo, ChartRepos, RepoIndex};
use rhumb_report::Reporter;

pub(crate) use access::Access;
pub use address::{check_repo, join_path, shown as shown_url};
pub(crate) use address::{clean, equal, join};
pub use download::{Archive, Download};
pub use error::{ChartRepoError, DigestError, IndexFileError};
pub use list_file::RepoLock;
pub(crate) use locate::find_in;
pub use locate::{ChartWanted, Located, locate};
pub use refresh::refreshed;

/// Bytes of an index that are read at most: ten times the largest that is known.
pub const MAX_INDEX: u64 = 128 << 20;

/// Bytes of `repositories.yaml` that are read at most; a thousand repositories have 300 KB.
const MAX_REPOS: u64 = 16 << 20;

/// The files in which a user's chart repositories are kept. They need not be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartRepoFiles {
    /// The list of them, usually `~/.config/helm/repositories.yaml`.
    pub config: PathBuf,
    /// The folder with their indexes, usually `~/.cache/helm/repository`.
    pub cache: PathBuf,
}

impl ChartRepoFiles {
    /// Reads the list; an empty one if there is no file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is no such list.
    pub fn repos(&self) -> Result<ChartRepos, ChartRepoError> {
        let path = &self.config;
        let text = match read(path, MAX_REPOS) {
            Ok(text) => text,
            Err(IndexFileError::Open { error, .. }) if error.kind() == ErrorKind::NotFound => {
                return Ok(ChartRepos::default());
            }
            Err(error) => return Err(ChartRepoError::Config { path: path.clone(), error }),
        };
        Ok(ChartRepos::read(&text, &path.to_string_lossy())?)
    }

    /// The repository of this name.
    ///
    /// # Errors
    ///
    /// If there is none, or its address is none.
    pub(crate) fn repo(&self, name: &str) -> Result<ChartRepo, ChartRepoError> {
        let repos = self.repos()?;
        let found = repos.get_opt(name);
        let repo = found.ok_or_else(|| ChartRepoError::Unknown { name: name.to_owned() })?;
        if repo.url.is_empty() {
            return Err(ChartRepoError::NoUrl { name: name.to_owned() });
        }
        check_repo(&repo.url)?;
        Ok(repo.clone())
    }

    /// Where the index of a repository is kept.
    pub fn index_path(&self, name: &str) -> PathBuf {
        self.path_for(name, "index.yaml")
    }

    /// Where the names of the charts in it are kept.
    pub fn charts_path(&self, name: &str) -> PathBuf {
        self.path_for(name, "charts.txt")
    }

    fn path_for(&self, name: &str, what: &str) -> PathBuf {
        let prefix = if name.is_empty() { String::new() } else { format!("{name}-") };
        self.cache.join(format!("{prefix}{what}"))
    }

    /// Reads the index of a repository as it was last downloaded.
    ///
    /// # Errors
    ///
    /// If it is not there, or is no index.
    pub fn index(&self, name: &str, reporter: &dyn Reporter) -> Result<RepoIndex, IndexFileError> {
        read_index(&self.index_path(name), reporter)
    }
}

/// Reads an index that is kept in a file.
///
/// # Errors
///
/// If it is not there, or is no index.
pub fn read_index(path: &Path, reporter: &dyn Reporter) -> Result<RepoIndex, IndexFileError> {
    let text = read(path, MAX_INDEX)?;
    let mut warnings = Vec::new();
    let index = RepoIndex::read(&text, &path.to_string_lossy(), &mut warnings);
    tell(warnings, reporter);
    let path = path.to_owned();
    index.map_err(|error| IndexFileError::Read { path, error: Box::new(error) })
}

/// Reads a file of at most `limit` bytes.
fn read(path: &Path, limit: u64) -> Result<Vec<u8>, IndexFileError> {
    let wrong = |verb| {
        let path = path.to_owned();
        move |error| IndexFileError::Open { verb, path, error }
    };
    let file = std::fs::File::open(path).map_err(wrong("open"))?;
    let mut text = Vec::new();
    file.take(limit + 1).read_to_end(&mut text).map_err(wrong("read"))?;
    if text.len() as u64 > limit {
        return Err(IndexFileError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(text)
}

fn tell(warnings: Vec<String>, reporter: &dyn Reporter) {
    for warning in warnings {
        reporter.warn(warning);
    }
}
