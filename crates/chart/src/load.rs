//! Loading charts from folders, archives and lists of files.

mod error;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rhumb_report::Reporter;

use crate::limits::{MAX_DEPTH, MAX_NESTED_BYTES, MAX_PACKED_BYTES};
use crate::metadata::{ChartBase, Reader, Target};
use crate::values::{Data, Node};
use crate::{
    Chart, File, FolderError, Lock, Metadata, Values, archive, document, folder, log_line, values,
};
pub use error::{FileError, LoadError};

/// What Helm logs of `requirements.yaml` in a chart of today.
const OLD_DEPENDENCIES: &str = "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.";
/// What it logs of `requirements.lock` there.
const OLD_LOCK: &str = "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.";

/// The version of charts to come, which Helm reads and does not render.
const NEXT_VERSION: &str = "v3";

/// The whole path of a chart's folder, which must have a `Chart.yaml`.
fn detect(path: &Path) -> Result<std::path::PathBuf, LoadError> {
    let top = folder::absolute(path)?;
    let chart_file = top.join("Chart.yaml");
    let failed = |call, error| LoadError::Detect {
        path: chart_file.clone(),
        error: FolderError::read(call, &chart_file, error),
    };
    std::fs::File::open(&chart_file).map_err(|error| failed("open", error))?;
    if chart_file.is_dir() {
        return Err(failed("read", std::io::ErrorKind::IsADirectory.into()));
    }
    Ok(top)
}

fn is_folder(path: &Path) -> Result<bool, LoadError> {
    let about = std::fs::metadata(path).map_err(|error| FolderError::read("stat", path, error))?;
    Ok(about.is_dir())
}

fn read_file(path: &Path) -> Result<Vec<u8>, LoadError> {
    let mut packed = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| {
        let size = file.metadata()?.len().min(MAX_PACKED_BYTES);
        // One more, to see the end without more room.
        packed.reserve_exact(usize::try_from(size).unwrap_or_default() + 1);
        file.take(MAX_PACKED_BYTES + 1).read_to_end(&mut packed)
    });
    read.map_err(|error| FolderError::read("open", path, error))?;
    Ok(packed)
}

impl Chart {
    /// Loads a chart from a folder or an archive, and all charts in it.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is no chart, or is larger than a chart may be.
    pub fn load(path: &Path, reporter: &dyn Reporter) -> Result<Self, LoadError> {
        if is_folder(path)? {
            Self::load_folder(path, reporter)
        } else {
            Self::load_file(path, reporter)
        }
    }

    /// Loads a chart of whatever version, as Helm does where it is not rendered.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load), but no version is unknown.
    pub fn load_any(path: &Path, reporter: &dyn Reporter) -> Result<Self, LoadError> {
        if is_folder(path)? {
            let top = folder::absolute(path)?;
            return Self::from_files(folder::read_folder(&top, reporter)?, reporter);
        }
        Self::load_any_archive(&path.to_string_lossy(), &read_file(path)?, reporter)
    }

    /// Loads a chart of whatever version from the bytes of an archive; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// As for [`load_any`](Self::load_any).
    pub fn load_any_archive(
        name: &str,
        packed: &[u8],
        reporter: &dyn Reporter,
    ) -> Result<Self, LoadError> {
        archive::check_kind(name, packed).map_err(LoadError::NoArchive)?;
        let files = archive::read_archive(packed).map_err(LoadError::InnerArchive)?;
        Self::from_files(files, reporter).map_err(|error| match error {
            LoadError::MissingChartFile => LoadError::NotPacked,
            error => error,
        })
    }

