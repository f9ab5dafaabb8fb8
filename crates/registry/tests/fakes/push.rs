use std::sync::Mutex;
use std::time::Duration;

use rhumb_oci::{Descriptor, Digest, Manifest, Reference, media_type};
use rhumb_registry::{Blob, Error, IfExists, Outcome, Push};

use crate::fake::{Fake, Reply, Seen, builder, cache, error};

fn artifact(reference: Reference) -> Push {
    let config = Blob::from_bytes(media_type::CHART_CONFIG, &b"{\"name\":\"web\"}"[..]);
    let layer = Blob::from_bytes(media_type::CHART_LAYER, vec![7; 5000]);
    let manifest = Manifest::new(config.descriptor.clone(), vec![layer.descriptor.clone()]);
    Push {
        reference,
        media_type: media_type::MANIFEST.into(),
        manifest: manifest.print().into(),
        blobs: vec![config, layer],
        if_exists: IfExists::Overwrite,
    }
}

/// A registry without blobs or tags that takes everything.
fn empty(request: &Seen) -> Reply {
    match (&*request.method, request.path.split('?').next().unwrap()) {
        ("POST", _) => Reply::new(202).header("location", "/v2/a/web/blobs/uploads/1?_state=s"),
        ("PUT", _) => Reply::new(201),
        _ => error(404, "MANIFEST_UNKNOWN", "no"),
    }
}

#[tokio::test]
async fn a_new_chart_takes_six_requests_and_three_round_trips() {
    let fake = Fake::start(|request| empty(request).delay(Duration::from_millis(40))).await;
    let push = artifact(fake.reference("a/web:1.0"));
    let start = std::time::Instant::now();
    let pushed = builder().build().push(&push).await.unwrap();
    let elapsed = start.elapsed();
    assert_eq!(pushed.outcome, Outcome::Uploaded);
    assert_eq!(pushed.descriptor.digest, Digest::of(&push.manifest));
    let mut lines = fake.lines();
    lines[..3].sort();
    assert_eq!(
        lines,
        [
            "HEAD /v2/a/web/manifests/1.0",
            "POST /v2/a/web/blobs/uploads/",
            "POST /v2/a/web/blobs/uploads/",
            "PUT /v2/a/web/blobs/uploads/1",
            "PUT /v2/a/web/blobs/uploads/1",
            "PUT /v2/a/web/manifests/1.0",
        ]
    );
    for (request, blob) in fake.seen()[3..5].iter().map(|request| {
        let blob = push.blobs.iter().find(|blob| blob.descriptor.size == request.body.len() as u64);
        (request, blob.unwrap())
    }) {
        assert!(request.path.ends_with(&format!("?_state=s&digest={}", blob.descriptor.digest)));
    }
    assert!(elapsed < Duration::from_millis(3 * 40 + 60), "{elapsed:?}");
}

#[tokio::test]
async fn an_unchanged_chart_uploads_nothing() {
    let push = artifact("h/a/web:1.0".parse().unwrap());
    let digest = Digest::of(&push.manifest).to_string();
    let size = push.manifest.len().to_string();
    let fake = Fake::start(move |request| match &*request.method {
        "HEAD" => Reply::new(200)
            .header("docker-content-digest", digest.clone())
            .header("content-length", size.clone()),
        _ => empty(request),
    })
    .await;
    let push = artifact(fake.reference("a/web:1.0"));
    let folder = tempfile::tempdir().unwrap();
    let client = builder().cache(Some(cache(folder.path()))).build();
    assert_eq!(client.push(&push).await.unwrap().outcome, Outcome::Unchanged);
    assert!(fake.seen().iter().all(|request| request.body.is_empty()));
    assert!(fake.seen().len() <= 3, "{:?}", fake.lines());
    let before = fake.seen().len();
    assert_eq!(client.push(&push).await.unwrap().outcome, Outcome::Unchanged);
    assert_eq!(fake.lines()[before..], ["HEAD /v2/a/web/manifests/1.0"]);
}

#[tokio::test]
async fn an_existing_tag_is_kept_if_asked() {
    let other = Digest::of(b"other").to_string();
    let fake = Fake::start(move |request| match &*request.method {
        "HEAD" => Reply::new(200)
            .header("docker-content-digest", other.clone())
            .header("content-length", "5"),
        _ => empty(request),
    })
    .await;
    let client = builder().build();
    let mut push = artifact(fake.reference("a/web:1.0"));
    push.if_exists = IfExists::Skip;
    let pushed = client.push(&push).await.unwrap();
    assert_eq!(
        (pushed.outcome, pushed.descriptor.digest),
        (Outcome::Skipped, Digest::of(b"other"))
    );
    push.if_exists = IfExists::Fail;
    let error = client.push(&push).await.unwrap_err();
    assert!(matches!(error, Error::Exists { .. }), "{error}");
    assert_eq!(fake.lines(), ["HEAD /v2/a/web/manifests/1.0"; 2]);
    push.if_exists = IfExists::Overwrite;
    assert_eq!(client.push(&push).await.unwrap().outcome, Outcome::Uploaded);
}

