//! What is left when a server ends.

use std::fs;
use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;
use rhumb_oci::Digest;
use rhumb_registry_server::{Options, Storage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Registry, header};

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn keeps_content_and_shows_no_half_blob_after_an_abrupt_end() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(Storage::Folder(folder.path().to_owned()));
    let registry = Registry::start(options.clone()).await;
    let digest = registry.push_image("a", &["1"]).await;
    let blob = vec![7; 2 * 1024 * 1024];
    let half = Digest::of(&blob);
    let place = registry.begin("a").await;
    let mut socket = TcpStream::connect(registry.server.address()).await.unwrap();
    let head = format!(
        "PUT {place}?digest={half} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
        blob.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&blob[..blob.len() / 2]).await.unwrap();
    let unfinished = folder.path().join("tmp");
    while files(&unfinished) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // What a killed process leaves: its unfinished file.
    let copy = tempfile::tempdir().unwrap();
    fs::write(copy.path().join("left"), b"half").unwrap();
    drop(registry);
    while files(&unfinished) > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    fs::copy(copy.path().join("left"), unfinished.join("0")).unwrap();

    let registry = Registry::start(options).await;
    assert_eq!(files(&unfinished), 0);
    let gone = registry.send("HEAD", &format!("/v2/a/blobs/{half}")).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let there = registry.send("HEAD", "/v2/a/manifests/1").await;
    assert_eq!(header(&there, "docker-content-digest"), digest.as_str());
}

#[tokio::test]
async fn finishes_what_is_under_way_when_shut_down() {
    let registry = Registry::memory().await;
    let digest = Digest::of(b"abcdefgh");
    let place = registry.begin("a").await;
    let mut socket = TcpStream::connect(registry.server.address()).await.unwrap();
    let head =
        format!("PUT {place}?digest={digest} HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nabcd");
    socket.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let address = registry.server.address();
    let shutdown = tokio::spawn(registry.server.shutdown());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!shutdown.is_finished());
    assert!(TcpStream::connect(address).await.is_err());
    socket.write_all(b"efgh").await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    shutdown.await.unwrap();
}
