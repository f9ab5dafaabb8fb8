use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt as _;
use rhumb_oci::{Descriptor, Digest, Repository};

use crate::api::document;
use crate::store::{self, Store};
use crate::{Clock, Error, Storage, layout};

/// Removes what nothing refers to any more: content, links of blobs, and uploads that were given up.
///
/// A folder must not be served meanwhile. An object store may be: what is younger than [`age`](Self::age) stays,
/// so a push under way keeps what it has sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Collect {
    /// Where the registry is.
    pub storage: Storage,
    /// Leaves alone what was written within this time. Default: 24 hours.
    pub age: Duration,
    /// Removes manifests that no tag leads to, by way of indexes and subjects. Default: no.
    pub untagged: bool,
    /// Removes nothing and counts what would be. Default: no.
    pub dry_run: bool,
    /// Tells the time. Default: the machine's clock.
    pub clock: Clock,
}

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Collected {
    /// Manifests taken out of their repositories.
    pub manifests: u64,
    /// Blobs taken out of their repositories.
    pub blobs: u64,
    /// Uploads given up.
    pub uploads: u64,
    /// Contents removed; several blobs and manifests of one digest share their content.
    pub contents: u64,
    /// Bytes of those contents.
    pub bytes: u64,
}

impl Collect {
    /// Collects in `storage`.
    pub fn new(storage: Storage) -> Self {
        let age = Duration::from_hours(24);
        Self { storage, age, untagged: false, dry_run: false, clock: Clock::system() }
    }

    /// Does it.
    ///
    /// # Errors
    ///
    /// [`Error::FolderInUse`] if a server is running on the folder; else whatever the store says. What was removed
    /// until then was rightly removed, and the next run goes on.
    pub async fn run(&self) -> Result<Collected, Error> {
        let store = store::open(&self.storage, &self.clock).await?;
        let mut run = Run {
            store,
            before: self.clock.now().checked_sub(self.age).unwrap_or(SystemTime::UNIX_EPOCH),
            untagged: self.untagged,
            is_dry: self.dry_run,
            live: BTreeSet::new(),
            collected: Collected::default(),
        };
        run.everything().await.map_err(|source| Error::Store { source })?;
        Ok(run.collected)
    }
}

/// Gives up the uploads that nobody has touched since `before`, and answers how many those are.
pub(crate) async fn sweep_uploads(
    store: &dyn Store,
    before: SystemTime,
    dry_run: bool,
) -> io::Result<u64> {
    let mut uploads: BTreeMap<String, (bool, Vec<String>)> = BTreeMap::new();
    let mut keys = store.list(layout::UPLOADS);
    while let Some(key) = keys.try_next().await? {
        let id = key[layout::UPLOADS.len()..].split('/').next().unwrap_or_default();
        let (is_young, keys) = uploads.entry(id.to_owned()).or_default();
        *is_young |= is_younger(store, &key, before).await?;
        keys.push(key);
    }
    uploads.retain(|_, (is_young, _)| !*is_young);
    if !dry_run {
        for key in uploads.values().flat_map(|(_, keys)| keys) {
            store.remove(key).await?;
        }
    }
    Ok(uploads.len() as u64)
}

/// Whether the object was written after `before`; one that is gone was not.
async fn is_younger(store: &dyn Store, key: &str, before: SystemTime) -> io::Result<bool> {
    Ok(store.stat_opt(key).await?.is_some_and(|object| object.modified > before))
}

struct Run {
    store: Arc<dyn Store>,
    before: SystemTime,
    untagged: bool,
    is_dry: bool,
    /// Content that must stay.
    live: BTreeSet<Digest>,
    collected: Collected,
}

/// What a repository holds.
#[derive(Default)]
struct Content {
    manifests: BTreeMap<Digest, Manifest>,
    blobs: BTreeSet<Digest>,
    tagged: BTreeSet<Digest>,
}

struct Manifest {
    references: Vec<Digest>,
    subject: Option<Digest>,
}

impl Run {
    async fn everything(&mut self) -> io::Result<()> {
        self.collected.uploads = sweep_uploads(&*self.store, self.before, self.is_dry).await?;
        for name in self.repositories().await? {
            self.repository(&name).await?;
        }
        self.contents().await
    }

    async fn repositories(&self) -> io::Result<BTreeSet<Repository>> {
        let mut names = BTreeSet::new();
        let mut keys = self.store.list(layout::REPOSITORIES);
        while let Some(key) = keys.try_next().await? {
            names.extend(layout::repository_of(&key));
        }
        Ok(names)
    }

