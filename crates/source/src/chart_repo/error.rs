use std::io;
use std::path::PathBuf;

use rhumb_chart::repo::{ChartReposError, IndexError, NotIndexed};
use rhumb_report::{Diagnose, Span, disk_hints, system_words};
use rhumb_value::quote::quote;

/// Why a chart was not found by way of a chart repository, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartRepoError {
    /// The list of repositories cannot be opened.
    #[error("couldn't load repositories file ({}): {error}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// Why.
        error: IndexFileError,
    },
    /// The list of repositories is none.
    #[error(transparent)]
    Repos(#[from] ChartReposError),
    /// No repository of this name.
    #[error("repo {name} not found")]
    Unknown {
        /// The name.
        name: String,
    },
    /// A repository without an address.
    #[error("no URL found for repository {name}")]
    NoUrl {
        /// The name.
        name: String,
    },
    /// A text is no address.
    #[error("invalid chart URL format: {text}")]
    Address {
        /// The text.
        text: String,
    },
    /// An address that chart repositories are not at.
    #[error("could not find protocol handler for: {scheme}")]
    Handler {
        /// Its scheme.
        scheme: String,
    },
    /// A registry where a chart repository should be.
    #[error(
        "looks like {} is not a valid chart repository or cannot be reached: it is a registry",
        quote(.url.as_bytes())
    )]
    RegistryAsRepo {
        /// Its address.
        url: String,
    },
    /// An address that charts cannot be fetched from.
    #[error("scheme {} not supported", quote(.scheme.as_bytes()))]
    Scheme {
        /// Its scheme.
        scheme: String,
    },
    /// Neither a path that is there nor a reference nor an address.
    #[error("non-absolute URLs should be in form of repo_name/path_to_chart, got: {text}")]
    Form {
        /// What was given.
        text: String,
    },
    /// The index of a repository has not been downloaded, or is none.
    #[error("no cached repo found. (try 'helm repo update'): {0}")]
    NotCached(#[source] IndexFileError),
    /// The same, where all indexes are needed.
    #[error(transparent)]
    IndexFile(IndexFileError),
    /// A file cannot be kept.
    #[error("writing {}: {}", path.display(), system_words(.error))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Another process is changing the list.
    #[error("the list of chart repositories is locked by another process: {}", path.display())]
    Locked {
        /// The lock.
        path: PathBuf,
    },
    /// The list cannot be printed.
    #[error(transparent)]
    Print(#[from] rhumb_chart::PrintError),
    /// The server does not answer in time.
    #[error("Get {}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)", quote(.url.as_bytes()))]
    TimedOut {
        /// Its address.
        url: String,
    },
    /// The index does not have the chart.
    #[error(
        "chart {} matching {version} not found in {repo} index. (try 'helm repo update'): {why}",
        quote(.chart.as_bytes())
    )]
    NotIndexed {
        /// The chart's name.
        chart: String,
        /// What was asked for.
        version: String,
        /// The repository's name.
        repo: String,
        /// Why.
        why: NotIndexed,
    },
    /// A version without an address.
    #[error("{chart} has no downloadable URLs")]
    NoUrls {
        /// The chart as the message has it.
        chart: String,
    },
    /// There is no index at the address of a repository.
    #[error("looks like {} is not a valid chart repository or cannot be reached: {error}", quote(.url.as_bytes()))]
    NoRepo {
        /// The address.
        url: String,
        /// Why.
        error: Box<crate::Error>,
    },
    /// What was downloaded is no index.
    #[error(transparent)]
    Index(Box<IndexError>),
    /// The index at an address does not have the chart.
    #[error("{chart} not found in {url} repository")]
    NotIn {
        /// The chart as the message has it.
        chart: String,
        /// The address.
        url: String,
    },
    /// A text in an index is no address.
    #[error("failed to parse {text} as URL: {why}")]
    NotAbsolute {
        /// The text.
        text: String,
        /// Why.
        why: String,
    },
    /// The same, where only one repository is looked at.
    #[error("failed to make chart URL absolute: {0}")]
    MakeAbsolute(Box<Self>),
    /// What an index has for a digest is none.
    #[error(transparent)]
    Digest(#[from] DigestError),
    /// The same, where nothing is kept.
    #[error("unable to decode digest: {0}")]
    DecodeDigest(DigestError),
    /// An address that ends in no name for a file.
    #[error("{url} does not end with the name of a file")]
    NoFileName {
        /// The address.
        url: String,
    },
}

/// Why the index of a repository that is kept cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexFileError {
    /// The file cannot be read.
    #[error("{verb} {}: {}", path.display(), system_words(.error))]
    Open {
        /// What was tried.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The file is larger than any that is read.
    #[error("{} is larger than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// It is no index.
    #[error("error loading {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: Box<IndexError>,
    },
}

/// Why a text is no SHA-256 in hexadecimal digits, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// Something else than a digit.
    #[error("encoding/hex: invalid byte: {}", rune(*byte))]
    Byte {
        /// The byte.
        byte: u8,
    },
    /// Half a byte.
    #[error("encoding/hex: odd length hex string")]
    Odd,
    /// Too many or too few.
    #[error("invalid digest length: {bytes}")]
    Length {
        /// How many bytes there are.
        bytes: usize,
    },
}

/// A byte as Go's `%#U` prints it.
fn rune(byte: u8) -> String {
    let char = char::from(byte);
    if rhumb_value::unicode::is_print(char) {
        format!("U+{byte:04X} '{char}'")
    } else {
        format!("U+{byte:04X}")
    }
}

impl Diagnose for ChartRepoError {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Repos(error) => error.span(),
            Self::NotCached(IndexFileError::Read { error, .. }) | Self::Index(error) => {
                error.span()
            }
            Self::NoRepo { error, .. } => error.span(),
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Write { error, .. } => return disk_hints(error),
            Self::Locked { .. } => "try again when it is done",
            Self::TimedOut { .. } => "try again, or give it more time with `--timeout`",
            Self::Form { .. } => {
                "give a folder, an archive, `REPOSITORY/CHART`, or a reference such as `oci://HOST/REPOSITORY`"
            }
            Self::Unknown { .. } => {
                "`repo list` shows the repositories that there are, and `repo add NAME URL` adds one; the place of a chart in a registry starts with `oci://`"
            }
            Self::NotCached(_) | Self::IndexFile(_) => {
                "`repo update` downloads the indexes of all repositories"
            }
            Self::NotIndexed { why: NotIndexed::Version { .. }, .. } => {
                "`search repo CHART --versions` lists the versions that there are; pre-releases need `--devel`"
            }
            Self::NotIndexed { .. } => "`search repo` lists the charts that there are",
            Self::RegistryAsRepo { url } => {
                return vec![format!("leave out `--repo`, and name the chart as `{url}/CHART`")];
            }
            Self::NoRepo { error, .. } => {
                let mut hints = error.hints();
                if hints.is_empty() {
                    hints.push("check the address: `index.yaml` must be below it".to_owned());
                }
                return hints;
            }
            Self::Scheme { .. } | Self::Handler { .. } | Self::Address { .. } => {
                "addresses start with `https://`, `http://` or `oci://`"
            }
            Self::NoFileName { .. } => "give the address of an archive, such as `…/web-1.2.3.tgz`",
            Self::NoUrls { .. } | Self::Digest(_) | Self::DecodeDigest(_) => {
                "the index is wrong there; its owner should know of this"
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}
