//! Reading chart folders.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rhumb_report::Reporter;

use crate::limits::{MAX_CHART_BYTES, MAX_DEPTH};
use crate::{File, FolderError, IgnoreRules, log_line};

/// Reads the files of a chart's folder in order of their paths, without those that `.helmignore`
/// leaves out. Links are followed, as Helm does: the folder is the user's own. Each is reported.
///
/// # Errors
///
/// If something cannot be read, is no file, or all of it is too large.
pub fn read_folder(folder: &Path, reporter: &dyn Reporter) -> Result<Vec<File>, FolderError> {
    walk(&absolute(folder)?, None, reporter)
}

/// The same of a folder whose files are to be published: links that lead out of it are an error.
pub(crate) fn read_own_folder(
    folder: &Path,
    reporter: &dyn Reporter,
) -> Result<Vec<File>, FolderError> {
    let real =
        fs::canonicalize(folder).map_err(|error| FolderError::read("open", folder, error))?;
    walk(&absolute(folder)?, Some(real), reporter)
}

fn walk(
    folder: &Path,
    own: Option<PathBuf>,
    reporter: &dyn Reporter,
) -> Result<Vec<File>, FolderError> {
    let rules = read_rules(folder)?;
    let mut walk = Walk { rules, own, reporter, files: Vec::new(), left: MAX_CHART_BYTES };
    walk.folder(folder, "", 0)?;
    Ok(walk.files)
}

pub(crate) fn absolute(path: &Path) -> Result<PathBuf, FolderError> {
    // Without `.` and `..`, as in messages of Helm; the parent of a link is that of its path.
    let absolute =
        std::path::absolute(path).map_err(|error| FolderError::read("open", path, error))?;
    let mut clean = PathBuf::new();
    for part in absolute.components() {
        if part == std::path::Component::ParentDir {
            clean.pop();
        } else {
            clean.push(part);
        }
    }
    Ok(clean)
}

fn read_rules(folder: &Path) -> Result<IgnoreRules, FolderError> {
    let path = folder.join(".helmignore");
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(FolderError::read("open", &path, error)),
    };
    Ok(IgnoreRules::parse(&String::from_utf8_lossy(&text))?)
}

/// What Helm logs of a link.
const LINK: &str = "found symbolic link in path. Contents of linked file included and used";

struct Walk<'r> {
    reporter: &'r dyn Reporter,
    rules: IgnoreRules,
    /// The folder that links must not lead out of, if there is one; without links itself.
    own: Option<PathBuf>,
    files: Vec<File>,
    /// Bytes that may still be read.
    left: u64,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, name: &str, depth: usize) -> Result<(), FolderError> {
        if depth > MAX_DEPTH {
            return Err(FolderError::TooDeep { path: folder.to_owned() });
        }
        let unreadable = |error| FolderError::read("open", folder, error);
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            names.push(entry.map_err(unreadable)?.file_name());
        }
        names.sort_unstable();
        for entry in names {
            let path = folder.join(&entry);
            let entry = entry.to_string_lossy();
            let inner =
                if name.is_empty() { entry.into_owned() } else { format!("{name}/{entry}") };
            self.entry(&path, inner, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, name: String, depth: usize) -> Result<(), FolderError> {
        let mut about =
            fs::symlink_metadata(path).map_err(|error| FolderError::read("lstat", path, error))?;
        if about.is_symlink() {
            let target = match fs::canonicalize(path) {
                Ok(target) => target,
                Err(error) => return Err(self.unreadable_link(path, error)),
            };
            about = fs::metadata(&target)
                .map_err(|error| FolderError::read("lstat", &target, error))?;
            let leads_out = self.own.as_ref().is_some_and(|own| !target.starts_with(own));
            if leads_out && !self.rules.ignores(&name, about.is_dir()) {
                return Err(FolderError::Outside { name, target });
            }
            self.tell_link(path, &target);
        }
        if self.rules.ignores(&name, about.is_dir()) {
            return Ok(());
        }
        if about.is_dir() {
            return self.folder(path, &name, depth + 1);
        }
        if !about.is_file() {
            return Err(FolderError::Irregular { path: path.to_owned() });
        }
        self.file(path, name, &about)
    }

    fn tell_link(&self, path: &Path, target: &Path) {
        let shown = [path, target].map(|path| path.to_string_lossy());
        let pairs = [("path", &*shown[0]), ("resolved", &*shown[1])];
        self.reporter.warn(log_line("INFO", LINK, &pairs));
    }

    /// Why a link cannot be followed. Helm follows more links on one way than the system does, and
    /// fails where it opens what they lead to.
    fn unreadable_link(&self, path: &Path, error: io::Error) -> FolderError {
        let (parent, name) = (path.parent(), path.file_name());
        let real = parent.and_then(|parent| fs::canonicalize(parent).ok());
        let real =
            real.zip(name).and_then(|(parent, name)| fs::canonicalize(parent.join(name)).ok());
        match real {
            Some(target) => {
                self.tell_link(path, &target);
                FolderError::Links { path: path.to_owned(), error }
            }
            None => dangling(path, error),
        }
    }

    fn file(&mut self, path: &Path, name: String, about: &Metadata) -> Result<(), FolderError> {
        let too_large = |name| FolderError::TooLarge { name, limit: MAX_CHART_BYTES };
        if about.len() > self.left {
            return Err(too_large(name));
        }
        let read = |data: &mut Vec<u8>| {
            // One more than there may be, to notice a file that grows.
            fs::File::open(path)?.take(self.left + 1).read_to_end(data)
        };
        let mut data = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
        if let Err(error) = read(&mut data) {
            return Err(FolderError::File { name, path: path.to_owned(), error });
        }
        let Some(left) = self.left.checked_sub(data.len() as u64) else {
            return Err(too_large(name));
        };
        self.left = left;
        self.files.push(File::new(name, data.into(), seconds(about)));
        Ok(())
    }
}

