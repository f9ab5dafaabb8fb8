//! A server to test, and a client for it.

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use rhumb_oci::Digest;
use rhumb_registry_server::{Options, Running, Server, Storage};
use serde_json::{Value, json};

/// The type of the manifests that tests push.
pub(crate) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// A running server.
pub(crate) struct Registry {
    pub(crate) server: Running,
    pub(crate) client: reqwest::Client,
}

impl Registry {
    pub(crate) async fn memory() -> Self {
        Self::start(Options::new(Storage::Memory)).await
    }

    pub(crate) async fn start(options: Options) -> Self {
        let server = Server::start(options).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { server, client }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().unwrap();
        self.client.request(method, self.url(path))
    }

    pub(crate) async fn send(&self, method: &str, path: &str) -> Response {
        self.request(method, path).send().await.unwrap()
    }

    /// Begins an upload and returns where it goes on.
    pub(crate) async fn begin(&self, name: &str) -> String {
        let begun = self.send("POST", &format!("/v2/{name}/blobs/uploads/")).await;
        assert_eq!(begun.status(), StatusCode::ACCEPTED);
        header(&begun, "location")
    }

    pub(crate) async fn push_blob(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Digest {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        let path = format!("/v2/{name}/blobs/uploads/?digest={digest}");
        let pushed = self.request("POST", &path).body(bytes).send().await.unwrap();
        assert_eq!(pushed.status(), StatusCode::CREATED);
        digest
    }

    pub(crate) async fn push_manifest(
        &self,
        name: &str,
        reference: &str,
        document: &Value,
    ) -> Response {
        let path = format!("/v2/{name}/manifests/{reference}");
        let request = self.request("PUT", &path).header("content-type", MANIFEST);
        request.body(document.to_string()).send().await.unwrap()
    }

    /// Pushes a small image under these tags.
    pub(crate) async fn push_image(&self, name: &str, tags: &[&str]) -> Digest {
        let config = self.push_blob(name, "{}").await;
        let document = image(&config, &[]);
        for tag in tags {
            let pushed = self.push_manifest(name, tag, &document).await;
            assert_eq!(pushed.status(), StatusCode::CREATED);
        }
        Digest::of(document.to_string().as_bytes())
    }
}

pub(crate) fn image(config: &Digest, layers: &[&Digest]) -> Value {
    let layers: Vec<_> = layers.iter().map(|layer| json!({ "digest": layer, "size": 1 })).collect();
    json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": { "mediaType": "application/vnd.test.config", "digest": config, "size": 2 },
        "layers": layers,
    })
}

pub(crate) fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default().to_owned()
}

/// The code of an error, after checking that it is told as the spec wants it.
pub(crate) async fn code(response: Response) -> String {
    assert_eq!(header(&response, "content-type"), "application/json");
    let errors: Value = response.json().await.unwrap();
    assert!(errors["errors"][0]["message"].is_string(), "{errors}");
    errors["errors"][0]["code"].as_str().unwrap().to_owned()
}
