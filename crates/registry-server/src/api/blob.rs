use http::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, HeaderValue, IF_RANGE, RANGE};
use http::{Method, StatusCode};
use rhumb_oci::{Digest, Repository};

use super::{describe, header, is_known, status, value, without_body};
use crate::body::{Body, Response};
use crate::layout;
use crate::problem::{Code, Problem};
use crate::range::{self, Asked};
use crate::service::{Call, Service};
use crate::store::{Content, Object};

impl Service {
    /// Answers with a blob or a part of it.
    pub(super) async fn get_blob(
        &self,
        name: &Repository,
        digest: &Digest,
        call: &Call,
    ) -> Result<Response, Problem> {
        if !self.store.has(&layout::blob_link(name, digest)).await? {
            return Err(unknown(digest));
        }
        let head = &call.head;
        if is_known(head, digest) {
            return blob(status(StatusCode::NOT_MODIFIED), digest);
        }
        let key = layout::blob(digest);
        if head.method == Method::HEAD {
            let object = self.store.stat_opt(&key).await?.ok_or_else(|| unknown(digest))?;
            return blob(without_body(Response::new(Body::empty()), object.size), digest);
        }
        let wanted = header(head, RANGE).filter(|_| {
            let condition = header(head, IF_RANGE);
            condition.is_none_or(|tag| tag.trim_matches('"') == digest.as_str())
        });
        if wanted.is_none() {
            let object = self.store.get_opt(&key, None).await?.ok_or_else(|| unknown(digest))?;
            let size = object.size;
            return blob(Response::new(body(object, size)), digest);
        }
        let size = self.store.stat_opt(&key).await?.ok_or_else(|| unknown(digest))?.size;
        match range::asked(wanted, size) {
            Asked::Outside => Err(outside(size)),
            Asked::All => {
                let object =
                    self.store.get_opt(&key, None).await?.ok_or_else(|| unknown(digest))?;
                blob(Response::new(body(object, size)), digest)
            }
            Asked::Part(part) => {
                let (first, end) = (part.start, part.end);
                let object = self.store.get_opt(&key, Some(part)).await?;
                let object = object.ok_or_else(|| unknown(digest))?;
                let mut response = blob(Response::new(body(object, end - first)), digest)?;
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                let range = format!("bytes {first}-{}/{size}", end - 1);
                response.headers_mut().insert(CONTENT_RANGE, value(&range)?);
                Ok(response)
            }
        }
    }

    /// Takes a blob out of a repository. Its content stays until it is collected.
    pub(super) async fn delete_blob(
        &self,
        name: &Repository,
        digest: &Digest,
    ) -> Result<Response, Problem> {
        if self.store.remove(&layout::blob_link(name, digest)).await? {
            Ok(status(StatusCode::ACCEPTED))
        } else {
            Err(unknown(digest))
        }
    }
}

fn body(object: Object, length: u64) -> Body {
    match object.content {
        Content::Bytes(bytes) => Body::full(bytes),
        Content::Stream(chunks) => Body::stream(chunks, length),
    }
}

fn blob(mut response: Response, digest: &Digest) -> Result<Response, Problem> {
    describe(&mut response, digest)?;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    Ok(response)
}

fn unknown(digest: &Digest) -> Problem {
    Problem::new(Code::BlobUnknown, format!("the repository has no blob `{digest}`"))
}

fn outside(size: u64) -> Problem {
    let problem = Problem::new(Code::SizeInvalid, format!("the blob has {size} bytes"))
        .with_status(StatusCode::RANGE_NOT_SATISFIABLE);
    match HeaderValue::from_str(&format!("bytes */{size}")) {
        Ok(range) => problem.with_header(CONTENT_RANGE, range),
        Err(_) => problem,
    }
}