/// When something was changed, in whole seconds since 1970: the nearest, as archives have it.
fn seconds(about: &Metadata) -> i64 {
    const HALF: Duration = Duration::from_millis(500);
    let Ok(time) = about.modified() else { return 0 };
    match time.checked_add(HALF).unwrap_or(time).duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |secs| -secs),
    }
}

/// The error of a link that leads nowhere.
fn dangling(path: &Path, error: io::Error) -> FolderError {
    let owned = path.to_owned();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => {}
        ErrorKind::NotADirectory => {
            return FolderError::LinkEnd { path: owned, why: "not a directory" };
        }
        _ => return FolderError::LinkEnd { path: owned, why: "EvalSymlinks: too many links" },
    }
    let is_link = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    let mut target = end_of_link(path);
    for _ in 0..MAX_LINKS {
        if !is_link(&target) {
            break;
        }
        target = end_of_link(&target);
    }
    // Helm names the first part of the way that is not there.
    while target.parent().is_some_and(|above| fs::symlink_metadata(above).is_err()) {
        target.pop();
    }
    FolderError::Link { path: owned, target, error }
}

/// Links that Helm follows on the way to a file.
const MAX_LINKS: usize = 255;

/// What a link names.
fn end_of_link(path: &Path) -> PathBuf {
    let to = fs::read_link(path).unwrap_or_default();
    let mut target = path.parent().map(Path::to_owned).unwrap_or_default();
    for part in to.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => drop(target.pop()),
            part => target.push(part),
        }
    }
    target
}

#[cfg(all(test, unix))]
mod tests {
    use rhumb_report::Silent;

    use super::*;

    #[test]
    fn of_a_link_to_nowhere_the_first_missing_part_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        for (to, missing) in
            [("no/such/way", "no"), ("../no", "../no"), ("there/no/way", "there/no")]
        {
            fs::create_dir_all(folder.path().join("there")).unwrap();
            std::os::unix::fs::symlink(to, &link).unwrap();
            let error = read_folder(folder.path(), &Silent).unwrap_err();
            let missing = absolute(&folder.path().join(missing)).unwrap();
            let expected = format!(": lstat {}: no such file or directory", missing.display());
            assert!(error.to_string().ends_with(&expected), "{error}");
            fs::remove_file(&link).unwrap();
        }
    }
}
