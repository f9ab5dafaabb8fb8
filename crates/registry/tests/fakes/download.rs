use std::time::Duration;

use rhumb_oci::{Descriptor, Manifest, media_type};
use rhumb_registry::{Error, Kind};
use rhumb_report::Diagnose;

use crate::fake::{Fake, Reply, builder, cache, credentials, error, login_for};

fn blob() -> (Vec<u8>, Descriptor) {
    let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    let descriptor = Descriptor::of(media_type::CHART_LAYER, &bytes);
    (bytes, descriptor)
}

#[tokio::test]
async fn a_pull_is_a_manifest_and_the_blobs_asked_for() {
    let (bytes, layer) = blob();
    let config = Descriptor::of(media_type::CHART_CONFIG, b"{}");
    let manifest = Manifest::new(config, vec![layer.clone()]).print();
    let served = manifest.clone();
    let fake = Fake::start(move |request| match &*request.line() {
        "GET /v2/a/web/manifests/1.0" => {
            Reply::new(200).header("content-type", media_type::MANIFEST).body(served.clone())
        }
        _ => Reply::new(200).body(bytes.clone()),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let client = builder().cache(Some(cache(folder.path()))).build();
    let reference = fake.reference("a/web:1.0");
    let fetched = client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    assert_eq!(fetched.bytes, manifest);
    let path = client.blob_to_cache(&reference, &layer, Kind::Chart).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), layer.size);
    client.blob_to_cache(&reference, &layer, Kind::Chart).await.unwrap();
    let by_digest = fake.reference(&format!("a/web@{}", fetched.descriptor.digest));
    client.manifest(&by_digest, media_type::MANIFESTS).await.unwrap();
    assert_eq!(fake.seen().len(), 2, "{:?}", fake.lines());
    assert!(fake.seen().iter().all(|request| request.connection == 0));
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_stopped() {
    let (bytes, layer) = blob();
    let served = bytes.clone();
    let fake = Fake::start(move |request| {
        let range = request.header("range");
        let Some(from) = range.strip_prefix("bytes=").and_then(|r| r.strip_suffix('-')) else {
            let length = served.len().to_string();
            return Reply::new(200)
                .header("content-length", length)
                .body(served.clone())
                .cut_after(100_000);
        };
        let from: usize = from.parse().unwrap();
        let range = format!("bytes {from}-{}/{}", served.len() - 1, served.len());
        let reply = Reply::new(206).header("content-range", range).body(&served[from..]);
        if from < 300_000 { reply.cut_after(250_000) } else { reply }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    builder().build().blob_to_file(&fake.reference("a"), &layer, &path).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    let ranges: Vec<_> =
        fake.seen().iter().map(|request| request.header("range").to_owned()).collect();
    assert_eq!(ranges[0], "");
    assert!(ranges.len() >= 3 && ranges[1..].iter().all(|range| range.starts_with("bytes=")));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_server_without_ranges_is_read_again_from_the_start() {
    let (bytes, layer) = blob();
    let served = bytes.clone();
    let first = std::sync::atomic::AtomicBool::new(true);
    let fake = Fake::start(move |_| {
        let reply = Reply::new(200).body(served.clone());
        let is_first = first.swap(false, std::sync::atomic::Ordering::SeqCst);
        if is_first { reply.cut_after(5) } else { reply }
    })
    .await;
    let got = builder().build().blob_bytes(&fake.reference("a"), &layer, Kind::Blob, 1 << 20).await;
    assert_eq!(got.unwrap(), bytes);
}

#[tokio::test]
async fn what_is_not_what_it_says_is_not_kept() {
    let (bytes, layer) = blob();
    let altered = {
        let mut altered = bytes.clone();
        altered[7] ^= 1;
        altered
    };
    let long = [&bytes[..], b"x"].concat();
    for body in [altered, long, bytes[1..].to_vec()] {
        let fake = Fake::start(move |_| Reply::new(200).body(body.clone())).await;
        let folder = tempfile::tempdir().unwrap();
        let client = builder().cache(Some(cache(folder.path()))).build();
        let path = folder.path().join("out");
        let result = client.blob_to_file(&fake.reference("a"), &layer, &path).await;
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Digest { .. } | Error::Size { .. }), "{error}");
        assert!(!error.hints().is_empty());
        client.blob_to_cache(&fake.reference("a"), &layer, Kind::Chart).await.unwrap_err();
        let kept = walk(folder.path());
        assert!(kept.is_empty(), "{kept:?}");
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_blob_that_never_ends_is_given_up() {
    let fake = Fake::start(|_| {
        Reply::new(200).header("content-length", "18446744073709551000").body(vec![0; 1 << 20])
    })
    .await;
    let blob = Descriptor::of("t", b"small");
    let result = builder().build().blob_bytes(&fake.reference("a"), &blob, Kind::Blob, 99).await;
    assert!(matches!(result, Err(Error::Size { want: 5, .. })), "{result:?}");
}

#[tokio::test]
async fn a_stalled_download_ends() {
    let fake = Fake::start(|_| Reply::new(200).header("content-length", "5").body("ab")).await;
    let blob = Descriptor::of("t", b"abcde");
    let mut limits = rhumb_registry::Limits::default();
    (limits.stall, limits.attempts) = (Duration::from_millis(30), 2);
    limits.first_pause = Duration::from_millis(1);
    let client = builder().limits(limits).build();
    let error = client.blob_bytes(&fake.reference("a"), &blob, Kind::Blob, 9).await.unwrap_err();
    assert!(error.to_string().contains("nothing arrived for"), "{error}");
    assert_eq!(fake.seen().len(), 2);
}

#[tokio::test]
async fn a_redirect_keeps_range_and_leaves_the_credential_behind() {
    let (bytes, layer) = blob();
    let served = bytes.clone();
    let store = Fake::start(move |request| {
        // As S3 does: one kind of authentication only.
        if !request.header("authorization").is_empty() {
            return Reply::new(400).body("Only one auth mechanism allowed");
        }
        let reply = Reply::new(200).body(served.clone());
        match request.header("range").strip_prefix("bytes=") {
            None => reply.cut_after(1000),
            Some(range) => {
                let from: usize = range.trim_end_matches('-').parse().unwrap();
                Reply::new(206)
                    .header("content-range", format!("bytes {from}-799999/800000"))
                    .body(&served[from..])
            }
        }
    })
    .await;
    let target = format!("http://{}/bucket/x?X-Amz-Signature=geheim", store.address());
    let fake = Fake::start(move |request| match request.header("authorization") {
        "" => error(401, "UNAUTHORIZED", "who").header("www-authenticate", "Basic realm=\"x\""),
        _ => Reply::new(307).header("location", target.clone()),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let files = credentials(folder.path(), &login_for(fake.address()));
    let client = builder().credential_files(files).build();
    let got = client.blob_bytes(&fake.reference("a"), &layer, Kind::Blob, 1 << 20).await;
    assert_eq!(got.unwrap(), bytes);
    assert!(store.seen().len() >= 2);
    let wrong = Descriptor::of("t", b"other");
    let error = client.blob_bytes(&fake.reference("a"), &wrong, Kind::Blob, 99).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("geheim"), "{error:?}");
}