#[tokio::test]
async fn a_mount_spares_the_upload_or_becomes_one() {
    for status in [201, 202, 404] {
        let fake = Fake::start(move |request| {
            if request.path.contains("mount=") && status != 202 {
                return Reply::new(status);
            }
            empty(request)
        })
        .await;
        let mut blob = Blob::from_bytes("t", &b"blob"[..]);
        blob.mount_from = Some("other/web".parse().unwrap());
        builder().build().push_blob(&fake.reference("a/web"), &blob).await.unwrap();
        let seen = fake.seen();
        assert!(
            seen[0].path.ends_with(&format!("?mount={}&from=other%2Fweb", blob.descriptor.digest))
        );
        let uploaded = seen.iter().any(|request| request.body == b"blob");
        assert_eq!(uploaded, status != 201);
    }
}

#[tokio::test]
async fn a_registry_that_takes_no_whole_blob_gets_pieces() {
    let fake = Fake::start(|request| match &*request.method {
        "PUT" if !request.body.is_empty() => Reply::new(413),
        "PATCH" => {
            let range = request.header("content-range");
            Reply::new(202)
                .header("location", format!("/next?after={range}"))
                .header("range", format!("0-{}", range.split('-').nth(1).unwrap()))
        }
        _ => empty(request),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blob");
    let bytes = vec![3; 9 << 20];
    std::fs::write(&path, &bytes).unwrap();
    let blob = Blob::from_file(Descriptor::of("t", &bytes), &path);
    builder().build().push_blob(&fake.reference("a/web"), &blob).await.unwrap();
    let seen = fake.seen();
    let patches: Vec<_> = seen.iter().filter(|request| request.method == "PATCH").collect();
    assert_eq!(patches.len(), 2);
    assert_eq!(patches.iter().map(|request| request.body.len()).sum::<usize>(), bytes.len());
    assert_eq!(patches[1].path, "/next?after=0-8388607");
    let last = seen.last().unwrap();
    assert!(
        last.path.starts_with("/next?after=8388608-9437183&digest=sha256:") && last.body.is_empty()
    );
}

#[tokio::test]
async fn an_upload_goes_where_it_is_redirected_with_method_and_body() {
    let fake = Fake::start(|request| match &*request.line() {
        "PUT /v2/a/web/blobs/uploads/1" => Reply::new(308).header("location", "/elsewhere?x=1"),
        _ => empty(request),
    })
    .await;
    let blob = Blob::from_bytes("t", &b"blob"[..]);
    builder().build().push_blob(&fake.reference("a/web"), &blob).await.unwrap();
    let last = fake.seen().pop().unwrap();
    assert_eq!((last.line().as_str(), &last.body[..]), ("PUT /elsewhere", &b"blob"[..]));
}

#[tokio::test]
async fn an_upload_that_breaks_starts_again() {
    let puts = Mutex::new(0);
    let fake = Fake::start(move |request| {
        if request.method == "PUT" {
            let mut puts = puts.lock().unwrap();
            *puts += 1;
            match *puts {
                1 => return Reply::new(500),
                2 => return error(404, "BLOB_UPLOAD_UNKNOWN", "gone"),
                3 => return Reply::new(201).header("content-length", "9").cut_after(0),
                _ => {}
            }
        }
        empty(request)
    })
    .await;
    let blob = Blob::from_bytes("t", &b"blob"[..]);
    builder().build().push_blob(&fake.reference("a/web"), &blob).await.unwrap();
    assert!(fake.lines().iter().filter(|line| line.starts_with("POST")).count() >= 3);
}

#[tokio::test]
async fn a_missing_repository_says_that_it_may_have_to_be_created() {
    use rhumb_report::Diagnose;
    let fake = Fake::start(|_| error(404, "NAME_UNKNOWN", "repository does not exist")).await;
    let push = artifact(fake.reference("a/web:1.0"));
    let error = builder().build().push(&push).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert!(error.hints()[0].contains("created first"));
}

#[tokio::test]
async fn referrers_are_kept_by_tag_where_there_is_no_api() {
    let fake = Fake::start(empty).await;
    let subject = Descriptor::of(media_type::MANIFEST, b"subject");
    let mut manifest = Manifest::new(Descriptor::of(media_type::EMPTY, b"{}"), vec![]);
    manifest.subject = Some(subject.clone());
    manifest.artifact_type = Some("application/x".into());
    let bytes = manifest.print();
    let client = builder().build();
    let reference = fake.reference("a/web");
    client.push_manifest(&reference, media_type::MANIFEST, bytes.clone().into()).await.unwrap();
    let last = fake.seen().pop().unwrap();
    assert_eq!(last.path, format!("/v2/a/web/manifests/sha256-{}", subject.digest.hex()));
    let index = rhumb_oci::Index::parse(&last.body).unwrap();
    assert_eq!(index.manifests[0].digest, Digest::of(&bytes));
    assert_eq!(index.manifests[0].artifact_type.as_deref(), Some("application/x"));
}
