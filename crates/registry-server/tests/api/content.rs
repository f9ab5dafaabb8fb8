//! Manifests and blobs: pull, push, delete.

use reqwest::StatusCode;
use rhumb_oci::{Algorithm, Digest};
use serde_json::json;

use crate::support::{MANIFEST, Registry, code, header, image};

#[tokio::test]
async fn pulls_what_was_pushed_by_tag_and_by_digest() {
    let registry = Registry::memory().await;
    let digest = registry.push_image("acme/web", &["1.0", "latest"]).await;
    for reference in ["1.0", "latest", digest.as_str()] {
        let path = format!("/v2/acme/web/manifests/{reference}");
        let pulled = registry.send("GET", &path).await;
        assert_eq!(pulled.status(), StatusCode::OK);
        assert_eq!(header(&pulled, "content-type"), MANIFEST);
        assert_eq!(header(&pulled, "docker-content-digest"), digest.as_str());
        let head = registry.send("HEAD", &path).await;
        assert_eq!(head.headers()["content-length"], pulled.headers()["content-length"]);
        assert_eq!(Digest::of(&pulled.bytes().await.unwrap()), digest);
    }
}

#[tokio::test]
async fn answers_conditions_and_ranges() {
    let registry = Registry::memory().await;
    let digest = registry.push_blob("a", b"0123456789".to_vec()).await;
    let path = format!("/v2/a/blobs/{digest}");
    let get = |name: &str, value: &str| registry.request("GET", &path).header(name, value).send();

    let part = get("range", "bytes=2-4").await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&part, "content-range"), "bytes 2-4/10");
    assert_eq!(part.text().await.unwrap(), "234");
    let outside = get("range", "bytes=10-").await.unwrap();
    assert_eq!(outside.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&outside, "content-range"), "bytes */10");
    let other = registry.request("GET", &path).header("range", "bytes=2-4");
    let other = other.header("if-range", "\"other\"").send().await.unwrap();
    assert_eq!(other.status(), StatusCode::OK);
    let known = get("if-none-match", &format!("\"{digest}\"")).await.unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(get("if-none-match", "\"x\"").await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn refuses_manifests_that_are_wrong() {
    let registry = Registry::memory().await;
    let config = registry.push_blob("a", "{}").await;
    let good = image(&config, &[]);
    let missing = image(&config, &[&Digest::of(b"never pushed")]);
    let refused = registry.push_manifest("a", "1", &missing).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(code(refused).await, "MANIFEST_BLOB_UNKNOWN");
    let refused = registry.push_manifest("a", Digest::of(b"other").as_str(), &good).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(code(refused).await, "DIGEST_INVALID");
    for document in [
        json!("text"),
        json!({ "schemaVersion": 1 }),
        json!({ "schemaVersion": 2 }),
        json!({ "schemaVersion": 2, "mediaType": "text/html", "config": { "digest": config } }),
        json!({ "schemaVersion": 2, "config": { "digest": "sha256:../../etc/passwd" } }),
    ] {
        let refused = registry.push_manifest("a", "1", &document).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{document}");
        assert_eq!(code(refused).await, "MANIFEST_INVALID", "{document}");
    }
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    let refused = registry.request("PUT", "/v2/a/manifests/1").body(large).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(registry.send("GET", "/v2/a/manifests/1").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn takes_a_manifest_of_exactly_the_limit() {
    let registry = Registry::memory().await;
    let config = registry.push_blob("a", "{}").await;
    let mut text = image(&config, &[]).to_string();
    text.push_str(&" ".repeat(4 * 1024 * 1024 - text.len()));
    let request = registry.request("PUT", "/v2/a/manifests/1").header("content-type", MANIFEST);
    assert_eq!(request.body(text).send().await.unwrap().status(), StatusCode::CREATED);
}

#[tokio::test]
async fn sets_several_tags_with_one_push() {
    let registry = Registry::memory().await;
    let config = registry.push_blob("a", "{}").await;
    let document = image(&config, &[]);
    let digest = Digest::with(Algorithm::Sha512, document.to_string().as_bytes());
    let reference = format!("{digest}?tag=1.0&tag=latest");
    let pushed = registry.push_manifest("a", &reference, &document).await;
    assert_eq!(pushed.status(), StatusCode::CREATED);
    let tags: Vec<_> = pushed.headers().get_all("oci-tag").iter().collect();
    assert_eq!(tags, ["1.0", "latest"]);
    let pulled = registry.send("HEAD", "/v2/a/manifests/latest").await;
    assert_eq!(header(&pulled, "docker-content-digest"), digest.as_str());
}

#[tokio::test]
async fn deletes_a_tag_alone_and_a_manifest_with_its_tags() {
    let registry = Registry::memory().await;
    let digest = registry.push_image("a", &["1", "2", "3"]).await;
    let status = async |method: &str, reference: &str| {
        registry.send(method, &format!("/v2/a/manifests/{reference}")).await.status()
    };
    assert_eq!(status("DELETE", "1").await, StatusCode::ACCEPTED);
    assert_eq!(status("DELETE", "1").await, StatusCode::NOT_FOUND);
    assert_eq!(status("HEAD", "2").await, StatusCode::OK);
    assert_eq!(status("DELETE", digest.as_str()).await, StatusCode::ACCEPTED);
    for reference in ["2", "3", digest.as_str()] {
        assert_eq!(status("HEAD", reference).await, StatusCode::NOT_FOUND, "{reference}");
    }
    let config = Digest::of(b"{}");
    let path = format!("/v2/a/blobs/{config}");
    assert_eq!(registry.send("DELETE", &path).await.status(), StatusCode::ACCEPTED);
    assert_eq!(registry.send("HEAD", &path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(code(registry.send("DELETE", &path).await).await, "BLOB_UNKNOWN");
}

#[tokio::test]
async fn keeps_repositories_apart() {
    let registry = Registry::memory().await;
    let digest = registry.push_image("a", &["1"]).await;
    let config = Digest::of(b"{}");
    for path in [
        format!("/v2/b/blobs/{config}"),
        format!("/v2/b/manifests/{digest}"),
        "/v2/b/manifests/1".to_owned(),
        "/v2/a/b/manifests/1".to_owned(),
    ] {
        assert_eq!(registry.send("GET", &path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn tells_methods_and_paths_that_are_not_there() {
    let registry = Registry::memory().await;
    let refused = registry.send("POST", "/v2/a/manifests/1").await;
    assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(code(refused).await, "UNSUPPORTED");
    assert_eq!(code(registry.send("GET", "/v2/A/tags/list").await).await, "NAME_INVALID");
    assert_eq!(code(registry.send("GET", "/v2/a/blobs/sha1:00").await).await, "DIGEST_INVALID");
    assert_eq!(code(registry.send("GET", "/favicon.ico").await).await, "NAME_UNKNOWN");
}
