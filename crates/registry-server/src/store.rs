//! Where bytes are kept: keys to objects, and nothing that is particular to registries.
//!
//! A key is a path of plain segments, such as `blobs/sha256/e3/e3b0…`. All that the registry knows is laid out
//! over keys by [`layout`](crate::layout), so that a store has little to do and every store behaves alike.

mod cached;
#[cfg(test)]
mod contract;
mod folder;
mod memory;
#[cfg(feature = "object-store")]
mod object;

use std::fmt;
use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
#[cfg(feature = "object-store")]
use std::time::Duration;
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt as _, StreamExt as _};

pub(crate) use cached::{Cached, Scope};
pub(crate) use folder::Folder;
pub(crate) use memory::Memory;
#[cfg(feature = "object-store")]
pub(crate) use object::ObjectStore;

use crate::{Clock, Error, Storage};

/// What a store answers later.
pub(crate) type Pending<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// Keeps objects by key. Every change is seen whole or not at all.
pub(crate) trait Store: Send + Sync {
    /// Opens the object under `key`, if there is one, at the bytes `range` of it (all by default).
    ///
    /// A range that ends past the object is cut; `Some(0..0)` asks for the size and time only.
    fn get_opt<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> Pending<'a, Option<Object>>;

    /// Begins to write an object, which appears, or replaces the one there, when the writer finishes.
    fn write(&self, key: &str) -> Pending<'_, Box<dyn Writer>>;

    /// Moves an object. `NotFound` if there is none.
    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> Pending<'a, ()>;

    /// Removes an object, and answers whether it was there, as far as the store can tell.
    fn remove<'a>(&'a self, key: &'a str) -> Pending<'a, bool>;

    /// Lists the keys that begin with `prefix`, which ends in `/`, in any order.
    fn list(&self, prefix: &str) -> BoxStream<'static, io::Result<String>>;
}

/// Takes the bytes of one object. Dropped before [`finish`](Writer::finish), it leaves nothing behind.
pub(crate) trait Writer: Send {
    /// Adds bytes.
    fn write(&mut self, bytes: Bytes) -> Pending<'_, ()>;

    /// Makes the object appear.
    fn finish(self: Box<Self>) -> Pending<'static, ()>;
}

/// An object that was opened.
pub(crate) struct Object {
    /// The size of the whole object in bytes.
    pub(crate) size: u64,
    /// When it was written.
    pub(crate) modified: SystemTime,
    /// The bytes asked for.
    pub(crate) content: Content,
}

/// Bytes of an object.
pub(crate) enum Content {
    /// In memory.
    Bytes(Bytes),
    /// As they come.
    Stream(BoxStream<'static, io::Result<Bytes>>),
}

impl Content {
    /// Reads everything into memory: for what is known to be small.
    pub(crate) async fn bytes(self) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(mut chunks) => {
                let mut all = BytesMut::new();
                while let Some(chunk) = chunks.next().await {
                    all.extend_from_slice(&chunk?);
                }
                Ok(all.freeze())
            }
        }
    }

    /// As a stream, whatever it is.
    pub(crate) fn stream(self) -> BoxStream<'static, io::Result<Bytes>> {
        match self {
            Self::Bytes(bytes) => futures_util::stream::once(async { Ok(bytes) }).boxed(),
            Self::Stream(chunks) => chunks,
        }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object").field("size", &self.size).finish_non_exhaustive()
    }
}

impl dyn Store + '_ {
    /// Reads a small object, if it is there.
    pub(crate) async fn read_opt(&self, key: &str) -> io::Result<Option<Bytes>> {
        match self.get_opt(key, None).await? {
            Some(object) => object.content.bytes().await.map(Some),
            None => Ok(None),
        }
    }

    /// Writes a small object.
    pub(crate) async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()> {
        let mut writer = self.write(key).await?;
        writer.write(bytes).await?;
        writer.finish().await
    }

    /// The size and time of an object, if it is there.
    pub(crate) async fn stat_opt(&self, key: &str) -> io::Result<Option<Object>> {
        self.get_opt(key, Some(0..0)).await
    }

    /// Whether there is an object under `key`.
    pub(crate) async fn has(&self, key: &str) -> io::Result<bool> {
        Ok(self.stat_opt(key).await?.is_some())
    }
}

/// How long the first answer of a bucket may take.
#[cfg(feature = "object-store")]
const PATIENCE: Duration = Duration::from_secs(15);

/// Opens the store that `storage` names.
pub(crate) async fn open(storage: &Storage, clock: &Clock) -> Result<Arc<dyn Store>, Error> {
    match storage {
        Storage::Memory => Ok(Arc::new(Memory::new(clock.clone()))),
        Storage::Folder(path) => {
            let folder = Folder::open(path).await?;
            Ok(Arc::new(Cached::new(Arc::new(folder), Scope::Everything)))
        }
        #[cfg(feature = "object-store")]
        Storage::Object { url, settings } => {
            let store = ObjectStore::open(url, settings)?;
            store.check(url, PATIENCE).await?;
            Ok(Arc::new(Cached::new(Arc::new(store), Scope::Content)))
        }
        #[cfg(not(feature = "object-store"))]
        Storage::Object { url, .. } => Err(Error::ObjectStore {
            url: url.clone(),
            reason: "this build has no object stores".to_owned(),
        }),
    }
}

/// Cuts `range` to an object of `size` bytes.
fn cut(range: Option<Range<u64>>, size: u64) -> Range<u64> {
    let range = range.unwrap_or(0..size);
    let end = range.end.min(size);
    range.start.min(end)..end
}

/// Boxes a future of a store.
fn pending<'a, T>(future: impl Future<Output = io::Result<T>> + Send + 'a) -> Pending<'a, T> {
    future.boxed()
}
