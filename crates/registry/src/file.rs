//! Files that appear whole or not at all, and are shared with other processes.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

/// How the names of unfinished files begin and end.
const UNFINISHED: (&str, &str) = (".rhumb-", ".tmp");

/// Unfinished files that nobody has touched for so long are left from processes that died.
const ABANDONED: Duration = Duration::from_hours(24);

/// Makes a file beside where it will be, readable as the user's settings allow.
pub(crate) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder)
}

/// The same for a download, which is long and may be killed: removes what earlier ones left.
pub(crate) fn for_download(folder: &Path) -> io::Result<NamedTempFile> {
    let file = temporary(folder)?;
    // The new file tells the time by the clock that the old ones have theirs from.
    if let Ok(now) = file.as_file().metadata().and_then(|metadata| metadata.modified()) {
        sweep(folder, now);
    }
    Ok(file)
}

fn sweep(folder: &Path, now: SystemTime) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !(name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)) {
            continue;
        }
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| now.duration_since(modified).ok());
        if age.is_some_and(|age| age > ABANDONED)
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::debug!(%error, path = %entry.path().display(), "an old download stays");
        }
    }
}

/// The folder of a path, `.` if it names none.
pub(crate) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Replaces a file at once; its folder is made if need be.
///
/// # Errors
///
/// If it cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = temporary(folder_of(path))?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Replaces a file at once by one that only its owner may read; its folder is made if need be.
///
/// # Errors
///
/// If it cannot be written.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Reads a file of at most `limit` bytes; `None` if it cannot be read or is larger.
pub(crate) fn read_small(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(limit + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn downloads_that_were_killed_are_removed_when_they_are_old() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, hours: u64| {
            let path = folder.path().join(name);
            let file = fs::File::create(&path).unwrap();
            let now = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - Duration::from_hours(hours)).unwrap();
            path
        };
        let old = make(".rhumb-abc.tmp", 25);
        let kept = [make(".rhumb-def.tmp", 1), make(".rhumb-abc", 99), make("chart.tgz", 99)];
        drop(for_download(folder.path()).unwrap());
        assert!(!old.exists());
        assert!(kept.iter().all(|path| path.exists()));
    }
}
