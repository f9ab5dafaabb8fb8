use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use indexmap::IndexMap;

use super::{Content, Object, Pending, Store, Writer, cut, pending};
use crate::layout;

/// Objects up to this many bytes are kept; larger ones gain little from it.
const MAX_OBJECT: u64 = 256 * 1024;
/// All that is kept, in bytes; a registry should be a small neighbour.
const MAX_TOTAL: usize = 8 * 1024 * 1024;
/// What an entry costs beside its key and bytes, roughly.
const OVERHEAD: usize = 160;

/// What may be answered from memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Every key: the store below is ours alone, so nothing changes but through here.
    Everything,
    /// Content only, which never changes: others write to the store below, too.
    Content,
}

/// A store that keeps small objects of the store below it in memory.
pub(crate) struct Cached {
    below: Arc<dyn Store>,
    scope: Scope,
    kept: Arc<Mutex<Shelf>>,
}

/// The objects in memory, with second chance: the hand passes over what was used since it last came by.
#[derive(Default)]
struct Shelf {
    slots: IndexMap<Box<str>, Slot>,
    bytes: usize,
    hand: usize,
    /// Counts changes, so that what was read before a change is not kept after it.
    changes: u64,
}

struct Slot {
    bytes: Bytes,
    modified: SystemTime,
    used: bool,
}

impl Cached {
    pub(crate) fn new(below: Arc<dyn Store>, scope: Scope) -> Self {
        Self { below, scope, kept: Arc::default() }
    }

    fn keeps(&self, key: &str) -> bool {
        match self.scope {
            Scope::Everything => !key.starts_with(layout::UPLOADS),
            Scope::Content => key.starts_with(layout::BLOBS),
        }
    }

    async fn get_below(&self, key: &str, range: Option<Range<u64>>) -> io::Result<Option<Object>> {
        let changes = lock(&self.kept).changes;
        let whole = range.is_none();
        let Some(mut object) = self.below.get_opt(key, range).await? else { return Ok(None) };
        if object.size == 0 || (whole && object.size <= MAX_OBJECT) {
            let bytes = object.content.bytes().await?;
            if bytes.len() as u64 == object.size {
                lock(&self.kept).keep(key, bytes.clone(), object.modified, changes);
            }
            object.content = Content::Bytes(bytes);
        }
        Ok(Some(object))
    }
}

impl Store for Cached {
    fn get_opt<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> Pending<'a, Option<Object>> {
        if !self.keeps(key) {
            return self.below.get_opt(key, range);
        }
        match lock(&self.kept).get_opt(key, range.clone()) {
            Some(object) => Box::pin(std::future::ready(Ok(Some(object)))),
            None => pending(self.get_below(key, range)),
        }
    }

    fn write(&self, key: &str) -> Pending<'_, Box<dyn Writer>> {
        let key = key.to_owned();
        pending(async move {
            let below = self.below.write(&key).await?;
            let writer = CachedWriter { below, key, kept: Arc::clone(&self.kept) };
            Ok(Box::new(writer) as Box<dyn Writer>)
        })
    }

    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> Pending<'a, ()> {
        let (below, from, to) = (Arc::clone(&self.below), from.to_owned(), to.to_owned());
        let kept = Arc::clone(&self.kept);
        pending(to_the_end(async move {
            let done = below.rename(&from, &to).await;
            let mut kept = lock(&kept);
            kept.forget(&from);
            kept.forget(&to);
            done
        }))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Pending<'a, bool> {
        let (below, key) = (Arc::clone(&self.below), key.to_owned());
        let kept = Arc::clone(&self.kept);
        pending(to_the_end(async move {
            let done = below.remove(&key).await;
            lock(&kept).forget(&key);
            done
        }))
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, io::Result<String>> {
        self.below.list(prefix)
    }
}

struct CachedWriter {
    below: Box<dyn Writer>,
    key: String,
    kept: Arc<Mutex<Shelf>>,
}

impl Writer for CachedWriter {
    fn write(&mut self, bytes: Bytes) -> Pending<'_, ()> {
        self.below.write(bytes)
    }

    fn finish(self: Box<Self>) -> Pending<'static, ()> {
        pending(to_the_end(async move {
            let done = self.below.finish().await;
            lock(&self.kept).forget(&self.key);
            done
        }))
    }
}

