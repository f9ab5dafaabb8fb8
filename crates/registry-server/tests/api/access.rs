//! Who may do what, over what, and what is said about it.

use std::fs;
use std::sync::{Arc, Mutex};

use reqwest::StatusCode;
use rhumb_registry_server::{AccessLog, Error, Login, Options, Server, Storage, TlsFiles};
use rhumb_report::Secret;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Registry, code, header};

fn with_login(login: Login) -> Options {
    let mut options = Options::new(Storage::Memory);
    options.login = Some(login);
    options
}

#[tokio::test]
async fn asks_for_a_login() {
    let login = Login::user("ann", Secret::new("secret"));
    let registry = Registry::start(with_login(login)).await;
    for (method, path) in [("GET", "/v2/"), ("GET", "/v2/a/tags/list"), ("GET", "/metrics")] {
        let refused = registry.send(method, path).await;
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
        assert!(header(&refused, "www-authenticate").starts_with("Basic realm="));
        assert_eq!(code(refused).await, "UNAUTHORIZED");
        let wrong = registry.request(method, path).basic_auth("ann", Some("guess"));
        assert_eq!(wrong.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
    let right = registry.request("GET", "/v2/").basic_auth("ann", Some("secret"));
    assert_eq!(right.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn lets_anyone_pull_but_not_push() {
    let login = Login::user("ann", Secret::new("secret")).with_anonymous_pull();
    let registry = Registry::start(with_login(login)).await;
    let upload = registry.request("POST", "/v2/a/blobs/uploads/");
    let begun = upload.basic_auth("ann", Some("secret")).send().await.unwrap();
    let place = header(&begun, "location");
    assert_eq!(registry.send("GET", "/v2/_catalog").await.status(), StatusCode::OK);
    for (method, path) in
        [("GET", "/v2/"), ("POST", "/v2/a/blobs/uploads/"), ("GET", &place), ("DELETE", &place)]
    {
        let refused = registry.send(method, path).await;
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "{method} {path}");
    }
}

#[tokio::test]
async fn changes_nothing_when_it_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new(Storage::Folder(folder.path().to_owned()));
    let registry = Registry::start(options.clone()).await;
    registry.push_image("a", &["1"]).await;
    registry.server.shutdown().await;
    options.read_only = true;
    let registry = Registry::start(options).await;
    assert_eq!(registry.send("GET", "/v2/a/manifests/1").await.status(), StatusCode::OK);
    for (method, path) in [
        ("POST", "/v2/a/blobs/uploads/"),
        ("PUT", "/v2/a/manifests/2"),
        ("DELETE", "/v2/a/manifests/1"),
    ] {
        assert_eq!(code(registry.send(method, path).await).await, "UNSUPPORTED");
    }
    assert_eq!(registry.send("GET", "/v2/a/manifests/1").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn speaks_https_in_both_versions_of_http() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let mut options = Options::new(Storage::Memory);
    options.tls = Some(TlsFiles { certificate: certificate.clone(), key });
    let server = Server::start(options.clone()).await.unwrap();
    let url = format!("https://localhost:{}/v2/", server.address().port());
    let root = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let builder = || reqwest::Client::builder().no_proxy().tls_certs_only([root.clone()]);
    for (client, version) in [
        (builder().build().unwrap(), reqwest::Version::HTTP_2),
        (builder().http1_only().build().unwrap(), reqwest::Version::HTTP_11),
    ] {
        let answer = client.get(&url).send().await.unwrap();
        assert_eq!((answer.status(), answer.version()), (StatusCode::OK, version));
    }

    options.tls = Some(TlsFiles { certificate: certificate.clone(), key: certificate });
    let error = Server::start(options).await.unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error}");
}

#[tokio::test]
async fn names_what_keeps_it_from_starting() {
    let first = Server::start(Options::new(Storage::Memory)).await.unwrap();
    let mut options = Options::new(Storage::Memory);
    options.address = first.address().to_string();
    let taken = Server::start(options).await.unwrap_err();
    assert_eq!(taken.to_string(), format!("cannot listen on `{}`", first.address()));
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(Storage::Folder(folder.path().to_owned()));
    let second = Server::start(options.clone()).await.unwrap();
    let in_use = Server::start(options).await.unwrap_err();
    assert!(matches!(in_use, Error::FolderInUse { .. }), "{in_use}");
    drop(second);
    let url = "ftp://x/y".to_owned();
    let error = Server::start(Options::new(Storage::Object { url, settings: Vec::new() })).await;
    assert!(error.unwrap_err().to_string().starts_with("cannot use the object store `ftp://x/y`"));
}

#[derive(Default)]
struct Lines(Mutex<Vec<Value>>);

impl AccessLog for Lines {
    fn record(&self, line: &str) {
        self.0.lock().unwrap().push(serde_json::from_str(line).unwrap());
    }
}

#[tokio::test]
async fn logs_and_counts_requests() {
    let lines = Arc::new(Lines::default());
    let mut options = with_login(Login::user("ann", Secret::new("secret")));
    options.access_log = Some(Arc::<Lines>::clone(&lines));
    let registry = Registry::start(options).await;
    registry.send("GET", "/v2/").await.bytes().await.unwrap();
    let push = registry.request("POST", "/v2/a/blobs/uploads/?digest=sha256:12").body("12345");
    push.basic_auth("ann", Some("secret")).send().await.unwrap().bytes().await.unwrap();
    let metrics = registry.request("GET", "/metrics").basic_auth("ann", Some("secret"));
    let metrics = metrics.send().await.unwrap().text().await.unwrap();
    registry.server.shutdown().await;

    let lines = lines.0.lock().unwrap();
    assert_eq!(lines.len(), 3);
    let seen = |line: &Value| {
        let text = |name: &str| line[name].as_str().unwrap_or("-").to_owned();
        (text("user"), text("method"), text("path"), line["status"].as_u64().unwrap())
    };
    let (get, post) = ("GET".to_owned(), "POST".to_owned());
    assert_eq!(seen(&lines[0]), ("-".to_owned(), get, "/v2/".to_owned(), 401));
    let path = "/v2/a/blobs/uploads/".to_owned();
    assert_eq!(seen(&lines[1]), ("ann".to_owned(), post, path, 400));
    assert!(lines[0]["sent"].as_u64().unwrap() > 0 && lines[0]["complete"] == true);
    assert!(lines[0]["time"].as_str().unwrap().ends_with('Z'));
    assert!(!lines.iter().any(|line| line.to_string().contains("secret")));
    let expected =
        "rhumb_registry_requests_total{route=\"base\",method=\"GET\",status=\"401\"} 1\n";
    assert!(metrics.contains(expected), "{metrics}");
    assert!(metrics.contains("rhumb_registry_requests_in_flight 1\n"), "{metrics}");
}

#[tokio::test]
async fn a_client_that_sends_first_and_listens_later_learns_what_is_wrong() {
    let login = Login::user("ann", Secret::new("secret"));
    let registry = Registry::start(with_login(login)).await;
    let mut socket = TcpStream::connect(registry.server.address()).await.unwrap();
    let body = vec![b'x'; 16 << 20];
    for _ in 0..2 {
        let length = body.len();
        let head = format!(
            "PUT /v2/a/manifests/1 HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        socket.write_all(&body).await.unwrap();
        let mut answer = vec![0; 4096];
        let read = socket.read(&mut answer).await.unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 401 "), "{:?}", &answer[..read]);
    }
    // One that asks first is not made to send for nothing.
    let head = "PUT /v2/a/manifests/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let read = socket.read(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 401 "), "{:?}", &answer[..read]);
}
