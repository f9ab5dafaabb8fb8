//! What every store must do, checked for each of them.

mod gcs;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt as _;

use super::{Cached, Folder, Memory, ObjectStore, Scope, Store};
use crate::Clock;

/// More than a folder gathers before it writes.
const LARGE: usize = 1024 * 1024 + 7;
/// More than an object store gathers before it writes.
const VERY_LARGE: usize = 9 * 1024 * 1024;

/// Bytes that differ from place to place.
fn pattern(length: usize) -> Vec<u8> {
    let period: Vec<u8> = (0..=250).collect();
    let mut bytes = period.repeat(length / period.len() + 1);
    bytes.truncate(length);
    bytes
}

async fn list(store: &dyn Store, prefix: &str) -> Vec<String> {
    let mut keys: Vec<String> = store.list(prefix).try_collect().await.unwrap();
    keys.sort();
    keys
}

async fn write_and_read(store: &dyn Store) {
    assert!(store.get_opt("blobs/a/x", None).await.unwrap().is_none());
    assert!(store.get_opt("blobs/a", None).await.unwrap().is_none());
    for size in [0, 1, 300 * 1024, VERY_LARGE] {
        let bytes = Bytes::from(pattern(size));
        store.put("blobs/a/x", bytes.clone()).await.unwrap();
        let object = store.get_opt("blobs/a/x", None).await.unwrap().unwrap();
        assert_eq!(object.size, size as u64);
        assert!(object.content.bytes().await.unwrap() == bytes, "{size} bytes came back altered");
        let stat = store.stat_opt("blobs/a/x").await.unwrap().unwrap();
        assert_eq!(stat.size, size as u64);
        assert!(stat.content.bytes().await.unwrap().is_empty());
    }
    assert!(store.remove("blobs/a/x").await.unwrap());
}

async fn read_ranges(store: &dyn Store) {
    let bytes = Bytes::from(pattern(LARGE));
    store.put("blobs/range", bytes.clone()).await.unwrap();
    for range in [0..1, 5..10, 1000..700_000, LARGE - 3..LARGE, LARGE - 3..LARGE + 10] {
        let asked = range.start as u64..range.end as u64;
        let object = store.get_opt("blobs/range", Some(asked)).await.unwrap().unwrap();
        assert_eq!(object.size, LARGE as u64);
        let expected = &bytes[range.start..range.end.min(LARGE)];
        assert!(object.content.bytes().await.unwrap() == expected, "{range:?}");
    }
    store.remove("blobs/range").await.unwrap();
}

async fn unfinished_writes_are_invisible(store: &dyn Store) {
    store.put("blobs/w", Bytes::from_static(b"old")).await.unwrap();
    for key in ["blobs/w", "blobs/new"] {
        let mut writer = store.write(key).await.unwrap();
        writer.write(Bytes::from(pattern(LARGE))).await.unwrap();
        assert_eq!(list(store, "blobs/").await, ["blobs/w"]);
        drop(writer);
    }
    assert_eq!(store.read_opt("blobs/w").await.unwrap().unwrap(), "old");
    assert_eq!(list(store, "blobs/").await, ["blobs/w"]);
    store.remove("blobs/w").await.unwrap();
}

async fn rename_and_remove(store: &dyn Store) {
    store.put("uploads/1/a", Bytes::from_static(b"moved")).await.unwrap();
    store.put("blobs/b", Bytes::from_static(b"replaced")).await.unwrap();
    store.rename("uploads/1/a", "blobs/b").await.unwrap();
    assert!(!store.has("uploads/1/a").await.unwrap());
    assert_eq!(store.read_opt("blobs/b").await.unwrap().unwrap(), "moved");
    let missing = store.rename("uploads/1/a", "blobs/c").await.unwrap_err();
    assert_eq!(missing.kind(), std::io::ErrorKind::NotFound);
    assert!(store.remove("blobs/b").await.unwrap());
    assert!(!store.remove("blobs/b").await.unwrap());
    assert!(!store.has("blobs/b").await.unwrap());
}

async fn list_by_prefix(store: &dyn Store) {
    let keys = ["catalog/a/_", "catalog/a-b/_", "catalog/a/b/_", "repositories/a/_tags/1.0"];
    for key in keys {
        store.put(key, Bytes::new()).await.unwrap();
    }
    assert_eq!(list(store, "catalog/a/").await, ["catalog/a/_", "catalog/a/b/_"]);
    assert_eq!(list(store, "catalog/").await, ["catalog/a-b/_", "catalog/a/_", "catalog/a/b/_"]);
    assert_eq!(list(store, "repositories/a/_tags/").await, ["repositories/a/_tags/1.0"]);
    assert!(list(store, "nothing/").await.is_empty());
    for key in keys {
        assert!(store.remove(key).await.unwrap());
    }
    assert!(list(store, "catalog/").await.is_empty());
}

