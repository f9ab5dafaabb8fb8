use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use bytes::Bytes;
use rhumb_chart::{Chart, File, LoadError};
use rhumb_report::{Reporter, system_words};
use rhumb_value::path::clean_system;

const CHART_FILE: &str = "Chart.yaml";

/// What the system says of a file that is not there.
const NOT_THERE: &str = "no such file or directory";

/// Why a chart cannot be linted at all, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SubjectError {
    /// There is no `Chart.yaml`.
    #[error("unable to check Chart.yaml file in chart: stat {}: {why}", path.display())]
    NoChart {
        /// Where it should be.
        path: PathBuf,
        /// Why there is none.
        why: String,
    },
    /// The archive is not there, or cannot be read.
    #[error("unable to open tarball: open {}: {}", path.display(), system_words(error))]
    Open {
        /// The archive.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The archive is damaged, or holds what an archive must not.
    #[error("unable to extract tarball: {error}")]
    Extract {
        /// Why.
        error: rhumb_chart::UnpackError,
    },
}

/// What a path of a chart leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Missing,
    File,
    Folder,
}

/// A chart before it is loaded: a folder, or the files of an archive.
#[derive(Debug)]
pub(crate) struct Subject {
    path: PathBuf,
    files: Option<BTreeMap<Arc<str>, Bytes>>,
}

impl Subject {
    pub(crate) fn open(path: &Path) -> Result<Self, SubjectError> {
        let name = path.to_string_lossy();
        let given = clean_system(path);
        // As in Go an empty path is that of the current folder.
        let path = if name.is_empty() { Path::new(".") } else { path };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = clean_system(&path);
        let subject = if name.ends_with(".tgz") || name.ends_with(".tar.gz") {
            let packed = fs::read(&path)
                .map_err(|error| SubjectError::Open { path: path.clone(), error })?;
            let (files, _) = rhumb_chart::read_named_archive(&packed)
                .map_err(|error| SubjectError::Extract { error })?;
            let files = files.into_iter().map(|file| (file.name, file.data)).collect();
            Self { path, files: Some(files) }
        } else {
            Self { path, files: None }
        };
        let missing = match &subject.files {
            Some(_) if subject.kind(CHART_FILE) == Kind::Missing => Some(NOT_THERE.to_owned()),
            Some(_) => None,
            None => fs::metadata(subject.path.join(CHART_FILE)).err().as_ref().map(system_words),
        };
        if let Some(why) = missing {
            return Err(SubjectError::NoChart { path: given.join(CHART_FILE), why });
        }
        Ok(subject)
    }

    /// The whole path, as messages about the chart as such show it.
    pub(crate) fn path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    pub(crate) fn kind(&self, name: &str) -> Kind {
        match &self.files {
            Some(files) => {
                let folder = format!("{name}/");
                if files.contains_key(name) {
                    Kind::File
                } else if files.keys().any(|file| file.starts_with(&folder)) {
                    Kind::Folder
                } else {
                    Kind::Missing
                }
            }
            None => match fs::metadata(self.path.join(name)) {
                Ok(about) if about.is_dir() => Kind::Folder,
                Ok(_) => Kind::File,
                Err(_) => Kind::Missing,
            },
        }
    }

    /// The content of a file, or why there is none.
    pub(crate) fn read(&self, name: &str) -> Result<Bytes, String> {
        let path = self.path.join(name);
        match &self.files {
            Some(files) => files
                .get(name)
                .cloned()
                .ok_or_else(|| format!("open {}: {NOT_THERE}", path.display())),
            None if path.is_dir() => Err(format!("read {}: is a directory", path.display())),
            None => fs::read(&path)
                .map(Bytes::from)
                .map_err(|error| format!("open {}: {}", path.display(), system_words(&error))),
        }
    }

    /// Loads it as a chart.
    pub(crate) fn load(&self, reporter: &dyn Reporter) -> Result<Chart, LoadError> {
        match &self.files {
            Some(files) => {
                let files = files.iter();
                let files = files.map(|(name, data)| File::new(Arc::clone(name), data.clone(), 0));
                Chart::from_files(files.collect(), reporter)
            }
            // As Helm's library, which minds no `apiVersion`.
            None => Chart::from_files(rhumb_chart::read_folder(&self.path, reporter)?, reporter),
        }
    }
}