    async fn repository(&mut self, name: &Repository) -> io::Result<()> {
        let content = self.read(name).await?;
        let kept = self.keep_manifests(name, &content).await?;
        let mut used: BTreeSet<&Digest> = BTreeSet::new();
        for digest in &kept {
            used.insert(digest);
            used.extend(content.manifests.get(digest).iter().flat_map(|found| &found.references));
        }
        for digest in &content.blobs {
            let key = layout::blob_link(name, digest);
            if used.contains(digest) || self.is_younger(&key).await? {
                self.live.insert(digest.clone());
            } else {
                self.remove(&key).await?;
                self.collected.blobs += 1;
            }
        }
        if kept.is_empty() && !content.manifests.is_empty() {
            self.remove(&layout::catalog(name)).await?;
        }
        self.live.extend(kept);
        Ok(())
    }

    async fn read(&self, name: &Repository) -> io::Result<Content> {
        let mut content = Content::default();
        let mut keys = self.store.list(&layout::blob_links(name));
        while let Some(key) = keys.try_next().await? {
            content.blobs.extend(layout::digest_of(&key));
        }
        let mut keys = self.store.list(&layout::manifests(name));
        while let Some(key) = keys.try_next().await? {
            let Some(digest) = layout::digest_of(&key) else { continue };
            let bytes = self.store.read_opt(&layout::blob(&digest)).await?.unwrap_or_default();
            let (references, subject) = (document::references(&bytes), document::subject(&bytes));
            content.manifests.insert(digest, Manifest { references, subject });
        }
        let mut keys = self.store.list(&layout::tags(name));
        while let Some(key) = keys.try_next().await? {
            let Some(bytes) = self.store.read_opt(&key).await? else { continue };
            let descriptor: Descriptor =
                serde_json::from_slice(&bytes).map_err(io::Error::other)?;
            content.tagged.insert(descriptor.digest);
        }
        Ok(content)
    }

    /// Removes the manifests that are not to be kept, and answers the others.
    async fn keep_manifests(
        &mut self,
        name: &Repository,
        content: &Content,
    ) -> io::Result<BTreeSet<Digest>> {
        if !self.untagged {
            return Ok(content.manifests.keys().cloned().collect());
        }
        let mut roots = content.tagged.clone();
        for digest in content.manifests.keys() {
            if self.is_younger(&layout::manifest(name, digest)).await? {
                roots.insert(digest.clone());
            }
        }
        let kept = content.reachable(roots);
        for (digest, manifest) in &content.manifests {
            if kept.contains(digest) {
                continue;
            }
            if let Some(subject) = &manifest.subject {
                self.remove(&layout::referrer(name, subject, digest)).await?;
            }
            self.remove(&layout::manifest(name, digest)).await?;
            self.collected.manifests += 1;
        }
        Ok(kept)
    }

    async fn contents(&mut self) -> io::Result<()> {
        let mut keys = self.store.list(layout::BLOBS);
        while let Some(key) = keys.try_next().await? {
            let Some(digest) = layout::digest_of(&key) else { continue };
            if self.live.contains(&digest) {
                continue;
            }
            // Looked at last: a push since then has made it young.
            let Some(object) = self.store.stat_opt(&key).await? else { continue };
            if object.modified > self.before {
                continue;
            }
            self.remove(&key).await?;
            self.collected.contents += 1;
            self.collected.bytes += object.size;
        }
        Ok(())
    }

    async fn is_younger(&self, key: &str) -> io::Result<bool> {
        is_younger(&*self.store, key, self.before).await
    }

    async fn remove(&self, key: &str) -> io::Result<()> {
        if !self.is_dry {
            self.store.remove(key).await?;
        }
        Ok(())
    }
}

impl Content {
    /// The manifests that `roots` lead to: they, what indexes among them list, and what refers to any of them.
    fn reachable(&self, roots: BTreeSet<Digest>) -> BTreeSet<Digest> {
        let mut referrers: BTreeMap<&Digest, Vec<&Digest>> = BTreeMap::new();
        for (digest, manifest) in &self.manifests {
            if let Some(subject) = &manifest.subject {
                referrers.entry(subject).or_default().push(digest);
            }
        }
        let mut kept = BTreeSet::new();
        let mut left: Vec<_> = roots.into_iter().collect();
        while let Some(digest) = left.pop() {
            let Some(manifest) = self.manifests.get(&digest) else { continue };
            // What is kept already has led on already.
            if !kept.insert(digest.clone()) {
                continue;
            }
            left.extend(manifest.references.iter().cloned());
            left.extend(referrers.get(&digest).into_iter().flatten().copied().cloned());
        }
        kept
    }
}

#[cfg(test)]
mod tests;
