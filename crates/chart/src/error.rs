use std::io;
use std::path::{Path, PathBuf};

use crate::ignore::IgnoreError;
use crate::quote::quote;

mod hints;

pub(crate) use hints::{NOT_PACKED, SUSPICIOUS};

/// Why a folder cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// A call to the system failed.
    #[error("{call} {}: {}", path.display(), go_words(error))]
    Read {
        /// The call's name, as Go names it.
        call: &'static str,
        /// What it was about.
        path: PathBuf,
        /// Why it failed.
        error: io::Error,
    },
    /// A file of the chart cannot be read.
    #[error("error reading {name}: open {}: {}", path.display(), go_words(error))]
    File {
        /// Its path within the chart.
        name: String,
        /// Its whole path.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A link that leads nowhere.
    #[error("error evaluating symlink {}: lstat {}: {}", path.display(), target.display(), go_words(error))]
    Link {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
        /// Why it cannot be followed.
        error: io::Error,
    },
    /// A device, a socket or the like.
    #[error("cannot load irregular file {} as it has file mode type bits set", path.display())]
    Irregular {
        /// Its path.
        path: PathBuf,
    },
    /// More bytes than a chart may have.
    #[error("error reading {name}: chart exceeds maximum decompressed size of {limit} bytes")]
    TooLarge {
        /// The file that was too much.
        name: String,
        /// How many bytes a chart may have.
        limit: u64,
    },
    /// A link to something outside of the folder, which must not be published by mistake.
    #[error("{name} is a link to {}, which is outside of the chart", target.display())]
    Outside {
        /// Its path within the chart.
        name: String,
        /// Where it leads.
        target: PathBuf,
    },
    /// Folders in folders without end, such as by a link that leads to its own folder.
    #[error("folders are nested too deeply at {}", path.display())]
    TooDeep {
        /// Where it was given up.
        path: PathBuf,
    },
    /// A link that leads nowhere for another reason than that nothing is there.
    #[error("error evaluating symlink {}: {why}", path.display())]
    LinkEnd {
        /// The link.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A way with more links on it than the system follows.
    #[error("open {}: {}", path.display(), go_words(error))]
    Links {
        /// The last link.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A rule of `.helmignore` is wrong.
    #[error(transparent)]
    Ignore(#[from] IgnoreError),
}

impl FolderError {
    pub(crate) fn read(call: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Read { call, path: path.to_owned(), error }
    }
}

/// Says what Go says where a call to the system fails, such as `no such file or directory`.
fn go_words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
}

fn broken(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "unexpected EOF".to_owned(),
        _ => error.to_string(),
    }
}

/// Why an archive cannot be read, in Helm's words where it has them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// YAML where an archive should be.
    #[error("file '{name}' seems to be a YAML file, but expected a gzipped archive")]
    Yaml {
        /// The file.
        name: String,
    },
    /// Something else where an archive should be.
    #[error("file '{name}' does not appear to be a gzipped archive; got '{found}'")]
    Kind {
        /// The file.
        name: String,
        /// What it is.
        found: &'static str,
    },
    /// No bytes at all.
    #[error("EOF")]
    Nothing,
    /// Bytes that do not begin as gzip.
    #[error("gzip: invalid header")]
    Header,
    /// An archive that breaks off or is damaged.
    #[error("{}", broken(.0))]
    Broken(io::Error),
    /// More bytes than a chart may have.
    #[error("decompressed chart is larger than the maximum size {}", crate::MAX_CHART_BYTES)]
    TooLarge,
    /// Nothing in it.
    #[error("no files in chart archive")]
    Empty,
    /// An absolute path.
    #[error("chart illegally contains absolute paths")]
    Absolute,
    /// A file that lies beside the chart's folder.
    #[error("chart illegally contains content outside the base directory: {}", quote(name))]
    OutsideBase {
        /// Its name in the archive.
        name: String,
    },
    /// A path with `..`.
    #[error("chart illegally references parent directory")]
    Parent,
    /// A path with a drive letter.
    #[error("chart contains illegally named files")]
    Drive,
    /// `Chart.yaml` used as a folder, or without one.
    #[error("chart yaml not in base directory")]
    NotInBase,
    /// A link to something outside of the chart.
    #[error("chart illegally links {name} to {target}, which is outside of it")]
    Link {
        /// The link.
        name: String,
        /// Where it leads.
        target: String,
    },
}
