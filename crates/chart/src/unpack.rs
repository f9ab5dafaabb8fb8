//! Unpacking archives into folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rhumb_report::{Diagnose, disk_hints};

use crate::document;
use crate::error::{NOT_PACKED, SUSPICIOUS};
use crate::metadata::Reader;
use crate::quote::quote;
use crate::{ArchiveError, File, FileError, Metadata, read_archive};

/// Why an archive cannot be unpacked, in Helm's words where it has them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnpackError {
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// `Chart.yaml` cannot be read.
    #[error("cannot load Chart.yaml: {0}")]
    ChartFile(Box<FileError>),
    /// No `Chart.yaml`, or none with a name.
    #[error("chart name not specified")]
    MissingName,
    /// `.` or `..` for a name.
    #[error("chart name {} is not allowed", quote(name))]
    ForbiddenName {
        /// The name.
        name: String,
    },
    /// A name that is a path.
    #[error("chart name {} must not contain path separators", quote(name))]
    InvalidName {
        /// The name.
        name: String,
    },
    /// Something is already where the chart would be.
    #[error("a file or directory with the name {} already exists", path.display())]
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl Diagnose for UnpackError {
    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Archive(error) => return error.hints(),
            Self::Write { error, .. } => return disk_hints(error),
            Self::ChartFile(_) => return Vec::new(),
            Self::MissingName => NOT_PACKED,
            Self::ForbiddenName { .. } | Self::InvalidName { .. } => SUSPICIOUS,
            Self::Exists { .. } => "remove it, or choose another folder with `--untardir`",
        };
        vec![hint.to_owned()]
    }
}

/// Reads an archive that is to be unpacked: its files, and the chart's name, which is that of a folder.
///
/// # Errors
///
/// If it cannot be read, or the name is none.
pub fn read_named_archive(packed: &[u8]) -> Result<(Vec<File>, String), UnpackError> {
    let files = read_archive(packed)?;
    let mut metadata = Metadata::default();
    let source = Arc::from("Chart.yaml");
    for file in files.iter().filter(|file| &*file.name == "Chart.yaml") {
        let wrong = |error: FileError| UnpackError::ChartFile(Box::new(error));
        let node = document::parse(&file.data, &source).map_err(|error| wrong(error.into()))?;
        Reader::document(&node, &mut metadata).map_err(|error| wrong(error.into()))?;
    }
    let name = metadata.name;
    match &*name {
        "" => Err(UnpackError::MissingName),
        "." | ".." => Err(UnpackError::ForbiddenName { name }),
        _ if name.contains(['/', '\\']) => Err(UnpackError::InvalidName { name }),
        _ => Ok((files, name)),
    }
}

/// Unpacks an archive into a new folder in `folder`, named as the chart, and gives its path. The
/// folder appears whole or not at all.
///
/// # Errors
///
/// If the archive cannot be read or something of the chart's name is there already.
pub fn unpack(packed: &[u8], folder: &Path) -> Result<PathBuf, UnpackError> {
    let (files, name) = read_named_archive(packed)?;
    let path = folder.join(&name);
    if fs::symlink_metadata(&path).is_ok() {
        return Err(UnpackError::Exists { path });
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| UnpackError::Write { path, error }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    // A new folder has no links that could lead out of it.
    let temporary =
        tempfile::Builder::new().prefix(".unpack-").tempdir_in(folder).map_err(failed(folder))?;
    let base = temporary.path().join("chart");
    for file in &files {
        let inner = base.join(&*file.name);
        let parent = inner.parent().unwrap_or(&base);
        // Whoever reads of a failure looks for the file where it was to be.
        let written = fs::create_dir_all(parent).and_then(|()| fs::write(&inner, &file.data));
        written.map_err(failed(&path.join(&*file.name)))?;
    }
    fs::rename(&base, &path).map_err(failed(&path))?;
    Ok(path)
}
