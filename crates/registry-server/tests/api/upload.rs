//! Uploads: whole, in chunks, resumed, given up, mounted.

use reqwest::{Response, StatusCode};
use rhumb_oci::{Algorithm, Digest};
use rhumb_registry_server::{Options, Storage};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::support::{Registry, code, header};

async fn chunk(registry: &Registry, place: &str, range: &str, bytes: &str) -> Response {
    let request = registry.request("PATCH", place).header("content-range", range);
    request.body(bytes.to_owned()).send().await.unwrap()
}

async fn finish(registry: &Registry, place: &str, digest: &Digest, bytes: &str) -> Response {
    let request = registry.request("PUT", &format!("{place}?digest={digest}"));
    request.body(bytes.to_owned()).send().await.unwrap()
}

async fn pull(registry: &Registry, digest: &Digest) -> String {
    let pulled = registry.send("GET", &format!("/v2/a/blobs/{digest}")).await;
    assert_eq!(pulled.status(), StatusCode::OK);
    pulled.text().await.unwrap()
}

#[tokio::test]
async fn takes_chunks_in_order_only() {
    let registry = Registry::memory().await;
    let place = registry.begin("a").await;
    let first = chunk(&registry, &place, "0-3", "abcd").await;
    assert_eq!((first.status(), &*header(&first, "range")), (StatusCode::ACCEPTED, "0-3"));
    for range in ["0-3", "5-8", "3-6"] {
        let refused = chunk(&registry, &place, range, "efgh").await;
        assert_eq!(refused.status(), StatusCode::RANGE_NOT_SATISFIABLE, "{range}");
        assert_eq!(header(&refused, "range"), "0-3");
        assert_eq!(header(&refused, "location"), place);
    }
    assert_eq!(code(chunk(&registry, &place, "4-9", "efgh").await).await, "SIZE_INVALID");
    let told = registry.send("GET", &place).await;
    assert_eq!((told.status(), &*header(&told, "range")), (StatusCode::NO_CONTENT, "0-3"));
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let place = registry.begin("a").await;
        chunk(&registry, &place, "0-3", "abcd").await;
        let digest = Digest::with(algorithm, b"abcdefgh");
        let done = finish(&registry, &place, &digest, "efgh").await;
        assert_eq!(done.status(), StatusCode::CREATED);
        assert_eq!(pull(&registry, &digest).await, "abcdefgh");
        assert_eq!(registry.send("GET", &place).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn takes_one_chunk_and_an_empty_end() {
    let registry = Registry::memory().await;
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let place = registry.begin("a").await;
        let request = registry.request("PATCH", &place).body("whole");
        assert_eq!(request.send().await.unwrap().status(), StatusCode::ACCEPTED);
        let digest = Digest::with(algorithm, b"whole");
        assert_eq!(finish(&registry, &place, &digest, "").await.status(), StatusCode::CREATED);
        assert_eq!(pull(&registry, &digest).await, "whole");
    }
}

#[tokio::test]
async fn refuses_content_that_lacks_its_digest() {
    let registry = Registry::memory().await;
    let digest = Digest::of(b"something else");
    let place = registry.begin("a").await;
    assert_eq!(code(finish(&registry, &place, &digest, "abcd").await).await, "DIGEST_INVALID");
    let place = registry.begin("a").await;
    chunk(&registry, &place, "0-3", "abcd").await;
    assert_eq!(code(finish(&registry, &place, &digest, "").await).await, "DIGEST_INVALID");
    assert_eq!(registry.send("GET", &place).await.status(), StatusCode::NOT_FOUND);
    let path = format!("/v2/a/blobs/uploads/?digest={digest}");
    let refused = registry.request("POST", &path).body("abcd").send().await.unwrap();
    assert_eq!(code(refused).await, "DIGEST_INVALID");
    let gone = registry.send("HEAD", &format!("/v2/a/blobs/{digest}")).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn gives_up_an_upload_and_keeps_uploads_of_others_apart() {
    let registry = Registry::memory().await;
    let place = registry.begin("a").await;
    let foreign = place.replace("/v2/a/", "/v2/b/");
    assert_eq!(registry.send("DELETE", &foreign).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(registry.send("DELETE", &place).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(code(registry.send("GET", &place).await).await, "BLOB_UPLOAD_UNKNOWN");
}

#[tokio::test]
async fn mounts_from_a_repository_or_from_anywhere() {
    let registry = Registry::memory().await;
    let digest = registry.push_blob("a", "blob").await;
    let mount = async |query: String| {
        registry.send("POST", &format!("/v2/b/blobs/uploads/?mount={query}")).await.status()
    };
    assert_eq!(mount(format!("{digest}&from=c")).await, StatusCode::ACCEPTED);
    assert_eq!(mount(format!("{digest}&from=..")).await, StatusCode::ACCEPTED);
    assert_eq!(mount(Digest::of(b"x").to_string()).await, StatusCode::ACCEPTED);
    assert_eq!(mount(format!("{digest}&from=a")).await, StatusCode::CREATED);
    let there = registry.send("HEAD", &format!("/v2/b/blobs/{digest}")).await;
    assert_eq!(there.status(), StatusCode::OK);
    let anywhere = registry.send("POST", &format!("/v2/c/blobs/uploads/?mount={digest}")).await;
    assert_eq!(anywhere.status(), StatusCode::CREATED);
    assert_eq!(header(&anywhere, "location"), format!("/v2/c/blobs/{digest}"));
}

#[tokio::test]
async fn keeps_what_arrived_before_the_connection_was_cut() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::Folder(folder.path().join("data"));
    let registry = Registry::start(Options::new(storage.clone())).await;
    let place = registry.begin("a").await;
    let mut socket = TcpStream::connect(registry.server.address()).await.unwrap();
    let head = format!("PATCH {place} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabcd");
    socket.write_all(head.as_bytes()).await.unwrap();
    // Wait until the server has begun to read, or there would be nothing to keep.
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    drop(socket);
    for _ in 0..100 {
        let told = registry.send("GET", &place).await;
        if header(&told, "range") == "0-3" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    registry.server.shutdown().await;

    // A new server goes on where the old one was left.
    let registry = Registry::start(Options::new(storage)).await;
    let digest = Digest::of(b"abcdefgh");
    assert_eq!(header(&registry.send("GET", &place).await, "range"), "0-3");
    assert_eq!(finish(&registry, &place, &digest, "efgh").await.status(), StatusCode::CREATED);
    assert_eq!(pull(&registry, &digest).await, "abcdefgh");
}
