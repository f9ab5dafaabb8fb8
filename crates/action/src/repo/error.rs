use std::path::PathBuf;

use rhumb_report::{Diagnose, Span};
use rhumb_source::{ChartRepoError, IndexFileError};
use rhumb_value::quote::quote;

/// Why something was not done with chart repositories, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RepoError {
    /// A repository that is gone.
    #[error("repo {} is no longer available; try {} instead", quote(.url.as_bytes()), quote(.new.as_bytes()))]
    Gone {
        /// Its address.
        url: String,
        /// Where its charts are.
        new: &'static str,
    },
    /// The list cannot be opened.
    #[error(transparent)]
    Open(IndexFileError),
    /// The list is none.
    #[error(transparent)]
    List(ChartRepoError),
    /// The same, where it is to be gone through.
    #[error("failed loading file: {}: {error}", path.display())]
    Load {
        /// The list.
        path: PathBuf,
        /// Why.
        error: ChartRepoError,
    },
    /// A text that is no name.
    #[error("repository name ({name}) contains '/', please specify a different name without '/'")]
    Name {
        /// The text.
        name: String,
    },
    /// There is another repository of this name.
    #[error("repository name ({name}) already exists, please specify a different name")]
    Taken {
        /// The name.
        name: String,
    },
    /// There is no repository there.
    #[error("looks like {} is not a valid chart repository or cannot be reached: {error}", quote(.url.as_bytes()))]
    NoRepo {
        /// The address.
        url: String,
        /// Why.
        error: Box<rhumb_source::Error>,
    },
    /// No repositories, so no indexes.
    #[error("no repositories found. You must add one before updating")]
    NoneToUpdate,
    /// No repository of this name.
    #[error("no repositories found matching '{name}'.  Nothing will be updated")]
    NoMatch {
        /// The name.
        name: String,
    },
    /// Some indexes cannot be downloaded.
    #[error("failed to update the following repositories: [{urls}]")]
    Failed {
        /// The repositories' addresses, with blanks between.
        urls: String,
    },
    /// No repositories at all.
    #[error("no repositories configured")]
    None,
    /// No repository of this name.
    #[error("no repo named {} found", quote(.name.as_bytes()))]
    Unknown {
        /// The name.
        name: String,
    },
    /// A chart cannot be put into an index.
    #[error("failed adding to {file} to index: validate failed for {file}: {error}")]
    Index {
        /// The archive.
        file: String,
        /// Why.
        error: rhumb_chart::ValidationError,
    },
    /// The index to add to cannot be read.
    #[error("merge failed: {0}")]
    Merge(IndexFileError),
    /// The index cannot be printed.
    #[error(transparent)]
    Print(rhumb_chart::PrintError),
}

impl Diagnose for RepoError {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::List(error) | Self::Load { error, .. } => error.span(),
            Self::NoRepo { error, .. } => error.span(),
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::List(error) | Self::Load { error, .. } => return error.hints(),
            Self::NoRepo { error, .. } => {
                let mut hints = error.hints();
                if hints.is_empty() {
                    hints.push("check the address: `index.yaml` must be below it".to_owned());
                }
                return hints;
            }
            Self::Taken { .. } => "`--force-update` replaces it",
            Self::NoneToUpdate | Self::None => "`repo add NAME URL` adds one",
            Self::NoMatch { .. } | Self::Unknown { .. } => {
                "`repo list` shows the repositories that there are"
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}
