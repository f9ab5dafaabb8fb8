use std::sync::Arc;

use rhumb_oci::{Descriptor, Digest, Manifest, media_type};
use rhumb_registry::{Error, MAX_MANIFEST};
use rhumb_report::Diagnose;

use crate::fake::{Fake, Reply, Warnings, builder, cache, error};

async fn pull(reply: Reply) -> Result<Descriptor, Error> {
    let fake = Fake::start(move |_| reply.clone()).await;
    let folder = tempfile::tempdir().unwrap();
    let client = builder().cache(Some(cache(folder.path()))).build();
    let result = client.manifest(&fake.reference("a/web:1"), media_type::MANIFESTS).await;
    if result.is_err() {
        assert!(!folder.path().join("content").exists(), "nothing is kept");
    }
    result.map(|fetched| fetched.descriptor)
}

fn manifest() -> Vec<u8> {
    Manifest::new(Descriptor::of(media_type::CHART_CONFIG, b"{}"), vec![]).print()
}

#[tokio::test]
async fn a_manifest_must_have_the_digest_that_is_promised_and_asked_for() {
    let other = Digest::of(b"other");
    let reply = Reply::new(200).header("content-type", media_type::MANIFEST).body(manifest());
    let lie = reply.clone().header("docker-content-digest", other.as_str());
    let error = pull(lie).await.unwrap_err();
    assert!(matches!(error, Error::Digest { .. }), "{error}");
    assert_eq!(pull(reply.clone()).await.unwrap().digest, Digest::of(&manifest()));
    let fake = Fake::start(move |_| reply.clone()).await;
    let reference = fake.reference(&format!("a/web@{other}"));
    let error = builder().build().manifest(&reference, media_type::MANIFESTS).await.unwrap_err();
    assert!(matches!(error, Error::Digest { .. }), "{error}");
}

#[tokio::test]
async fn what_is_no_manifest_is_called_what_it_is() {
    let page = Reply::new(200).header("content-type", "text/html; charset=utf-8").body("<html>");
    assert!(matches!(pull(page).await, Err(Error::WebPage { .. })));
    let disguised = Reply::new(200).body(" <!doctype html>");
    assert!(matches!(pull(disguised).await, Err(Error::WebPage { .. })));
    let large = Reply::new(200).body(vec![b' '; usize::try_from(MAX_MANIFEST).unwrap() + 1]);
    let error = pull(large).await.unwrap_err();
    assert!(error.to_string().ends_with("is larger than 4194304 bytes"), "{error}");
    for body in ["", "{", "{}", "[1]", "null", r#"{"config":{"digest":"x"}}"#] {
        let error = pull(Reply::new(200).body(body)).await.unwrap_err();
        assert!(matches!(error, Error::NotManifest { .. }), "{body}: {error}");
        assert!(!error.hints().is_empty());
    }
}

#[tokio::test]
async fn a_head_without_a_digest_is_followed_by_a_get() {
    for head in [Reply::new(200), Reply::new(405), Reply::new(400)] {
        let fake = Fake::start(move |request| match &*request.method {
            "HEAD" => head.clone(),
            _ => Reply::new(200).header("content-type", media_type::MANIFEST).body(manifest()),
        })
        .await;
        let found = builder().build().head_manifest(&fake.reference("a/web:1")).await.unwrap();
        assert_eq!(found.unwrap().digest, Digest::of(&manifest()));
    }
    let none = Fake::start(|_| Reply::new(404)).await;
    let found = builder().build().head_manifest(&none.reference("a/web:1")).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test]
async fn redirects_end_and_do_not_leave_the_web() {
    let circle = Reply::new(307).header("location", "/v2/a/web/manifests/1");
    assert!(pull(circle).await.unwrap_err().to_string().contains("more than 5 redirects"));
    for target in ["file:///etc/passwd", "http://", "data:x"] {
        let error = pull(Reply::new(302).header("location", target)).await.unwrap_err();
        assert!(matches!(error, Error::Answer { .. }), "{target}: {error}");
    }
    let error = pull(Reply::new(308)).await.unwrap_err();
    assert!(error.to_string().ends_with("a redirect without `Location`"), "{error}");
}

#[tokio::test]
async fn the_words_of_the_server_are_kept() {
    let fake = Fake::start(|_| error(404, "MANIFEST_UNKNOWN", "no such tag")).await;
    let reference = fake.reference("a/web:1");
    let error = builder().build().manifest(&reference, media_type::MANIFESTS).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{reference}: not found"));
    let Error::NotFound { answer, .. } = error else { panic!("{error}") };
    let expected = format!(
        "GET \"http://{}/v2/a/web/manifests/1\": response status code 404: manifest unknown: no such tag",
        fake.address()
    );
    assert_eq!(answer.to_string(), expected);
    let error = pull(Reply::new(418).body("short and stout\nreally")).await.unwrap_err();
    assert!(error.to_string().ends_with("418: I'm a teapot: short and stout"), "{error}");
}

#[tokio::test]
async fn warnings_are_passed_on_once() {
    let fake = Fake::start(|_| {
        Reply::new(200).header("warning", "299 - \"this registry closes\"").json(r#"{"tags":[]}"#)
    })
    .await;
    let warnings = Arc::new(Warnings::default());
    let client = builder().reporter(Arc::<Warnings>::clone(&warnings)).build();
    for _ in 0..3 {
        client.tags(&fake.reference("a")).await.unwrap();
    }
    assert_eq!(warnings.all(), ["127.0.0.1: this registry closes"]);
}
