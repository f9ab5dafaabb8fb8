use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rhumb_oci::{Descriptor, Digest, Hasher, Reference, Tag};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::file;

/// Bytes of a tag's record that are read at most.
const MAX_RECORD: u64 = 64 << 10;

/// Bytes of a tag list that are read at most: a million tags of the usual length.
const MAX_TAG_LIST: u64 = 32 << 20;

/// The folders in which downloads are kept, shared with other processes.
///
/// Files appear whole or not at all, and one whose content is not what its name says counts as
/// absent, so it does no harm if a process dies or a disk errs.
#[derive(Clone, Debug)]
pub struct Cache {
    content: PathBuf,
    state: PathBuf,
}

/// What a cached file is; it decides the end of the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A chart archive, which Helm reads from the same place.
    Chart,
    /// A provenance file.
    Provenance,
    /// A manifest or an index.
    Manifest,
    /// A config blob: a chart's metadata.
    Config,
    /// Anything else.
    Blob,
}

impl Kind {
    fn suffix(self) -> &'static str {
        match self {
            Self::Chart => ".chart",
            Self::Provenance => ".prov",
            Self::Manifest => ".manifest",
            Self::Config => ".config",
            Self::Blob => ".blob",
        }
    }
}

/// What a tag led to when it was last asked or pushed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagRecord {
    reference: String,
    /// The manifest.
    pub descriptor: Descriptor,
    /// When, in seconds since 1970.
    pub time: u64,
}

#[derive(Serialize, Deserialize)]
struct TagList {
    repository: String,
    tags: Vec<String>,
    time: u64,
}

impl Cache {
    /// Uses `content`, Helm's content cache, for what has a digest, and `state` for what tags
    /// and hosts said last. Neither needs to be there yet.
    pub fn new(content: impl Into<PathBuf>, state: impl Into<PathBuf>) -> Self {
        Self { content: content.into(), state: state.into() }
    }

    /// Where some content is or would be.
    pub fn path(&self, digest: &Digest, kind: Kind) -> PathBuf {
        let hex = digest.hex();
        self.content.join(&hex[..2]).join(format!("{hex}{}", kind.suffix()))
    }

    /// The path of some content, if it is there and has this digest. Reads the whole file.
    pub fn get(&self, digest: &Digest, kind: Kind) -> Option<PathBuf> {
        let path = self.path(digest, kind);
        is_intact(&path, digest).then_some(path)
    }

    /// Some content of at most `limit` bytes, if it is there and has this digest.
    pub fn read(&self, digest: &Digest, kind: Kind, limit: u64) -> Option<Vec<u8>> {
        let bytes = file::read_small(&self.path(digest, kind), limit)?;
        (Digest::with(digest.algorithm(), &bytes) == *digest).then_some(bytes)
    }

