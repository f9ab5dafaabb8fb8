use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;

use super::{Content, Object, Pending, Store, Writer, cut, pending};
use crate::Clock;

/// Keeps objects in memory.
pub(crate) struct Memory {
    objects: Arc<Objects>,
    clock: Clock,
}

#[derive(Default)]
struct Objects(RwLock<BTreeMap<String, (Bytes, SystemTime)>>);

impl Memory {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { objects: Arc::default(), clock }
    }
}

impl Objects {
    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<String, (Bytes, SystemTime)>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, BTreeMap<String, (Bytes, SystemTime)>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn get_opt<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> Pending<'a, Option<Object>> {
        let object = self.objects.read().get(key).map(|(bytes, modified)| {
            let size = bytes.len() as u64;
            let range = cut(range, size);
            let index = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
            let slice = bytes.slice(index(range.start)..index(range.end));
            Object { size, modified: *modified, content: Content::Bytes(slice) }
        });
        pending(async { Ok(object) })
    }

    fn write(&self, key: &str) -> Pending<'_, Box<dyn Writer>> {
        let (key, objects) = (key.to_owned(), Arc::clone(&self.objects));
        let writer = MemoryWriter { key, chunks: Vec::new(), objects, clock: self.clock.clone() };
        pending(async { Ok(Box::new(writer) as Box<dyn Writer>) })
    }

    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> Pending<'a, ()> {
        pending(async move {
            let mut objects = self.objects.change();
            let object = objects.remove(from).ok_or(io::ErrorKind::NotFound)?;
            objects.insert(to.to_owned(), object);
            Ok(())
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> Pending<'a, bool> {
        pending(async move { Ok(self.objects.change().remove(key).is_some()) })
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, io::Result<String>> {
        let objects = self.objects.read();
        let keys = objects.range(prefix.to_owned()..).map(|(key, _)| key);
        let keys: Vec<_> =
            keys.take_while(|key| key.starts_with(prefix)).cloned().map(Ok).collect();
        futures_util::stream::iter(keys).boxed()
    }
}

struct MemoryWriter {
    key: String,
    chunks: Vec<Bytes>,
    objects: Arc<Objects>,
    clock: Clock,
}

impl Writer for MemoryWriter {
    fn write(&mut self, bytes: Bytes) -> Pending<'_, ()> {
        self.chunks.push(bytes);
        pending(async { Ok(()) })
    }

    fn finish(self: Box<Self>) -> Pending<'static, ()> {
        pending(async move {
            let Self { key, chunks, objects, clock } = *self;
            // A copy of exactly the right size: pieces of a network buffer would keep all of it alive.
            let bytes = Bytes::from(chunks.concat());
            objects.change().insert(key, (bytes, clock.now()));
            Ok(())
        })
    }
}
