//! Reading chart archives (`.tgz`).

mod entries;
mod inflate;

use std::borrow::Cow;
use std::io::Error;

use entries::Entries;
use inflate::{GZIP, inflate};
use tar::EntryType;

use crate::limits::MAX_CHART_BYTES;
use crate::{ArchiveError, File};

/// Unpacks an archive into files, whose names lose their first folder.
///
/// The archive is unpacked into one buffer, of which the files are parts.
///
/// # Errors
///
/// If it is no archive, breaks off, is too large, or has names that lead out of the chart.
pub fn read_archive(packed: &[u8]) -> Result<Vec<File>, ArchiveError> {
    let unpacked = inflate(packed)?;
    let mut files = Vec::new();
    let mut total = 0;
    for entry in Entries::new(&unpacked) {
        let entry = entry?;
        let kind = entry.header.entry_type();
        let name = entry.name();
        if matches!(kind, EntryType::XGlobalHeader | EntryType::XHeader)
            || kind.is_dir()
            || (kind == EntryType::Regular && name.ends_with(b"/"))
        {
            continue;
        }
        let name = text(&name);
        let name = clean_name(&name)?;
        if kind == EntryType::GNUSparse {
            return Err(ArchiveError::Broken(Error::other("sparse files are not read")));
        }
        if matches!(kind, EntryType::Symlink | EntryType::Link) {
            check_link(&name, &entry.link())?;
        }
        total += entry.content.len() as u64;
        if total >= MAX_CHART_BYTES {
            return Err(ArchiveError::TooLarge);
        }
        let modified = entry.header.mtime().ok().and_then(|time| i64::try_from(time).ok());
        let data = unpacked.slice(entry.content);
        files.push(File::new(&*name, data, modified.unwrap_or_default()));
    }
    if files.is_empty() {
        return Err(ArchiveError::Empty);
    }
    Ok(files)
}

/// The bytes as text, with U+FFFD for what is not UTF-8.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The path within the chart: without the first folder, with `/` between folders.
fn clean_name(name: &str) -> Result<Cow<'_, str>, ArchiveError> {
    let delimiter = if memchr::memchr(b'\\', name.as_bytes()).is_some() { '\\' } else { '/' };
    let (first, rest) = name.split_once(delimiter).unwrap_or((name, ""));
    let rest = if delimiter == '/' { rest.into() } else { Cow::Owned(rest.replace('\\', "/")) };
    if rest.starts_with('/') {
        return Err(ArchiveError::Absolute);
    }
    let clean = if is_clean(&rest) { rest } else { clean_path(&rest).into() };
    if clean == "." {
        return Err(ArchiveError::OutsideBase { name: name.to_owned() });
    }
    if clean.starts_with("..") {
        return Err(ArchiveError::Parent);
    }
    if let [drive, b':', b'/', ..] = clean.as_bytes()
        && drive.is_ascii_alphabetic()
    {
        return Err(ArchiveError::Drive);
    }
    if first == "Chart.yaml" {
        return Err(ArchiveError::NotInBase);
    }
    Ok(clean)
}

/// Whether [`clean_path`] leaves a path as it is.
fn is_clean(path: &str) -> bool {
    path.as_bytes().split(|byte| *byte == b'/').all(|part| !matches!(part, b"" | b"." | b".."))
}

/// What Go's `path.Clean` makes of a path, which is taken as a relative one.
pub(crate) fn clean_path(path: &str) -> String {
    let clean = rhumb_value::path::clean(path.trim_start_matches('/').as_bytes());
    String::from_utf8_lossy(&clean).into_owned()
}

/// A link in an archive is never followed: as in Helm, it is an empty file. One that leads out of
/// the chart is refused, since it can only be meant badly.
fn check_link(name: &str, target: &[u8]) -> Result<(), ArchiveError> {
    let target = String::from_utf8_lossy(target).replace('\\', "/");
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    // One more folder above: the archive's own base.
    let inside = clean_path(&format!("base/{folder}/{target}"));
    if target.starts_with('/') || inside.starts_with("..") {
        return Err(ArchiveError::Link { name: name.to_owned(), target });
    }
    Ok(())
}

/// Says what a file is that is not an archive, in the words of Helm.
///
/// # Errors
///
/// If `data` does not begin like an archive; `name` is the file's path.
pub(crate) fn check_kind(name: &str, data: &[u8]) -> Result<(), ArchiveError> {
    if data.starts_with(GZIP) {
        return Ok(());
    }
    let is_yaml = [".yml", ".yaml"].iter().any(|end| name.ends_with(end));
    if is_yaml {
        return Err(ArchiveError::Yaml { name: name.to_owned() });
    }
    let found = crate::content_type::detect(data);
    Err(ArchiveError::Kind { name: name.to_owned(), found })
}

#[cfg(test)]
mod tests;