impl Shelf {
    fn get_opt(&mut self, key: &str, range: Option<Range<u64>>) -> Option<Object> {
        let slot = self.slots.get_mut(key)?;
        slot.used = true;
        let (size, modified) = (slot.bytes.len() as u64, slot.modified);
        let range = cut(range, size);
        let index = |at: u64| usize::try_from(at).unwrap_or(slot.bytes.len());
        let bytes = slot.bytes.slice(index(range.start)..index(range.end));
        Some(Object { size, modified, content: Content::Bytes(bytes) })
    }

    fn keep(&mut self, key: &str, bytes: Bytes, modified: SystemTime, changes: u64) {
        if self.changes != changes || self.slots.contains_key(key) {
            return;
        }
        self.bytes += cost(key, &bytes);
        self.slots.insert(key.into(), Slot { bytes, modified, used: false });
        while self.bytes > MAX_TOTAL {
            self.evict();
        }
    }

    fn evict(&mut self) {
        self.hand %= self.slots.len();
        match self.slots.get_index_mut(self.hand) {
            Some((_, slot)) if slot.used => {
                slot.used = false;
                self.hand += 1;
            }
            _ => self.take(self.hand),
        }
    }

    fn forget(&mut self, key: &str) {
        self.changes += 1;
        if let Some(index) = self.slots.get_index_of(key) {
            self.take(index);
        }
    }

    fn take(&mut self, index: usize) {
        if let Some((key, slot)) = self.slots.swap_remove_index(index) {
            self.bytes -= cost(&key, &slot.bytes);
        }
    }
}

fn cost(key: &str, bytes: &Bytes) -> usize {
    OVERHEAD + key.len() + bytes.len()
}

fn lock(kept: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a change to its end even if its request is given up, so that memory and store agree.
async fn to_the_end<T: Send + 'static>(
    change: impl Future<Output = io::Result<T>> + Send + 'static,
) -> io::Result<T> {
    tokio::spawn(change).await.map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::super::Memory;
    use super::*;
    use crate::Clock;

    #[tokio::test]
    async fn answers_from_memory_until_it_is_changed() {
        let below = Arc::new(Memory::new(Clock::system()));
        let cached = Cached::new(Arc::<Memory>::clone(&below), Scope::Everything);
        let store: &dyn Store = &cached;
        store.put("blobs/a", Bytes::from_static(b"one")).await.unwrap();
        assert_eq!(store.read_opt("blobs/a").await.unwrap().unwrap(), "one");
        let direct: &dyn Store = &*below;
        direct.put("blobs/a", Bytes::from_static(b"behind its back")).await.unwrap();
        assert_eq!(store.read_opt("blobs/a").await.unwrap().unwrap(), "one");
        store.put("blobs/a", Bytes::from_static(b"two")).await.unwrap();
        assert_eq!(store.read_opt("blobs/a").await.unwrap().unwrap(), "two");
        assert!(store.remove("blobs/a").await.unwrap());
        assert!(store.read_opt("blobs/a").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn keeps_content_only_of_a_shared_store() {
        let below = Arc::new(Memory::new(Clock::system()));
        let cached = Cached::new(Arc::<Memory>::clone(&below), Scope::Content);
        let (store, direct): (&dyn Store, &dyn Store) = (&cached, &*below);
        store.put("repositories/a", Bytes::from_static(b"one")).await.unwrap();
        assert_eq!(store.read_opt("repositories/a").await.unwrap().unwrap(), "one");
        direct.put("repositories/a", Bytes::from_static(b"two")).await.unwrap();
        assert_eq!(store.read_opt("repositories/a").await.unwrap().unwrap(), "two");
    }

    #[test]
    fn forgets_the_unused_first_and_stays_within_its_limit() {
        let mut kept = Shelf::default();
        let block = Bytes::from(vec![0; 200 * 1024]);
        for number in 0..100 {
            kept.keep(&format!("{number}"), block.clone(), SystemTime::UNIX_EPOCH, 0);
            assert!(kept.get_opt("0", None).is_some(), "after {number}");
            assert!(kept.bytes <= MAX_TOTAL);
        }
        assert!(kept.get_opt("1", None).is_none());
        assert!(kept.get_opt("99", None).is_some());
    }

    #[test]
    fn does_not_keep_what_was_read_before_a_change() {
        let mut kept = Shelf::default();
        let changes = kept.changes;
        kept.forget("key");
        kept.keep("key", Bytes::from_static(b"old"), SystemTime::UNIX_EPOCH, changes);
        assert!(kept.get_opt("key", None).is_none());
    }
}
