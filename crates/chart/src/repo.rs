//! The files of chart repositories: `index.yaml`, and `repositories.yaml` that lists them.

mod file;
mod index;

pub use file::{ChartRepo, ChartRepos, ChartReposError};
pub use index::{IndexError, IndexedChart, NotIndexed, RepoIndex};
