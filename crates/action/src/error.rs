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
    /// A chart cannot be loaded.
    #[error(transparent)]
    Load(#[from] rhumb_chart::LoadError),
    /// A chart cannot be packed.
    #[error(transparent)]
    Pack(#[from] rhumb_chart::PackError),
    /// A chart's archive cannot be saved.
    #[error("failed to save: {source}")]
    Save {
        /// Why.
        source: rhumb_chart::PackError,
    },
    /// Metadata cannot be printed.
    #[error(transparent)]
    Print(#[from] rhumb_chart::PrintError),
    /// A chart cannot be unpacked.
    #[error("failed to untar: {source}")]
    Unpack {
        /// Why.
        source: rhumb_chart::UnpackError,
    },
    /// A text is no version.
    #[error("{source}")]
    Version {
        /// Why.
        source: rhumb_semver::Error,
    },
    /// Charts that a chart depends on are not in it.
    #[error("found in Chart.yaml, but missing in charts/ directory: {names}")]
    MissingDependencies {
        /// Their names, with commas between.
        names: String,
    },
    /// No such folder.
    #[error("stat {}: no such file or directory", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// No such file.
    #[error("{}: no such file", path.display())]
    NoFile {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error("reading {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file has more bytes than are read of such a thing.
    #[error("{} is larger than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// A place to upload to without a scheme.
    #[error("scheme prefix missing from remote (e.g. \"oci://\")")]
    NoScheme,
    /// A place to upload to that is no registry.
    #[error("scheme \"{scheme}\" not supported")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// A place to upload to with a tag or digest after it.
    #[error("`{remote}` names a version, and a chart brings its own")]
    RemoteWithVersion {
        /// The place.
        remote: String,
    },
    /// More annotations than a manifest may hold.
    #[error("the chart's metadata makes a manifest of more than {limit} bytes")]
    LargeManifest {
        /// The limit.
        limit: u64,
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
            Self::Load(error) => error.span(),
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
            Self::Load(error) => error.hints(),
            Self::MissingDependencies { .. } => {
                vec!["put them into charts/, or run `dependency update`".into()]
            }
            Self::NoScheme | Self::Scheme { .. } => {
                vec!["write the place as `oci://HOST/PATH`, without the chart's name".into()]
            }
            Self::RemoteWithVersion { .. } => {
                vec!["leave it out, or choose the tag with `--tag`".into()]
            }
            Self::Range { .. } => {
                vec!["a range is written like `^1.2`, `~1.2.3` or `>=1 <3`".into()]
            }
            _ => Vec::new(),
        }
    }
}
