use std::path::PathBuf;

use rhumb_report::{Diagnose, Span};

use crate::document::DocumentError;
use crate::values::ReadError;
use crate::{ArchiveError, File, FolderError, LockError, TypeError, ValidationError};

/// Why a chart cannot be loaded, in Helm's words where it has them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// No `Chart.yaml` in a folder.
    #[error("unable to detect chart at {}: {error}", path.display())]
    Detect {
        /// Where it should be.
        path: PathBuf,
        /// What happened.
        error: FolderError,
    },
    /// No `Chart.yaml` in an archive.
    #[error("unable to detect chart version, no Chart.yaml found")]
    Undetected,
    /// An `apiVersion` that is not known.
    #[error("unsupported chart version")]
    UnsupportedVersion,
    /// An `apiVersion` that is known and not rendered yet.
    #[error("invalid chart apiVersion")]
    NextVersion,
    /// The folder cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The file is no archive.
    #[error(transparent)]
    NoArchive(ArchiveError),
    /// The archive cannot be read; Helm keeps to itself why, so the hints tell.
    #[error("unable to load chart archive")]
    Archive(ArchiveError),
    /// The archive of a chart in the chart cannot be read.
    #[error(transparent)]
    InnerArchive(ArchiveError),
    /// One of the files that make a chart cannot be read.
    #[error("cannot load {name}: {error}")]
    File {
        /// Its name.
        name: String,
        /// What is wrong with it.
        error: Box<FileError>,
    },
    /// No `Chart.yaml`.
    #[error("Chart.yaml file is missing")]
    MissingChartFile,
    /// No `Chart.yaml` in an archive of whatever version.
    #[error("Chart.yaml file is missing")]
    NotPacked,
    /// The metadata is wrong.
    #[error(transparent)]
    Validation(#[from] ValidationError),
    /// A chart in the chart cannot be loaded.
    #[error("error unpacking subchart {name} in {parent}: {error}")]
    Subchart {
        /// Its folder or archive.
        name: String,
        /// The chart that it is in.
        parent: String,
        /// Why.
        error: Box<Self>,
    },
    /// A folder named like an archive.
    #[error("error unpacking subchart tar in {parent}: expected {name}, got {found}")]
    SubchartArchive {
        /// The archive.
        name: String,
        /// The chart that it is in.
        parent: String,
        /// What is there.
        found: String,
    },
    /// Charts in charts without end.
    #[error("charts are nested too deeply")]
    TooDeep,
}

/// What is wrong with a file that makes a chart.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It is no YAML, or none that could be JSON.
    #[error("error converting YAML to JSON: {0}")]
    Document(#[from] DocumentError),
    /// A value of the wrong type.
    #[error("error unmarshaling JSON: while decoding JSON: {0}")]
    Type(#[from] TypeError),
    /// A lock that is wrong.
    #[error("error unmarshaling JSON: while decoding JSON: {0}")]
    Lock(#[from] LockError),
    /// Values that are wrong.
    #[error(transparent)]
    Values(#[from] ReadError),
}

impl LoadError {
    /// The same error as Helm has it where it does not look for the version of charts first.
    #[must_use]
    pub fn of_version_2(self) -> Self {
        use std::io::ErrorKind::NotFound;
        match self {
            Self::Detect { error: FolderError::Read { error, .. }, .. }
                if error.kind() == NotFound =>
            {
                Self::MissingChartFile
            }
            Self::Archive(error) => Self::InnerArchive(error),
            error => error,
        }
    }

    /// That a file that makes a chart cannot be read.
    pub(super) fn file(file: &File, error: impl Into<FileError>) -> Self {
        Self::File { name: file.name.to_string(), error: Box::new(error.into()) }
    }
}

impl Diagnose for FileError {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Document(error) => error.span(),
            Self::Values(error) => error.span(),
            Self::Type(_) | Self::Lock(_) => None,
        }
    }
}

impl Diagnose for LoadError {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::File { error, .. } => error.span(),
            Self::Subchart { error, .. } => error.span(),
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Detect { .. } | Self::MissingChartFile => {
                vec!["give the folder that has Chart.yaml in it".to_owned()]
            }
            Self::Undetected | Self::NotPacked => vec![crate::error::NOT_PACKED.to_owned()],
            Self::Folder(error) => error.hints(),
            Self::Archive(error) => {
                let mut hints = vec![error.to_string()];
                hints.extend(error.hints());
                hints
            }
            Self::NoArchive(error) | Self::InnerArchive(error) => error.hints(),
            Self::Subchart { error, .. } if !matches!(**error, Self::MissingChartFile) => {
                error.hints()
            }
            _ => Vec::new(),
        }
    }
}