    /// Keeps some content.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn put(&self, digest: &Digest, kind: Kind, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.path(digest, kind);
        file::replace(&path, bytes)?;
        Ok(path)
    }

    /// The provenance file that was kept for an archive, of at most `limit` bytes. Nothing says that it is right: whoever
    /// reads it checks the archive by it.
    pub fn provenance(&self, archive: &Digest, limit: u64) -> Option<Vec<u8>> {
        let bytes = file::read_small(&self.path(archive, Kind::Provenance), limit)?;
        (!bytes.is_empty()).then_some(bytes)
    }

    /// Keeps the provenance file of an archive, under the archive's digest as Helm does.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn put_provenance(&self, archive: &Digest, bytes: &[u8]) -> io::Result<()> {
        file::replace(&self.path(archive, Kind::Provenance), bytes)
    }

    /// What a tag led to last; `None` if that is not known.
    pub fn tag(&self, reference: &Reference) -> Option<TagRecord> {
        let bytes = file::read_small(&self.record_path("tags", &name(reference)), MAX_RECORD)?;
        let record: TagRecord = serde_json::from_slice(&bytes).ok()?;
        (record.reference == name(reference)).then_some(record)
    }

    /// Notes what a tag leads to. What cannot be noted is only missed later.
    pub(crate) fn set_tag(&self, reference: &Reference, descriptor: &Descriptor, now: SystemTime) {
        let reference = name(reference);
        let path = self.record_path("tags", &reference);
        let descriptor = descriptor.clone();
        note(&path, &TagRecord { reference, descriptor, time: seconds(now) });
    }

    /// The tags that a repository had last; `None` if that is not known.
    pub(crate) fn tags(&self, repository: &Reference) -> Option<Vec<Tag>> {
        let name = repository_name(repository);
        let bytes = file::read_small(&self.record_path("lists", &name), MAX_TAG_LIST)?;
        let list: TagList = serde_json::from_slice(&bytes).ok()?;
        let tags = list.tags.iter().filter_map(|tag| tag.parse().ok());
        (list.repository == name).then(|| tags.collect())
    }

    /// Notes the tags of a repository.
    pub(crate) fn set_tags(&self, repository: &Reference, tags: &[Tag], now: SystemTime) {
        let repository = repository_name(repository);
        let path = self.record_path("lists", &repository);
        let tags = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        note(&path, &TagList { repository, tags, time: seconds(now) });
    }

    /// A file to download into, which becomes some content by [`Cache::keep`].
    pub(crate) fn temporary(&self, digest: &Digest, kind: Kind) -> io::Result<NamedTempFile> {
        file::for_download(file::folder_of(&self.path(digest, kind)))
    }

    /// Where it is kept what hosts ask for.
    pub(crate) fn hosts_folder(&self) -> PathBuf {
        self.state.join("hosts")
    }

    fn record_path(&self, folder: &str, name: &str) -> PathBuf {
        let digest = Digest::of(name.as_bytes());
        self.state.join(folder).join(format!("{}.json", digest.hex()))
    }
}

fn name(reference: &Reference) -> String {
    reference.clone().with_digest(None).to_string()
}

fn repository_name(reference: &Reference) -> String {
    reference.clone().with_digest(None).with_tag(None).to_string()
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).as_ref().map_or(0, Duration::as_secs)
}

fn note(path: &Path, record: &impl Serialize) {
    let bytes = serde_json::to_vec(record).expect("plain data");
    if let Err(error) = file::replace(path, &bytes) {
        tracing::debug!(%error, path = %path.display(), "not noted");
    }
}

fn is_intact(path: &Path, digest: &Digest) -> bool {
    let hash = || -> io::Result<Digest> {
        let mut file = File::open(path)?;
        let mut hasher = Hasher::new(digest.algorithm());
        let mut buffer = vec![0; 128 << 10];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(hasher.finish()),
                read => hasher.update(&buffer[..read]),
            }
        }
    };
    hash().is_ok_and(|got| got == *digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_is_damaged_or_torn_is_absent() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("content"), folder.path().join("state"));
        let digest = Digest::of(b"chart");
        assert_eq!(cache.get(&digest, Kind::Chart), None);
        let path = cache.put(&digest, Kind::Chart, b"chart").unwrap();
        assert!(path.ends_with(format!("{}/{}.chart", &digest.hex()[..2], digest.hex())));
        assert_eq!(cache.get(&digest, Kind::Chart), Some(path.clone()));
        assert_eq!(cache.read(&digest, Kind::Chart, 4), None);
        for damaged in [&b""[..], b"char", b"Chart"] {
            std::fs::write(&path, damaged).unwrap();
            assert_eq!(cache.get(&digest, Kind::Chart), None);
            assert_eq!(cache.read(&digest, Kind::Chart, 99), None);
        }
        cache.put(&digest, Kind::Chart, b"chart").unwrap();
        assert_eq!(cache.read(&digest, Kind::Chart, 5).unwrap(), b"chart");
    }

    #[test]
    fn tags_are_kept_by_repository() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path(), folder.path().join("state"));
        let reference: Reference = "h:1/a/b:1.0".parse().unwrap();
        let descriptor = Descriptor::of("t", b"");
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(7);
        cache.set_tag(&reference, &descriptor, now);
        assert_eq!(cache.tag(&reference).map(|r| (r.descriptor, r.time)), Some((descriptor, 7)));
        assert_eq!(cache.tag(&"h:1/a/b:1.1".parse().unwrap()), None);
        cache.set_tags(&reference, &["1.0".parse().unwrap()], now);
        assert_eq!(cache.tags(&reference).unwrap().len(), 1);
        assert_eq!(cache.tags(&"h:1/a/c".parse().unwrap()), None);
    }
}
