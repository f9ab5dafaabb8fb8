//! Requests of the distribution API as data; who sends them adds credentials and a body.
//!
//! Source: OCI distribution-spec 1.1, [endpoints][spec].
//!
//! [spec]: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use http::{Method, Request, request::Builder};

use crate::{Digest, Repository};

/// Where a registry's API is: a scheme and a host, such as `https://ghcr.io`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    /// Names the API at `scheme://host`.
    pub fn new(scheme: &str, host: &str) -> Self {
        Self(format!("{scheme}://{host}"))
    }

    /// The scheme and host.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Asks whether this is a registry and the user welcome.
    pub fn ping(&self) -> Request<()> {
        self.build(Method::GET, "/v2/")
    }

    /// Fetches (`GET`), looks up (`HEAD`) or removes (`DELETE`) a manifest by tag or digest.
    pub fn manifest(
        &self,
        method: Method,
        repository: &Repository,
        target: &str,
        accept: &[&str],
    ) -> Request<()> {
        let mut builder = self.start(method, &format!("/v2/{repository}/manifests/{target}"));
        for media_type in accept {
            builder = builder.header(ACCEPT, *media_type);
        }
        finish(builder)
    }

    /// Stores a manifest under a tag or digest; the body is the manifest.
    pub fn put_manifest(
        &self,
        repository: &Repository,
        target: &str,
        media_type: &str,
    ) -> Request<()> {
        let path = format!("/v2/{repository}/manifests/{target}");
        finish(self.start(Method::PUT, &path).header(CONTENT_TYPE, media_type))
    }

    /// Fetches (`GET`), looks up (`HEAD`) or removes (`DELETE`) a blob.
    pub fn blob(&self, method: Method, repository: &Repository, digest: &Digest) -> Request<()> {
        self.build(method, &format!("/v2/{repository}/blobs/{digest}"))
    }

    /// Fetches a blob from the byte `offset` on.
    pub fn blob_from(&self, repository: &Repository, digest: &Digest, offset: u64) -> Request<()> {
        let path = format!("/v2/{repository}/blobs/{digest}");
        finish(self.start(Method::GET, &path).header(RANGE, format!("bytes={offset}-")))
    }

    /// Starts an upload.
    pub fn start_upload(&self, repository: &Repository) -> Request<()> {
        self.build(Method::POST, &format!("/v2/{repository}/blobs/uploads/"))
    }

    /// Asks to mount a blob from another repository; a registry may start an upload instead.
    pub fn mount(
        &self,
        repository: &Repository,
        digest: &Digest,
        from: &Repository,
    ) -> Request<()> {
        let from = encode(from.as_str());
        let path = format!("/v2/{repository}/blobs/uploads/?mount={digest}&from={from}");
        self.build(Method::POST, &path)
    }

    /// Lists the tags, at most `count` on the first page.
    pub fn tags(&self, repository: &Repository, count: usize) -> Request<()> {
        self.build(Method::GET, &format!("/v2/{repository}/tags/list?n={count}"))
    }

    /// Lists the repositories, at most `count` on the first page.
    pub fn catalog(&self, count: usize) -> Request<()> {
        self.build(Method::GET, &format!("/v2/_catalog?n={count}"))
    }

    /// Lists what refers to `subject`.
    pub fn referrers(
        &self,
        repository: &Repository,
        subject: &Digest,
        artifact_type: Option<&str>,
    ) -> Request<()> {
        let mut path = format!("/v2/{repository}/referrers/{subject}");
        if let Some(artifact_type) = artifact_type {
            path.push_str("?artifactType=");
            path.push_str(&encode(artifact_type));
        }
        finish(self.start(Method::GET, &path).header(ACCEPT, crate::media_type::INDEX))
    }

    fn build(&self, method: Method, path: &str) -> Request<()> {
        finish(self.start(method, path))
    }

    fn start(&self, method: Method, path: &str) -> Builder {
        Request::builder().method(method).uri(format!("{}{path}", self.0))
    }
}

/// Sends the whole of a blob, or nothing more, and ends the upload at `location`.
///
/// # Errors
///
/// If the location, which a server gave, is no URL.
pub fn finish_upload(location: &str, digest: &Digest) -> Result<Request<()>, http::Error> {
    let separator = match location.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    let uri = format!("{location}{separator}digest={digest}");
    Request::builder()
        .method(Method::PUT)
        .uri(uri)
        .header(CONTENT_TYPE, "application/octet-stream")
        .body(())
}

/// Sends the bytes from `start` to before `end` of a blob to the upload at `location`.
///
/// # Errors
///
/// If the location, which a server gave, is no URL.
pub fn send_chunk(location: &str, start: u64, end: u64) -> Result<Request<()>, http::Error> {
    Request::builder()
        .method(Method::PATCH)
        .uri(location)
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(CONTENT_LENGTH, end - start)
        .header(CONTENT_RANGE, format!("{start}-{}", end.saturating_sub(1)))
        .body(())
}

fn finish(builder: Builder) -> Request<()> {
    builder.body(()).expect("checked names make a URL")
}

/// Escapes all but what any part of a URL may hold as it is.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appends_the_digest_to_whatever_query_there_is() {
        let digest = Digest::of(b"");
        let uri = |location| finish_upload(location, &digest).unwrap().uri().to_string();
        assert_eq!(uri("http://h/u"), format!("http://h/u?digest={digest}"));
        assert_eq!(uri("http://h/u?"), format!("http://h/u?digest={digest}"));
        assert_eq!(uri("http://h/u?_state=a"), format!("http://h/u?_state=a&digest={digest}"));
        assert!(finish_upload("http://h/ü u", &digest).is_err());
    }

    #[test]
    fn escapes_queries() {
        let endpoint = Endpoint::new("https", "h");
        let request = endpoint.referrers(
            &"a/b".parse().unwrap(),
            &Digest::of(b""),
            Some("application/x+json"),
        );
        assert!(request.uri().to_string().ends_with("?artifactType=application%2Fx%2Bjson"));
        let chunk = send_chunk("http://h/u", 5, 8).unwrap();
        assert_eq!(chunk.headers()["content-range"], "5-7");
    }
}