    /// Loads a chart from a folder.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn load_folder(path: &Path, reporter: &dyn Reporter) -> Result<Self, LoadError> {
        let top = detect(path)?;
        Loader::new(reporter).chart(folder::read_folder(&top, reporter)?, "", 0)
    }

    /// Loads a chart that is to be published from its folder: nothing but what is in there, so a
    /// link that leads out is an error.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load); [`FolderError::Outside`].
    pub fn load_own_folder(path: &Path, reporter: &dyn Reporter) -> Result<Self, LoadError> {
        let top = detect(path)?;
        Loader::new(reporter).chart(folder::read_own_folder(&top, reporter)?, "", 0)
    }

    /// Loads a chart from an archive file.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn load_file(path: &Path, reporter: &dyn Reporter) -> Result<Self, LoadError> {
        Self::load_archive(&path.to_string_lossy(), &read_file(path)?, reporter)
    }

    /// Loads a chart from the bytes of an archive; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn load_archive(
        name: &str,
        packed: &[u8],
        reporter: &dyn Reporter,
    ) -> Result<Self, LoadError> {
        archive::check_kind(name, packed).map_err(LoadError::NoArchive)?;
        let files = archive::read_archive(packed).map_err(LoadError::Archive)?;
        if !files.iter().any(|file| &*file.name == "Chart.yaml") {
            return Err(LoadError::Undetected);
        }
        Loader::new(reporter).chart(files, "", 0)
    }

    /// Makes a chart of its files, whose names are paths within it.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn from_files(files: Vec<File>, reporter: &dyn Reporter) -> Result<Self, LoadError> {
        Loader { checks_version: false, ..Loader::new(reporter) }.chart(files, "", 0)
    }
}

struct Loader<'a> {
    /// Whether an unknown version of the chart itself is an error, as it is for Helm's commands but
    /// not for its library.
    checks_version: bool,
    reporter: &'a dyn Reporter,
    /// Bytes that archives within archives may still unpack to.
    left: u64,
}

/// The files of each chart within: their paths in `charts`, which start with its name, and they.
type Parts<'f> = BTreeMap<&'f str, Vec<(&'f str, &'f File)>>;

impl<'a> Loader<'a> {
    fn new(reporter: &'a dyn Reporter) -> Self {
        Self { checks_version: true, reporter, left: MAX_NESTED_BYTES }
    }

    /// Makes a chart of its files; `place` is the path to it, such as `web/charts/db/`.
    fn chart(&mut self, files: Vec<File>, place: &str, depth: usize) -> Result<Chart, LoadError> {
        let mut chart = Chart::default();
        let mut metadata = None;
        let about = files.iter().filter(|file| &*file.name == "Chart.yaml");
        let about = about.map(|file| Ok((file, parse(file, place)?)));
        let about = about.collect::<Result<Vec<_>, LoadError>>()?;
        if depth == 0 && self.checks_version {
            check_version(&about)?;
        }
        for (file, node) in about {
            let known: &mut Metadata = metadata.get_or_insert_default();
            read_into(known, (file, &node))?;
            if known.api_version.is_empty() {
                "v1".clone_into(&mut known.api_version);
            }
            chart.modified = file.modified;
        }
        let mut parts = Parts::new();
        for file in &files {
            self.file(&mut chart, &mut metadata, file, (place, &mut parts))?;
        }
        chart.metadata = metadata.ok_or(LoadError::MissingChartFile)?;
        chart.metadata.validate()?;
        if depth == 0 && self.checks_version && chart.metadata.api_version == NEXT_VERSION {
            return Err(LoadError::NextVersion);
        }
        for (name, files) in parts {
            if !name.starts_with(['_', '.']) {
                let inner = self.subchart(name, &files, (chart.name(), place), depth + 1)?;
                chart.dependencies.push(inner);
            }
        }
        chart.raw = files;
        Ok(chart)
    }

