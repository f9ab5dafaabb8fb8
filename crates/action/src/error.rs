use std::io;
use std::path::PathBuf;

use rhumb_report::{Diagnose, Span};

/// Why an operation was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A registry did not do its part.
    #[error(transparent)]
    Registry(#[from] rhumb_registry::Error),
    /// A chart was not found or fetched.
    #[error(transparent)]
    Source(#[from] rhumb_source::Error),
    /// A text is no reference.
    #[error(transparent)]
    Reference(#[from] rhumb_oci::ReferenceError),
    /// A chart that is meant to be in a registry is somewhere else.
    #[error("`{place}` is not in a registry")]
    NotInRegistry {
        /// The place as it was given.
        place: String,
    },
    /// A file cannot be written.
    #[error("writing {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A text is no range of versions.
    #[error("an invalid version/constraint format: {source}")]
    Range {
        /// Why.
        source: rhumb_semver::Error,
    },
}

impl Error {
    /// Whether what was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Registry(error) | Self::Source(rhumb_source::Error::Registry(error)) => {
                error.is_not_found()
            }
            _ => false,
        }
    }
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Registry(error) => error.span(),
            Self::Source(error) => error.span(),
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Registry(error) => error.hints(),
            Self::Source(error) => error.hints(),
            Self::NotInRegistry { .. } => {
                vec!["write it as `oci://HOST/REPOSITORY`, with `:VERSION` if you like".into()]
            }
            Self::Write { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                vec!["free some space and run the command again".into()]
            }
            Self::Reference(_) | Self::Write { .. } => Vec::new(),
            Self::Range { .. } => {
                vec!["a range is written like `^1.2`, `~1.2.3` or `>=1 <3`".into()]
            }
        }
    }
}
