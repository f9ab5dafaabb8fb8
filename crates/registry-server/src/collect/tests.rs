use bytes::Bytes;
use rhumb_oci::media_type;
use serde_json::{Value, json};

use super::*;
use crate::store::Folder;

/// A registry in a folder, filled by hand.
struct Registry {
    folder: tempfile::TempDir,
    name: Repository,
}

impl Registry {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), name: "acme/web".parse().unwrap() }
    }

    fn storage(&self) -> Storage {
        Storage::Folder(self.folder.path().to_owned())
    }

    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(Folder::open(self.folder.path()).await.unwrap())
    }

    async fn blob(&self, bytes: &'static [u8]) -> Digest {
        let (store, digest) = (self.open().await, Digest::of(bytes));
        store.put(&layout::blob(&digest), Bytes::from_static(bytes)).await.unwrap();
        store.put(&layout::blob_link(&self.name, &digest), Bytes::new()).await.unwrap();
        digest
    }

    async fn manifest(&self, document: Value, tag: Option<&str>) -> Digest {
        let bytes = document.to_string().into_bytes();
        let descriptor = Descriptor::of(media_type::MANIFEST, &bytes);
        let (store, digest) = (self.open().await, descriptor.digest.clone());
        let link: Bytes = serde_json::to_vec(&descriptor).unwrap().into();
        store.put(&layout::blob(&digest), bytes.into()).await.unwrap();
        store.put(&layout::manifest(&self.name, &digest), link.clone()).await.unwrap();
        store.put(&layout::catalog(&self.name), Bytes::new()).await.unwrap();
        if let Some(tag) = tag {
            let key = layout::tag(&self.name, &tag.parse().unwrap());
            store.put(&key, link.clone()).await.unwrap();
        }
        if let Some(subject) = document["subject"]["digest"].as_str() {
            let key = layout::referrer(&self.name, &subject.parse().unwrap(), &digest);
            store.put(&key, link).await.unwrap();
        }
        digest
    }

    /// Collects as if it were this much later.
    async fn collect(&self, hours: u64, change: impl FnOnce(&mut Collect)) -> Collected {
        let mut collect = Collect::new(self.storage());
        let clock = Clock::system();
        collect.clock = Clock::new(move || clock.now() + Duration::from_hours(hours));
        change(&mut collect);
        collect.run().await.unwrap()
    }

    async fn has(&self, key: &str) -> bool {
        self.open().await.has(key).await.unwrap()
    }
}

fn image(config: &Digest, layer: &Digest) -> Value {
    json!({
        "schemaVersion": 2,
        "config": { "digest": config },
        "layers": [{ "digest": layer }],
    })
}

#[tokio::test]
async fn removes_what_nothing_refers_to_and_nothing_else() {
    let registry = Registry::new();
    let (config, layer) = (registry.blob(b"config").await, registry.blob(b"layer").await);
    let orphan = registry.blob(b"orphan").await;
    let manifest = registry.manifest(image(&config, &layer), Some("1.0")).await;

    assert_eq!(registry.collect(1, |_| {}).await, Collected::default());
    let expected = Collected { blobs: 1, contents: 1, bytes: 6, ..Collected::default() };
    assert_eq!(registry.collect(25, |collect| collect.dry_run = true).await, expected);
    assert!(registry.has(&layout::blob(&orphan)).await);
    assert_eq!(registry.collect(25, |_| {}).await, expected);
    assert!(!registry.has(&layout::blob(&orphan)).await);
    assert!(!registry.has(&layout::blob_link(&registry.name, &orphan)).await);
    for digest in [&config, &layer, &manifest] {
        assert!(registry.has(&layout::blob(digest)).await);
    }
    assert_eq!(registry.collect(25, |_| {}).await, Collected::default());
}

#[tokio::test]
async fn removes_untagged_manifests_if_asked_to() {
    let registry = Registry::new();
    let (config, layer) = (registry.blob(b"config").await, registry.blob(b"layer").await);
    let child = registry.manifest(image(&config, &layer), None).await;
    let index = json!({ "schemaVersion": 2, "manifests": [{ "digest": child }] });
    registry.manifest(index, Some("1.0")).await;
    let mut signature = image(&config, &config);
    signature["subject"] = json!({ "digest": child });
    registry.manifest(signature, None).await;
    let mut old = image(&layer, &config);
    old["subject"] = json!({ "digest": Digest::of(b"gone") });
    let old = registry.manifest(old, None).await;

    assert_eq!(registry.collect(25, |_| {}).await.manifests, 0);
    assert_eq!(registry.collect(1, |collect| collect.untagged = true).await.manifests, 0);
    let collected = registry.collect(25, |collect| collect.untagged = true).await;
    assert_eq!((collected.manifests, collected.blobs, collected.contents), (1, 0, 1));
    assert!(!registry.has(&layout::manifest(&registry.name, &old)).await);
    let link = layout::referrer(&registry.name, &Digest::of(b"gone"), &old);
    assert!(!registry.has(&link).await);
    assert!(registry.has(&layout::manifest(&registry.name, &child)).await);
}

#[tokio::test]
async fn forgets_a_repository_without_manifests_and_old_uploads() {
    let registry = Registry::new();
    let config = registry.blob(b"config").await;
    registry.manifest(image(&config, &config), None).await;
    let store = registry.open().await;
    store.put(&layout::upload("1"), Bytes::from_static(b"{}")).await.unwrap();
    store.put(&layout::upload_chunk("1", "x"), Bytes::from_static(b"part")).await.unwrap();
    drop(store);

    assert_eq!(registry.collect(1, |_| {}).await.uploads, 0);
    let collected = registry.collect(25, |collect| collect.untagged = true).await;
    let expected = Collected { manifests: 1, blobs: 1, uploads: 1, contents: 2, ..collected };
    assert_eq!(collected, expected);
    let store = registry.open().await;
    for prefix in ["blobs/", "repositories/", "catalog/", "uploads/"] {
        let keys: Vec<String> = store.list(prefix).try_collect().await.unwrap();
        assert!(keys.is_empty(), "{keys:?}");
    }
}

#[tokio::test]
async fn refuses_a_folder_that_is_served() {
    let registry = Registry::new();
    let store = registry.open().await;
    let error = Collect::new(registry.storage()).run().await.unwrap_err();
    assert!(matches!(error, Error::FolderInUse { .. }), "{error}");
    drop(store);
    assert!(Collect::new(registry.storage()).run().await.is_ok());
}