    fn file<'f>(
        &self,
        chart: &mut Chart,
        metadata: &mut Option<Metadata>,
        file: &'f File,
        (place, parts): (&str, &mut Parts<'f>),
    ) -> Result<(), LoadError> {
        match &*file.name {
            "Chart.yaml" => {}
            "Chart.lock" => chart.lock = read_lock(file, place)?,
            "values.yaml" => {
                let source = Arc::from(format!("{place}{}", file.name));
                let table = values::read(&file.data, &source)
                    .map_err(|error| LoadError::file(file, error))?;
                chart.values = Some(Values::from(table));
            }
            "values.schema.json" => chart.schema = Some(file.clone()),
            "requirements.yaml" => {
                let metadata = metadata.get_or_insert_default();
                if metadata.api_version == "v1" {
                    chart.files.push(file.clone());
                } else {
                    self.reporter.warn(log_line("INFO", OLD_DEPENDENCIES, &[]));
                }
                read_into(metadata, (file, &parse(file, place)?))?;
            }
            "requirements.lock" => {
                chart.lock = read_lock(file, place)?;
                if metadata.get_or_insert_default().api_version == "v1" {
                    chart.files.push(file.clone());
                } else {
                    self.reporter.warn(log_line("INFO", OLD_LOCK, &[]));
                }
            }
            name if name.starts_with("templates/") => chart.templates.push(file.clone()),
            name => match name.strip_prefix("charts/") {
                Some(rest) if Path::new(rest).extension().is_none_or(|end| end != "prov") => {
                    let part = rest.split('/').next().unwrap_or_default();
                    parts.entry(part).or_default().push((rest, file));
                }
                _ => chart.files.push(file.clone()),
            },
        }
        Ok(())
    }

    fn subchart(
        &mut self,
        name: &str,
        files: &[(&str, &File)],
        (parent, place): (&str, &str),
        depth: usize,
    ) -> Result<Chart, LoadError> {
        let wrap = |error| LoadError::Subchart {
            name: name.to_owned(),
            parent: parent.to_owned(),
            error: Box::new(error),
        };
        if depth > MAX_DEPTH {
            return Err(wrap(LoadError::TooDeep));
        }
        let is_archive = Path::new(name).extension().is_some_and(|end| end == "tgz");
        let files = if is_archive {
            let first = files.first();
            let Some((_, file)) = first.filter(|(path, _)| *path == name) else {
                return Err(LoadError::SubchartArchive {
                    name: name.to_owned(),
                    parent: parent.to_owned(),
                    found: first.map(|(path, _)| (*path).to_owned()).unwrap_or_default(),
                });
            };
            let files = archive::read_archive(&file.data)
                .map_err(|error| wrap(LoadError::InnerArchive(error)))?;
            let total = files.iter().map(|file| file.data.len() as u64).sum();
            self.left = self
                .left
                .checked_sub(total)
                .ok_or_else(|| wrap(LoadError::InnerArchive(crate::ArchiveError::TooLarge)))?;
            files
        } else {
            let inner = |(path, file): &(&str, &File)| {
                let (_, rest) = path.split_once('/')?;
                Some(File { name: rest.into(), data: file.data.clone(), modified: file.modified })
            };
            files.iter().filter_map(inner).collect()
        };
        self.chart(files, &format!("{place}charts/{name}/"), depth).map_err(wrap)
    }
}

/// Makes sure that a chart is of a version that is known, before anything else of it is looked at.
fn check_version(about: &[(&File, Node)]) -> Result<(), LoadError> {
    let mut base = ChartBase::default();
    for (file, node) in about {
        read_into(&mut base, (file, node))?;
    }
    match &*base.api_version {
        "" | "v1" | "v2" | NEXT_VERSION => Ok(()),
        _ => Err(LoadError::UnsupportedVersion),
    }
}

fn read_into<T: Target>(target: &mut T, (file, node): (&File, &Node)) -> Result<(), LoadError> {
    Reader::document(node, target).map_err(|error| LoadError::file(file, error))
}

fn parse(file: &File, place: &str) -> Result<Node, LoadError> {
    let source = Arc::from(format!("{place}{}", file.name));
    document::parse(&file.data, &source).map_err(|error| LoadError::file(file, error))
}

/// Reads a lock; one that says nothing is none.
fn read_lock(file: &File, place: &str) -> Result<Option<Lock>, LoadError> {
    let node = parse(file, place)?;
    if node.data == Data::Null {
        return Ok(None);
    }
    Lock::read(&node).map(Some).map_err(|error| LoadError::file(file, error))
}

#[cfg(test)]
mod tests;
