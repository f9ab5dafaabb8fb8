mod arriving;
mod sink;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::Method;
use rhumb_oci::{Descriptor, Digest, Hasher, Reference};
use rhumb_report::Task;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use crate::auth::Scope;
use crate::client::Inner;
use crate::wire::{Response, back_off};
use crate::{Cache, Client, Error, Kind, file};
use arriving::{Arriving, Stopped};
use sink::{Sink, writing};

/// Bytes after which a download that was cut counts as one that gets on, so that one large blob
/// over a bad line is not given up.
const PROGRESS: u64 = 4 << 20;

/// Bytes set aside at first for a blob in memory; descriptors may lie.
const FIRST_CAPACITY: u64 = 1 << 20;

impl Client {
    /// Fetches a blob into memory: from the cache, where it is kept as `kind`, else the registry.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] if it has more than `limit` bytes; [`Error::Digest`] and
    /// [`Error::Size`] if it is not what `blob` says.
    pub async fn blob_bytes(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        kind: Kind,
        limit: u64,
    ) -> Result<Bytes, Error> {
        if blob.size > limit {
            return Err(Error::TooLarge { what: blob.digest.to_string(), limit });
        }
        let cache = self.inner.settings.cache.as_ref();
        if let Some(bytes) = cache.and_then(|cache| cache.read(&blob.digest, kind, blob.size)) {
            return Ok(bytes.into());
        }
        let capacity = usize::try_from(blob.size.min(FIRST_CAPACITY)).unwrap_or_default();
        let sink = Sink::Memory(Vec::with_capacity(capacity));
        let sink = self.inner.download(repository, blob, sink).await?;
        let Sink::Memory(bytes) = sink else { unreachable!("a sink stays what it is") };
        if let Some(cache) = cache
            && let Err(error) = cache.put(&blob.digest, kind, &bytes)
        {
            tracing::debug!(%error, "blob not kept");
        }
        Ok(bytes.into())
    }

    /// Fetches a blob into the cache as `kind`, unless it is there, and returns its path.
    ///
    /// # Errors
    ///
    /// As [`Client::blob_bytes`]; [`Error::Setup`] without a cache.
    pub async fn blob_to_cache(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        kind: Kind,
    ) -> Result<PathBuf, Error> {
        let cache = self.inner.settings.cache.as_ref();
        let cache = cache.ok_or_else(|| Error::Setup { problem: "no cache is set up".into() })?;
        let path = cache.path(&blob.digest, kind);
        if let Some(path) = look_up(cache.clone(), blob.digest.clone(), kind).await {
            return Ok(path);
        }
        let file = cache.temporary(&blob.digest, kind);
        // What is in the cache is compared with its digest whenever it is read.
        let place = Place { file, path: &path, is_durable: false };
        self.inner.save(repository, blob, place).await?;
        Ok(path)
    }

    /// Streams a blob to `path`, which appears whole and verified or not at all.
    ///
    /// Memory use is a few buffers, whatever the blob's size.
    ///
    /// # Errors
    ///
    /// As [`Client::blob_bytes`], without a limit but `blob.size`.
    pub async fn blob_to_file(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        path: &Path,
    ) -> Result<(), Error> {
        let file = file::for_download(file::folder_of(path));
        let place = Place { file, path, is_durable: true };
        self.inner.save(repository, blob, place).await
    }

    /// Whether the repository has this blob.
    ///
    /// # Errors
    ///
    /// If the registry cannot be asked.
    pub async fn blob_exists(
        &self,
        repository: &Reference,
        digest: &Digest,
    ) -> Result<bool, Error> {
        let scope = Scope::pull(repository.repository());
        self.inner.blob_exists(repository, digest, scope).await
    }

    /// Deletes a blob, where the registry can.
    ///
    /// # Errors
    ///
    /// If the registry does not do it.
    pub async fn delete_blob(&self, repository: &Reference, digest: &Digest) -> Result<(), Error> {
        let inner = &*self.inner;
        let name = repository.repository();
        let request = inner.endpoint(repository.registry()).blob(Method::DELETE, name, digest);
        let response = inner.send(inner.call(repository, Scope::delete(name), request)?).await?;
        if response.status().is_success() {
            return Ok(());
        }
        Err(inner.refused(repository, digest.as_str(), response).await)
    }
}

async fn look_up(cache: Cache, digest: Digest, kind: Kind) -> Option<PathBuf> {
    let look = tokio::task::spawn_blocking(move || cache.get(&digest, kind));
    look.await.ok().flatten()
}

