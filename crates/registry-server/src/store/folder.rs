use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use super::{Content, Object, Pending, Store, Writer, cut, pending};
use crate::{Error, layout};

/// Objects up to this many bytes are read in one go; larger ones are streamed in pieces of this size.
const PIECE: u64 = 256 * 1024;
/// Written bytes are gathered up to this many, because a write to disk costs a hop to another thread.
const GATHER: usize = 512 * 1024;
/// Where unfinished files are, inside the folder.
const UNFINISHED: &str = "tmp";

/// Keeps each object in a file of the same path below one folder, which it owns alone.
///
/// A file is written under a temporary name, synced and renamed, so a crash leaves no half object; what it leaves
/// in `tmp` is removed at the next start.
pub(crate) struct Folder {
    root: Arc<Root>,
}

struct Root {
    path: PathBuf,
    next: AtomicU64,
    /// Held by those who remove folders alone, and shared by those who need them to stay.
    pruning: RwLock<()>,
    /// Locked for as long as the file is open.
    _lock: File,
}

impl Folder {
    /// Takes the folder `path`, which is made if it is not there.
    pub(crate) async fn open(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        let root = blocking({
            let path = path.clone();
            move || Root::open(path)
        });
        let root = root.await.map_err(|source| match source.kind() {
            io::ErrorKind::WouldBlock => Error::FolderInUse { path },
            _ => Error::Folder { path, source },
        })?;
        Ok(Self { root: Arc::new(root) })
    }
}

impl Root {
    fn open(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        let lock = File::create(path.join("lock"))?;
        lock.try_lock()?;
        let unfinished = path.join(UNFINISHED);
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir(&unfinished)?;
        Ok(Self { path, next: AtomicU64::new(0), pruning: RwLock::new(()), _lock: lock })
    }

    fn path(&self, key: &str) -> PathBuf {
        self.path.join(key)
    }

    fn create(&self) -> io::Result<Unfinished> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.path.join(UNFINISHED).join(number.to_string());
        Ok(Unfinished { file: File::create_new(&path)?, path, renamed: false })
    }

    fn get_opt(&self, key: &str, range: Option<Range<u64>>) -> io::Result<Option<Object>> {
        let mut file = match File::open(self.path(key)) {
            Ok(file) => file,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(None);
        }
        let (size, modified) = (metadata.len(), metadata.modified()?);
        let range = cut(range, size);
        if range.start > 0 {
            file.seek(SeekFrom::Start(range.start))?;
        }
        let left = range.end - range.start;
        let content = if left <= PIECE {
            Content::Bytes(read_exact(&mut file, left)?)
        } else {
            Content::Stream(pieces(file, left))
        };
        Ok(Some(Object { size, modified, content }))
    }

    /// Gives `from` its place, and makes the folders on the way if they turn out to be missing.
    fn settle(&self, from: &Path, key: &str) -> io::Result<()> {
        let to = self.path(key);
        let _kept = self.pruning.read().unwrap_or_else(PoisonError::into_inner);
        match fs::rename(from, &to) {
            Err(error) if is_missing(&error) && from.exists() => {
                fs::create_dir_all(to.parent().unwrap_or(&self.path))?;
                fs::rename(from, &to)
            }
            done => done,
        }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let path = self.path(from);
        if is_durable(to) && !is_durable(from) {
            File::open(&path)?.sync_all()?;
        }
        self.settle(&path, to)?;
        self.prune(from);
        Ok(())
    }

    fn remove(&self, key: &str) -> io::Result<bool> {
        match fs::remove_file(self.path(key)) {
            Ok(()) => {
                self.prune(key);
                Ok(true)
            }
            Err(error) if is_missing(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes the folders above `key` that have become empty.
    fn prune(&self, key: &str) {
        let _alone = self.pruning.write().unwrap_or_else(PoisonError::into_inner);
        let mut parents = Path::new(key).ancestors().skip(1);
        while let Some(parent) = parents.next().filter(|parent| parent.iter().nth(1).is_some()) {
            if fs::remove_dir(self.path.join(parent)).is_err() {
                return;
            }
        }
    }

    /// The names in the folder `key` in byte order from last to first, folders with a `/` after them.
    fn names(&self, key: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.path(key)) {
            Ok(entries) => entries,
            Err(error) if is_missing(&error) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            // Whatever has a name in another encoding is not ours.
            let Ok(mut name) = entry.file_name().into_string() else { continue };
            if entry.file_type()?.is_dir() {
                name.push('/');
            }
            names.push(format!("{key}{name}"));
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        Ok(names)
    }
}

impl Store for Folder {
    fn get_opt<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> Pending<'a, Option<Object>> {
        let (root, key) = (Arc::clone(&self.root), key.to_owned());
        pending(blocking(move || root.get_opt(&key, range)))
    }

    fn write(&self, key: &str) -> Pending<'_, Box<dyn Writer>> {
        let (root, key) = (Arc::clone(&self.root), key.to_owned());
        let writer = FolderWriter { root, key, gathered: BytesMut::new(), file: None };
        pending(async { Ok(Box::new(writer) as Box<dyn Writer>) })
    }

    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> Pending<'a, ()> {
        let (root, from, to) = (Arc::clone(&self.root), from.to_owned(), to.to_owned());
        pending(blocking(move || root.rename(&from, &to)))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Pending<'a, bool> {
        let (root, key) = (Arc::clone(&self.root), key.to_owned());
        pending(blocking(move || root.remove(&key)))
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, io::Result<String>> {
        let start = (Arc::clone(&self.root), vec![prefix.to_owned()]);
        stream::try_unfold(start, |(root, mut left)| async move {
            while let Some(key) = left.pop() {
                if !key.ends_with('/') {
                    return Ok(Some((key, (root, left))));
                }
                let folder = Arc::clone(&root);
                left.extend(blocking(move || folder.names(&key)).await?);
            }
            Ok(None)
        })
        .boxed()
    }
}

