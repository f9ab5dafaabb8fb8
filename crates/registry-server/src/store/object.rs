use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

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
use crate::{Error, layout};

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
            .map_err(|source| error(failed(&source).to_string()))?;
        Ok(Self { bucket: Arc::from(bucket), prefix })
    }

    /// Asks whether the bucket is there and may be read, which is better told at the start than to every client.
    pub(crate) async fn check(&self, url: &str, patience: Duration) -> Result<(), Error> {
        let error = |reason: String| Error::ObjectStore { url: url.to_owned(), reason };
        let mut names = self.list(layout::CATALOG);
        match tokio::time::timeout(patience, names.next()).await {
            Ok(None | Some(Ok(_))) => Ok(()),
            Ok(Some(Err(source))) => Err(error(source.to_string())),
            Err(_) => Err(error(format!("no answer within {patience:?}"))),
        }
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
                Err(error) => return Err(failed(&error)),
            };
            let (size, modified) = (result.meta.size, result.meta.last_modified.into());
            let content = if nothing || size == 0 {
                Content::Bytes(Bytes::new())
            } else {
                Content::Stream(result.into_stream().map_err(|error| failed(&error)).boxed())
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
            self.bucket.copy(&from, &self.path(to)).await.map_err(|error| failed(&error))?;
            self.bucket.delete(&from).await.map_err(|error| failed(&error))
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> Pending<'a, bool> {
        pending(async move {
            let path = self.path(key);
            // Some stores call the removal of nothing a success.
            match self.bucket.head(&path).await {
                Ok(_) => {}
                Err(object_store::Error::NotFound { .. }) => return Ok(false),
                Err(error) => return Err(failed(&error)),
            }
            match self.bucket.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(true),
                Err(error) => Err(failed(&error)),
            }
        })
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, io::Result<String>> {
        let bucket = Arc::clone(&self.bucket);
        let (path, base) = (self.path(prefix), self.prefix.clone());
        let keys = bucket.list(Some(&path)).map(move |meta| {
            let location = meta.map_err(|error| failed(&error))?.location;
            let parts: Vec<_> = location.prefix_match(&base).into_iter().flatten().collect();
            Ok(parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("/"))
        });
        keys.boxed()
    }
}

/// What the library says of a failure, in one line and without the queries of URLs, where signatures are.
fn failed(error: &object_store::Error) -> io::Error {
    use object_store::Error as E;
    let kind = match error {
        E::NotFound { .. } => io::ErrorKind::NotFound,
        E::PermissionDenied { .. } | E::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, without_queries(&error.to_string()))
}

fn without_queries(text: &str) -> String {
    let words = text.split_ascii_whitespace().map(|word| match word.split_once('?') {
        Some((place, _)) if word.contains("://") => format!("{place}?…"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
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
        let mut upload = if let Some(upload) = self.upload.take() {
            upload
        } else {
            self.bucket.put_multipart(&self.path).await.map_err(|error| failed(&error))?
        };
        self.parts.spawn(upload.put_part(part));
        self.upload = Some(upload);
        Ok(())
    }

    /// Waits until at most `left` parts are on their way.
    async fn wait(&mut self, left: usize) -> io::Result<()> {
        while self.parts.len() > left {
            if let Some(part) = self.parts.join_next().await {
                part.map_err(io::Error::other)?.map_err(|error| failed(&error))?;
            }
        }
        Ok(())
    }

    async fn complete(&mut self) -> io::Result<()> {
        if self.upload.is_none() {
            let payload = PutPayload::from(std::mem::take(&mut self.gathered));
            let done = self.bucket.put(&self.path, payload).await;
            return done.map(drop).map_err(|error| failed(&error));
        }
        if !self.gathered.is_empty() {
            self.flush().await?;
        }
        self.wait(0).await?;
        if let Some(upload) = &mut self.upload {
            upload.complete().await.map_err(|error| failed(&error))?;
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
                    let error = failed(&error);
                    tracing::warn!(%error, "the parts of an upload stay in the object store");
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_no_signature() {
        let text = "Error performing GET\n https://a.example/rhumb?sv=1&sig=geheim in 2s: what?";
        assert_eq!(
            without_queries(text),
            "Error performing GET https://a.example/rhumb?… in 2s: what?"
        );
    }

    #[tokio::test]
    async fn a_bucket_that_is_not_there_is_told_at_once() {
        let settings = [
            ("AWS_ENDPOINT", "http://127.0.0.1:9"),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_ACCESS_KEY_ID", "a"),
            ("AWS_SECRET_ACCESS_KEY", "geheim"),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let store = ObjectStore::open("s3://bucket", &settings).unwrap();
        let patience = Duration::from_millis(50);
        let error = store.check("s3://bucket", patience).await.unwrap_err().to_string();
        assert!(error.starts_with("cannot use the object store `s3://bucket`: "), "{error}");
        assert!(!error.contains("geheim"), "{error}");
    }
}
