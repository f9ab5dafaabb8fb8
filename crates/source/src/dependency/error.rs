use std::io;
use std::path::PathBuf;

use rhumb_report::{Diagnose, Span, disk_hints, system_words};
use rhumb_value::quote::quote;

/// Why the charts that a chart needs are not put into it, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DependencyError {
    /// There is no such chart.
    #[error("could not find {}: stat {}: {}", path.display(), path.display(), system_words(.error))]
    NoChart {
        /// Its folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The chart is an archive.
    #[error("only unpacked charts can be updated")]
    NotUnpacked,
    /// A chart cannot be loaded.
    #[error(transparent)]
    Load(rhumb_chart::LoadError),
    /// Repositories that the user does not have.
    #[error("{}", no_repos(missing))]
    NoRepos {
        /// What the chart says they are.
        missing: Vec<String>,
    },
    /// Repositories of a lock that the user does not have.
    #[error(
        "no repository definition for {names}. Please add the missing repos via 'helm repo add'"
    )]
    UnknownRepos {
        /// Their addresses, with commas between.
        names: String,
    },
    /// A folder is not there.
    #[error("directory {} not found", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A folder cannot be looked at.
    #[error("stat {}: {}", path.display(), system_words(.error))]
    Stat {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The lock is of other dependencies.
    #[error(
        "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'helm dependency update'"
    )]
    OldLock,
    /// The lock of a chart of version 1 is of other dependencies.
    #[error(
        "the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). Please update the dependencies"
    )]
    OldRequirementsLock,
    /// A text is no range.
    #[error("dependency {name} has an invalid version/constraint format: {error}")]
    Range {
        /// The chart, as the message has it.
        name: String,
        /// Why.
        error: rhumb_semver::Error,
    },
    /// An index has not been downloaded, or is none.
    #[error("no cached repository for {name} found. (try 'helm repo update'): {error}")]
    NotCached {
        /// The repository.
        name: String,
        /// Why.
        error: crate::IndexFileError,
    },
    /// A repository does not have a chart.
    #[error("{name} chart not found in repo {repo}")]
    NotInRepo {
        /// The chart.
        name: String,
        /// Where the repository is.
        repo: String,
    },
    /// A registry does not tell what it has.
    #[error("could not retrieve list of tags for repository {repository}: {error}")]
    NoTags {
        /// The repository.
        repository: String,
        /// Why.
        error: rhumb_registry::Error,
    },
    /// No version fits.
    #[error(
        "can't get a valid version for {} subchart(s): {}. Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml",
        missing.len(), missing.join(", ")
    )]
    NoVersions {
        /// The charts, as the message has them.
        missing: Vec<String>,
    },
    /// What should be a folder is none.
    #[error("{} is not a directory", quote(path.as_os_str().as_encoded_bytes()))]
    NotFolder {
        /// Its path.
        path: PathBuf,
    },
    /// The folder of charts cannot be looked at.
    #[error("unable to retrieve file info for '{}': {why}", path.display())]
    FolderInfo {
        /// The folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A chart that should be in the chart cannot be loaded.
    #[error("unable to load chart '{}': {error}", path.display())]
    LoadOwn {
        /// Its folder.
        path: PathBuf,
        /// Why.
        error: Box<rhumb_chart::LoadError>,
    },
    /// A chart in the chart has no version.
    #[error("invalid version {version} for dependency {name}: {error}")]
    OwnVersion {
        /// The chart.
        name: String,
        /// The version that is wanted.
        version: String,
        /// Why.
        error: rhumb_semver::Error,
    },
    /// A chart in the chart has another version.
    #[error("dependency {name} at version {found} does not satisfy the constraint {version}")]
    OwnRange {
        /// The chart.
        name: String,
        /// The version that it has.
        found: String,
        /// The range that is wanted.
        version: String,
    },
    /// A chart of this machine has another version.
    #[error("can't get a valid version for dependency {name}")]
    NoValidVersion {
        /// The chart.
        name: String,
    },
    /// A chart of this machine cannot be packed.
    #[error(transparent)]
    Pack(rhumb_chart::PackError),
    /// An index does not have a chart.
    #[error("entry not found")]
    NoEntry,
    /// An index does not have a version.
    #[error("no matching version")]
    NoMatchingVersion,
    /// The repository at an address does not have a chart, or is none.
    #[error("chart {name} not found in {repo}: {error}")]
    NotFound {
        /// The chart.
        name: String,
        /// The address.
        repo: String,
        /// Why.
        error: Box<crate::Error>,
    },
    /// The address of a chart is not found.
    #[error("could not find : {0}")]
    Find(Box<crate::Error>),
    /// A chart cannot be downloaded.
    #[error("could not download {url}: {error}")]
    Download {
        /// Its address.
        url: String,
        /// Why.
        error: Box<crate::Error>,
    },
    /// The lock is a link.
    #[error("the {name} file is a symlink to {}", quote(target.as_os_str().as_encoded_bytes()))]
    LinkedLock {
        /// The file.
        name: &'static str,
        /// What it leads to.
        target: PathBuf,
    },
    /// The lock cannot be printed.
    #[error(transparent)]
    Print(rhumb_chart::PrintError),
    /// A folder cannot be read.
    #[error("reading {}: {}", path.display(), system_words(.error))]
    Read {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("writing {}: {}", path.display(), system_words(.error))]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl From<rhumb_chart::LoadError> for DependencyError {
    fn from(error: rhumb_chart::LoadError) -> Self {
        Self::Load(error.of_version_2())
    }
}

fn no_repos(missing: &[String]) -> String {
    let names = missing.join(", ");
    let is_word = |name: &String| {
        !(name.contains("//") || name.starts_with('@') || name.starts_with("alias:"))
    };
    let note = "
Note that repositories must be URLs or aliases. For example, to refer to the \"example\"
repository, use \"https://charts.example.com/\" or \"@example\" instead of
\"example\". Don't forget to add the repo, too ('helm repo add').";
    let note = if missing.iter().any(is_word) { note } else { "" };
    format!("no repository definition for {names}. Please add them via 'helm repo add'{note}")
}

impl Diagnose for DependencyError {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Load(error) => error.span(),
            Self::NotFound { error, .. } | Self::Find(error) | Self::Download { error, .. } => {
                error.span()
            }
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Load(error) => return error.hints(),
            Self::LoadOwn { error, .. } => return error.hints(),
            Self::Pack(error) => return error.hints(),
            Self::NoTags { error, .. } => return error.hints(),
            Self::NotFound { error, .. } | Self::Find(error) | Self::Download { error, .. } => {
                return error.hints();
            }
            Self::Write { error, .. } => return disk_hints(error),
            Self::NoChart { .. } | Self::NotUnpacked => "give the folder that has Chart.yaml in it",
            Self::NotCached { .. } => "`repo update` downloads the indexes of all repositories",
            Self::NoRepos { .. } | Self::UnknownRepos { .. } => {
                "`repo list` shows the repositories that there are"
            }
            Self::NoVersions { .. } | Self::NotInRepo { .. } => {
                "`search repo CHART --versions` lists what there is"
            }
            Self::LinkedLock { .. } => "remove the link, or work where it leads to",
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}