async fn many_at_once(store: Arc<dyn Store>) {
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for round in 0..4 {
                    let key = format!("blobs/{}/{round}/x", number % 4);
                    store.put(&key, Bytes::from(pattern(1000))).await.unwrap();
                    if let Some(bytes) = store.read_opt(&key).await.unwrap() {
                        assert!(bytes == pattern(1000));
                    }
                    store.remove(&key).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert!(list(&*store, "blobs/").await.is_empty());
}

/// Runs every check on one store.
pub(crate) async fn check(store: Arc<dyn Store>) {
    write_and_read(&*store).await;
    read_ranges(&*store).await;
    unfinished_writes_are_invisible(&*store).await;
    rename_and_remove(&*store).await;
    list_by_prefix(&*store).await;
    many_at_once(store).await;
}

/// Checks a store that an expression makes: `contract!(name, expression)`.
macro_rules! contract {
    ($(#[$attribute:meta])* $name:ident, $store:expr) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        $(#[$attribute])*
        async fn $name() {
            check(Arc::new($store)).await;
        }
    };
}

/// The key that every Azurite has, as its documentation says.
const AZURITE_KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
/// An account for a stand-in that asks for no tokens.
const GCS_ACCOUNT: &str = r#"{
    "gcs_base_url": "ENDPOINT",
    "disable_oauth": true,
    "client_email": "",
    "private_key": "",
    "private_key_id": ""
}"#;

/// Where a stand-in is, by the environment variable `name`.
#[expect(clippy::disallowed_methods, reason = "these switches exist only in the environment")]
fn endpoint(name: &str) -> String {
    std::env::var(name).expect("the address of a stand-in, such as http://127.0.0.1:5555")
}

/// A bucket of the stand-in at `endpoint`, after a look that one which is not there is told.
async fn bucket(endpoint: &str, url: &str, settings: &[(&str, &str)]) -> ObjectStore {
    let settings = settings.iter();
    let settings = settings
        .map(|(name, value)| ((*name).to_owned(), value.replace("ENDPOINT", endpoint)))
        .collect::<Vec<_>>();
    let patience = Duration::from_mins(1);
    let missing = url.replace("rhumb", "missing");
    let store = ObjectStore::open(&missing, &settings).unwrap();
    store.check(&missing, patience).await.unwrap_err();
    // A prefix that no other run shares, so that a run which failed leaves nothing in the way.
    let store = ObjectStore::open(&format!("{url}-{}", std::process::id()), &settings).unwrap();
    store.check(url, patience).await.unwrap();
    store
}

contract!(memory, Memory::new(Clock::system()));
contract!(object_store_in_memory, ObjectStore::in_memory());
contract!(cached_object_store, Cached::new(Arc::new(ObjectStore::in_memory()), Scope::Content));
contract!(
    #[ignore = "needs an S3 stand-in with the bucket `rhumb`: set RHUMB_TEST_S3_ENDPOINT"]
    s3,
    bucket(
        &endpoint("RHUMB_TEST_S3_ENDPOINT"),
        "s3://rhumb/s3",
        &[
            ("AWS_ENDPOINT", "ENDPOINT"),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ],
    )
    .await
);
contract!(
    #[ignore = "needs an Azure stand-in with the container `rhumb`: set RHUMB_TEST_AZURE_ENDPOINT"]
    azure,
    bucket(
        &endpoint("RHUMB_TEST_AZURE_ENDPOINT"),
        "az://rhumb/azure",
        &[
            ("AZURE_STORAGE_ACCOUNT_NAME", "devstoreaccount1"),
            ("AZURE_STORAGE_ACCOUNT_KEY", AZURITE_KEY),
            ("AZURE_STORAGE_ENDPOINT", "ENDPOINT"),
            ("AZURE_ALLOW_HTTP", "true"),
        ],
    )
    .await
);
contract!(
    #[ignore = "needs an S3 stand-in with the bucket `rhumb`: set RHUMB_TEST_S3_ENDPOINT"]
    gcs,
    bucket(
        &gcs::start(endpoint("RHUMB_TEST_S3_ENDPOINT")).await.unwrap(),
        "gs://rhumb/gcs",
        &[("GOOGLE_SERVICE_ACCOUNT_KEY", GCS_ACCOUNT), ("GOOGLE_ALLOW_HTTP", "true")],
    )
    .await
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn folder() {
    let folder = tempfile::tempdir().unwrap();
    check(Arc::new(Folder::open(folder.path()).await.unwrap())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cached_folder() {
    let folder = tempfile::tempdir().unwrap();
    let below = Arc::new(Folder::open(folder.path()).await.unwrap());
    check(Arc::new(Cached::new(below, Scope::Everything))).await;
}
