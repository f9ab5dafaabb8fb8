use std::io;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::path::Path;
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectStore as Bucket, ObjectStoreExt as _, PutPayload,
    PutPayloadMut,
};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use url::Url;

use super::{Content, Object, Pending, Store, Writer, pending};
use crate::Error;

/// One part of a large object, in bytes. Stores take 10,000 parts at most, so an object has up to 78 GiB.
const PART: usize = 8 * 1024 * 1024;
/// Parts of one object on their way at once; each holds [`PART`] bytes.
const PARTS_AT_ONCE: usize = 2;

/// Keeps objects in a bucket or container, perhaps below a prefix.
///
/// All state is in the bucket, so any number of servers may share it.
pub(crate) struct ObjectStore {
    bucket: Arc<dyn Bucket>,
    prefix: Path,
}

impl ObjectStore {
    /// Takes the bucket that `url` names. Nothing is sent yet.
    pub(crate) fn open(url: &str, settings: &[(String, String)]) -> Result<Self, Error> {
        let error = |reason: String| Error::ObjectStore { url: url.to_owned(), reason };
        let parsed = Url::parse(url).map_err(|source| error(source.to_string()))?;
        if !matches!(parsed.scheme(), "s3" | "gs" | "az") {
            return Err(error("use `s3://`, `gs://` or `az://`".to_owned()));
        }
        let settings = settings.iter().map(|(name, value)| (name, value.as_str()));
        let (bucket, prefix) = object_store::parse_url_opts(&parsed, settings)
            .map_err(|source| error(source.to_string()))?;
        Ok(Self { bucket: Arc::from(bucket), prefix })
    }

    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        let bucket = Arc::new(object_store::memory::InMemory::new());
        Self { bucket, prefix: Path::from("some/prefix") }
    }

    fn path(&self, key: &str) -> Path {
        let parts = key.split('/').filter(|part| !part.is_empty());
        parts.fold(self.prefix.clone(), Path::join)
    }
}

impl Store for ObjectStore {
    fn get_opt<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> Pending<'a, Option<Object>> {
        pending(async move {
            let nothing = range.as_ref().is_some_and(Range::is_empty);
            let mut options = GetOptions::new().with_head(nothing);
            if let Some(range) = range.filter(|range| !range.is_empty()) {
                options = options.with_range(Some(GetRange::Bounded(range)));
            }
            let result = match self.bucket.get_opts(&self.path(key), options).await {
                Ok(result) => result,
                Err(object_store::Error::NotFound { .. }) => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            let (size, modified) = (result.meta.size, result.meta.last_modified.into());
            let content = if nothing || size == 0 {
                Content::Bytes(Bytes::new())
            } else {
                Content::Stream(result.into_stream().map_err(io::Error::from).boxed())
            };
            Ok(Some(Object { size, modified, content }))
        })
    }

    fn write(&self, key: &str) -> Pending<'_, Box<dyn Writer>> {
        let writer = ObjectWriter {
            bucket: Arc::clone(&self.bucket),
            path: self.path(key),
            gathered: PutPayloadMut::new(),
            upload: None,
            parts: JoinSet::new(),
        };
        pending(async { Ok(Box::new(writer) as Box<dyn Writer>) })
    }

    fn rename<'a>(&'a self, from: &'a str, to: &'a str) -> Pending<'a, ()> {
        pending(async move {
            let from = self.path(from);
            self.bucket.copy(&from, &self.path(to)).await?;
            self.bucket.delete(&from).await?;
            Ok(())
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> Pending<'a, bool> {
        pending(async move {
            let path = self.path(key);
            // Some stores call the removal of nothing a success.
            match self.bucket.head(&path).await {
                Ok(_) => {}
                Err(object_store::Error::NotFound { .. }) => return Ok(false),
                Err(error) => return Err(error.into()),
            }
            match self.bucket.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(true),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, io::Result<String>> {
        let bucket = Arc::clone(&self.bucket);
        let (path, base) = (self.path(prefix), self.prefix.clone());
        let keys = bucket.list(Some(&path)).map(move |meta| {
            let location = meta?.location;
            let parts: Vec<_> = location.prefix_match(&base).into_iter().flatten().collect();
            Ok(parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("/"))
        });
        keys.boxed()
    }
}

struct ObjectWriter {
    bucket: Arc<dyn Bucket>,
    path: Path,
    gathered: PutPayloadMut,
    upload: Option<Box<dyn MultipartUpload>>,
    parts: JoinSet<object_store::Result<()>>,
}

impl ObjectWriter {
    async fn flush(&mut self) -> io::Result<()> {
        let part = PutPayload::from(std::mem::take(&mut self.gathered));
        self.wait(PARTS_AT_ONCE - 1).await?;
        let mut upload = match self.upload.take() {
            Some(upload) => upload,
            None => self.bucket.put_multipart(&self.path).await?,
        };
        self.parts.spawn(upload.put_part(part));
        self.upload = Some(upload);
        Ok(())
    }

    /// Waits until at most `left` parts are on their way.
    async fn wait(&mut self, left: usize) -> io::Result<()> {
        while self.parts.len() > left {
            if let Some(part) = self.parts.join_next().await {
                part.map_err(io::Error::other)??;
            }
        }
        Ok(())
    }

    async fn complete(&mut self) -> io::Result<()> {
        if self.upload.is_none() {
            let payload = PutPayload::from(std::mem::take(&mut self.gathered));
            self.bucket.put(&self.path, payload).await?;
            return Ok(());
        }
        if !self.gathered.is_empty() {
            self.flush().await?;
        }
        self.wait(0).await?;
        if let Some(upload) = &mut self.upload {
            upload.complete().await?;
        }
        self.upload = None;
        Ok(())
    }
}

impl Writer for ObjectWriter {
    fn write(&mut self, mut bytes: Bytes) -> Pending<'_, ()> {
        pending(async move {
            while !bytes.is_empty() {
                let room = PART - self.gathered.content_length();
                let taken = bytes.split_to(room.min(bytes.len()));
                self.gathered.extend_from_slice(&taken);
                if self.gathered.content_length() == PART {
                    self.flush().await?;
                }
            }
            Ok(())
        })
    }

    fn finish(mut self: Box<Self>) -> Pending<'static, ()> {
        pending(async move { self.complete().await })
    }
}

impl Drop for ObjectWriter {
    fn drop(&mut self) {
        self.parts.abort_all();
        let Some(mut upload) = self.upload.take() else { return };
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = upload.abort().await {
                    tracing::warn!(%error, "the parts of an upload stay in the object store");
                }
            });
        }
    }
}