/// A file on its way, removed unless it is renamed to its place.
struct Unfinished {
    file: File,
    path: PathBuf,
    renamed: bool,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.renamed {
            // What stays is removed at the next start.
            fs::remove_file(&self.path).ok();
        }
    }
}

struct FolderWriter {
    root: Arc<Root>,
    key: String,
    gathered: BytesMut,
    file: Option<Unfinished>,
}

impl FolderWriter {
    async fn flush(&mut self) -> io::Result<()> {
        let gathered = std::mem::take(&mut self.gathered);
        let (root, file) = (Arc::clone(&self.root), self.file.take());
        let (file, mut gathered) = blocking(move || {
            let mut unfinished = file.map_or_else(|| root.create(), Ok)?;
            unfinished.file.write_all(&gathered)?;
            Ok((unfinished, gathered))
        })
        .await?;
        gathered.clear();
        self.gathered = gathered;
        self.file = Some(file);
        Ok(())
    }
}

impl Writer for FolderWriter {
    fn write(&mut self, bytes: Bytes) -> Pending<'_, ()> {
        pending(async move {
            self.gathered.extend_from_slice(&bytes);
            if self.gathered.len() >= GATHER { self.flush().await } else { Ok(()) }
        })
    }

    fn finish(self: Box<Self>) -> Pending<'static, ()> {
        pending(blocking(move || {
            let Self { root, key, gathered, file } = *self;
            let mut unfinished = file.map_or_else(|| root.create(), Ok)?;
            unfinished.file.write_all(&gathered)?;
            if is_durable(&key) && unfinished.file.metadata()?.len() > 0 {
                unfinished.file.sync_all()?;
            }
            root.settle(&unfinished.path, &key)?;
            unfinished.renamed = true;
            Ok(())
        }))
    }
}

/// Whether the object must outlive a loss of power; an upload under way need not.
fn is_durable(key: &str) -> bool {
    !key.starts_with(layout::UPLOADS)
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn read_exact(file: &mut File, length: u64) -> io::Result<Bytes> {
    let length = usize::try_from(length).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    Ok(bytes.into())
}

/// The next `left` bytes of `file`, piece by piece.
fn pieces(file: File, left: u64) -> BoxStream<'static, io::Result<Bytes>> {
    stream::try_unfold((file, left), |(mut file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        blocking(move || {
            let piece = read_exact(&mut file, left.min(PIECE))?;
            let left = left - piece.len() as u64;
            Ok(Some((piece, (file, left))))
        })
        .await
    })
    .boxed()
}

/// Runs `work` on a thread that may wait for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