/// Where a downloaded file is to be.
struct Place<'a> {
    /// The file until it is whole.
    file: std::io::Result<tempfile::NamedTempFile>,
    path: &'a Path,
    /// Whether it must be on the disk before it gets its name, which takes a while.
    is_durable: bool,
}

impl Inner {
    pub(crate) async fn blob_exists(
        &self,
        repository: &Reference,
        digest: &Digest,
        scope: Scope,
    ) -> Result<bool, Error> {
        let endpoint = self.endpoint(repository.registry());
        let request = endpoint.blob(Method::HEAD, repository.repository(), digest);
        let response = self.send(self.call(repository, scope, request)?).await?;
        match response.status().as_u16() {
            200 => Ok(true),
            404 => Ok(false),
            _ => Err(self.refused(repository, digest.as_str(), response).await),
        }
    }

    async fn save(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let Place { file, path, is_durable } = place;
        let error = |source| writing(path, source);
        let (file, temporary) = file.map_err(error)?.into_parts();
        let sink = Sink::File(File::from_std(file), path.to_owned());
        let sink = self.download(repository, blob, sink).await?;
        if let Sink::File(mut file, _) = sink {
            file.flush().await.map_err(error)?;
            if is_durable {
                file.sync_data().await.map_err(error)?;
            }
        }
        temporary.persist(path).map_err(|failed| error(failed.error))
    }

    /// Downloads and verifies a blob, going on where it was cut.
    async fn download(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        sink: Sink,
    ) -> Result<Sink, Error> {
        if self.settings.offline {
            return Err(Error::Offline { what: format!("blob {} of {repository}", blob.digest) });
        }
        let label = format!("{} {}", repository.repository().basename(), short(&blob.digest));
        let mut arriving = Arriving {
            blob,
            sink,
            hasher: Hasher::new(blob.digest.algorithm()),
            got: 0,
            task: Task::start(&*self.settings.reporter, label, Some(blob.size)),
        };
        let limits = &self.settings.limits;
        let (mut failures, mut mark) = (0, 0);
        loop {
            let response = self.request_from(repository, &arriving).await?;
            match arriving.receive(response).await {
                Ok(()) => break,
                Err(Stopped::For(error)) => return Err(error),
                Err(Stopped::Cut(error)) => {
                    if arriving.got >= mark + PROGRESS {
                        (failures, mark) = (0, arriving.got);
                    }
                    failures += 1;
                    if failures >= limits.attempts {
                        return Err(error);
                    }
                    tracing::debug!(%error, got = arriving.got, "going on with the download");
                    tokio::time::sleep(back_off(limits, failures)).await;
                }
            }
        }
        let Arriving { sink, hasher, got, task, .. } = arriving;
        check(blob, got, hasher.finish())?;
        task.complete();
        Ok(sink)
    }

    async fn request_from(
        &self,
        repository: &Reference,
        arriving: &Arriving<'_>,
    ) -> Result<Response, Error> {
        let (name, digest) = (repository.repository(), &arriving.blob.digest);
        let endpoint = self.endpoint(repository.registry());
        let request = match arriving.got {
            0 => endpoint.blob(Method::GET, name, digest),
            got => endpoint.blob_from(name, digest, got),
        };
        let response = self.send(self.call(repository, Scope::pull(name), request)?).await?;
        match response.status().as_u16() {
            200 | 206 => Ok(response),
            // The range may be what is not liked: from the start, then.
            416 if arriving.got > 0 => {
                drop(response);
                let request = endpoint.blob(Method::GET, name, digest);
                let call = self.call(repository, Scope::pull(name), request)?;
                let response = self.send(call).await?;
                if response.status().as_u16() == 200 {
                    return Ok(response);
                }
                Err(self.refused(repository, &blob_name(repository, digest), response).await)
            }
            _ => Err(self.refused(repository, &blob_name(repository, digest), response).await),
        }
    }
}

fn check(blob: &Descriptor, size: u64, got: Digest) -> Result<(), Error> {
    let want = blob.digest.clone();
    if size != blob.size {
        return Err(Error::Size { what: want.to_string(), want: blob.size, got: size });
    }
    if got != want {
        return Err(Error::Digest { what: format!("blob {}", short(&want)), want, got });
    }
    Ok(())
}

fn blob_name(repository: &Reference, digest: &Digest) -> String {
    format!("{}/{}@{digest}", repository.registry(), repository.repository())
}

/// The first digits of a digest, for people.
pub(crate) fn short(digest: &Digest) -> &str {
    &digest.hex()[..12]
}
