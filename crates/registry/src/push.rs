use bytes::Bytes;
use futures_util::future::{join, try_join_all};
use rhumb_oci::{Descriptor, Digest, Reference};

use crate::auth::Scope;
use crate::client::Inner;
use crate::upload::Started;
use crate::{Blob, Client, Error};

/// Bytes from which on it is worth a request to ask whether a blob is there already.
const WORTH_ASKING: u64 = 4 << 20;

/// An artifact to upload whole: its blobs, then its manifest under a tag or digest.
#[derive(Clone, Debug)]
pub struct Push {
    /// Where to. With neither tag nor digest the manifest is stored by its digest.
    pub reference: Reference,
    /// The manifest's type.
    pub media_type: String,
    /// The manifest, byte for byte.
    pub manifest: Bytes,
    /// The blobs that the manifest names.
    pub blobs: Vec<Blob>,
    /// What to do if the tag is there already.
    pub if_exists: IfExists,
}

/// What a push does if the tag is there already. One that already has this very manifest is left
/// as it is, whatever the choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfExists {
    /// Points the tag at the new manifest.
    #[default]
    Overwrite,
    /// Leaves the tag and uploads nothing.
    Skip,
    /// Fails with [`Error::Exists`](crate::Error::Exists).
    Fail,
}

/// What a push came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// The manifest that the reference now leads to. After [`Outcome::Skipped`] it is the one
    /// that was there.
    pub descriptor: Descriptor,
    /// What was done.
    pub outcome: Outcome,
}

/// What a push did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Uploaded what was missing.
    Uploaded,
    /// Nothing: the reference led to this manifest already.
    Unchanged,
    /// Nothing: the tag was there with another manifest, and [`IfExists::Skip`] was asked for.
    Skipped,
}

impl Client {
    /// Uploads an artifact whole, with the fewest round trips.
    ///
    /// The uploads are started beside the question whether the tag already leads to this
    /// manifest. That question comes first, alone, where it most likely ends the matter, or where
    /// the registry will first want to know who asks.
    ///
    /// # Errors
    ///
    /// [`Error::Exists`] by [`IfExists::Fail`].
    pub async fn push(&self, push: &Push) -> Result<Pushed, Error> {
        let inner = &*self.inner;
        let digest = match push.reference.digest() {
            Some(digest) => Digest::with(digest.algorithm(), &push.manifest),
            None => Digest::of(&push.manifest),
        };
        let started = if inner.asks_first(push, &digest) {
            if let Some(pushed) =
                inner.judge(push, inner.existing(push, &digest).await?, &digest)?
            {
                return Ok(pushed);
            }
            inner.start_all(push).await?
        } else {
            let asking = Box::pin(inner.existing(push, &digest));
            let (existing, started) = join(asking, Box::pin(inner.start_all(push))).await;
            if let Some(pushed) = inner.judge(push, existing?, &digest)? {
                return Ok(pushed);
            }
            started?
        };
        let blobs = push.blobs.iter().zip(started);
        let uploads = blobs.map(|(blob, started)| inner.upload(&push.reference, blob, started));
        try_join_all(uploads.map(Box::pin)).await?;
        let manifest = push.manifest.clone();
        let descriptor = inner.push_manifest(&push.reference, &push.media_type, manifest).await?;
        Ok(Pushed { descriptor, outcome: Outcome::Uploaded })
    }
}

impl Inner {
    fn asks_first(&self, push: &Push, digest: &Digest) -> bool {
        if push.if_exists != IfExists::Overwrite {
            return true;
        }
        let cache = self.settings.cache.as_ref();
        let record = cache.and_then(|cache| cache.tag(&push.reference));
        if record.is_some_and(|record| record.descriptor.digest == *digest) {
            return true;
        }
        self.will_be_challenged(&push.reference)
    }

    /// What the tag, or else the digest, leads to now.
    async fn existing(&self, push: &Push, digest: &Digest) -> Result<Option<Descriptor>, Error> {
        let target = push.reference.tag().map_or_else(|| digest.to_string(), ToString::to_string);
        // One token for reading and writing spares the second.
        let scope = Scope::push(push.reference.repository());
        self.head_manifest(&push.reference, &target, scope).await
    }

    /// Decides by what is there; `None` to go on.
    fn judge(
        &self,
        push: &Push,
        existing: Option<Descriptor>,
        digest: &Digest,
    ) -> Result<Option<Pushed>, Error> {
        let Some(descriptor) = existing else { return Ok(None) };
        if descriptor.digest == *digest {
            self.keep_manifest(&push.reference, &descriptor, &push.manifest);
            return Ok(Some(Pushed { descriptor, outcome: Outcome::Unchanged }));
        }
        match push.if_exists {
            IfExists::Overwrite => Ok(None),
            IfExists::Skip => Ok(Some(Pushed { descriptor, outcome: Outcome::Skipped })),
            IfExists::Fail => Err(Error::Exists {
                reference: push.reference.to_string(),
                descriptor: Box::new(descriptor),
            }),
        }
    }

    async fn start_all(&self, push: &Push) -> Result<Vec<Started>, Error> {
        let starting = push.blobs.iter().map(|blob| self.start(&push.reference, blob));
        try_join_all(starting.map(Box::pin)).await
    }

    async fn start(&self, repository: &Reference, blob: &Blob) -> Result<Started, Error> {
        if blob.descriptor.size < WORTH_ASKING {
            return self.start_upload(repository, blob).await;
        }
        let scope = Scope::push(repository.repository());
        if self.blob_exists(repository, &blob.descriptor.digest, scope).await? {
            return Ok(Started::Present);
        }
        self.start_upload(repository, blob).await
    }
}
