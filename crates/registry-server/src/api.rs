//! What the routes do, one file for each kind of thing.

mod blob;
pub(crate) mod document;
mod listing;
mod manifest;
mod referrers;
mod upload;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LINK, LOCATION};
use http::request::Parts;
use http::{Method, StatusCode};
use rhumb_oci::{Digest, Repository};
use url::form_urlencoded;

use crate::body::{Body, Response};
use crate::problem::{Code, Problem};
use crate::route::{Route, Target};
use crate::service::{Call, Service};

/// What becomes of a request.
pub(crate) type Answer = Result<Response, Problem>;

/// The digest of what an answer holds.
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");

impl Service {
    /// Does what the call asks for.
    pub(crate) fn dispatch(&self, route: Route, call: Call) -> BoxFuture<'_, Answer> {
        let method = call.head.method.clone();
        match (route, method) {
            (Route::Base, Method::GET | Method::HEAD) => ready(json("{}".to_owned())),
            (Route::Metrics, Method::GET | Method::HEAD) => ready(self.metrics()),
            (Route::Catalog, Method::GET) => {
                async move { self.list_repositories(&call).await }.boxed()
            }
            (Route::Tags(name), Method::GET) => {
                async move { self.list_tags(&name, &call).await }.boxed()
            }
            (Route::Referrers(name, digest), Method::GET) => {
                async move { self.list_referrers(&name, &digest, &call).await }.boxed()
            }
            (Route::Manifest(name, target), _) => self.dispatch_manifest(name, target, call),
            (Route::Blob(name, digest), Method::GET | Method::HEAD) => {
                async move { self.get_blob(&name, &digest, &call).await }.boxed()
            }
            (Route::Blob(name, digest), Method::DELETE) => {
                async move { self.delete_blob(&name, &digest).await }.boxed()
            }
            (Route::Uploads(name), Method::POST) => {
                async move { self.begin_upload(&name, call).await }.boxed()
            }
            (Route::Upload(name, id), _) => self.dispatch_upload(name, id, call),
            _ => impossible(&call),
        }
    }

    fn metrics(&self) -> Response {
        let mut response = Response::new(Body::full(self.observer.print()));
        let format = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, format);
        response
    }

    fn dispatch_manifest(
        &self,
        name: Repository,
        target: Target,
        call: Call,
    ) -> BoxFuture<'_, Answer> {
        match call.head.method {
            Method::GET | Method::HEAD => {
                async move { self.get_manifest(&name, &target, &call).await }.boxed()
            }
            Method::PUT => async move { self.put_manifest(&name, target, call).await }.boxed(),
            Method::DELETE => async move { self.delete_manifest(&name, &target).await }.boxed(),
            _ => impossible(&call),
        }
    }

    fn dispatch_upload(&self, name: Repository, id: String, call: Call) -> BoxFuture<'_, Answer> {
        match call.head.method {
            Method::GET => async move { self.get_upload(&name, &id).await }.boxed(),
            Method::PATCH => async move { self.extend_upload(&name, &id, call).await }.boxed(),
            Method::PUT => async move { self.finish_upload(&name, &id, call).await }.boxed(),
            Method::DELETE => async move { self.cancel_upload(&name, &id).await }.boxed(),
            _ => impossible(&call),
        }
    }
}

fn ready(response: Response) -> BoxFuture<'static, Answer> {
    std::future::ready(Ok(response)).boxed()
}

fn impossible(call: &Call) -> BoxFuture<'static, Answer> {
    let message = format!("{} is not possible here", call.head.method);
    std::future::ready(Err(Problem::new(Code::Unsupported, message))).boxed()
}

/// The first parameter called `name`, if it has a value.
fn parameter(head: &Parts, name: &str) -> Option<String> {
    parameters(head, name).next()
}

/// All parameters called `name` that have a value.
fn parameters(head: &Parts, name: &str) -> impl Iterator<Item = String> {
    let query = head.uri.query().unwrap_or_default().as_bytes();
    form_urlencoded::parse(query)
        .filter(move |(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

/// A header as text.
fn header(head: &Parts, name: HeaderName) -> Option<&str> {
    head.headers.get(name)?.to_str().ok()
}

fn value(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(|_| Problem::new(Code::Unknown, "an unprintable header"))
}

fn json(text: String) -> Response {
    let mut response = Response::new(Body::full(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// The answer to something stored: where it is, and its digest.
fn created(location: &str, digest: &Digest) -> Result<Response, Problem> {
    let mut response = status(StatusCode::CREATED);
    response.headers_mut().insert(LOCATION, value(location)?);
    response.headers_mut().insert(CONTENT_DIGEST, value(digest.as_str())?);
    Ok(response)
}

/// Adds what an answer says of content with this digest.
fn describe(response: &mut Response, digest: &Digest) -> Result<(), Problem> {
    let headers = response.headers_mut();
    headers.insert(CONTENT_DIGEST, value(digest.as_str())?);
    headers.insert(ETAG, value(&format!("\"{digest}\""))?);
    Ok(())
}

/// Whether the client says that it has this content already.
fn is_known(head: &Parts, digest: &Digest) -> bool {
    let header = header(head, http::header::IF_NONE_MATCH);
    header.is_some_and(|tags| {
        tags.split(',').any(|tag| {
            let tag = tag.trim();
            let tag = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
            tag == "*" || tag == digest.as_str()
        })
    })
}

/// Makes the answer to `HEAD` of what `GET` would have answered with `size` bytes.
fn without_body(mut response: Response, size: u64) -> Response {
    *response.body_mut() = Body::empty();
    response.headers_mut().insert(CONTENT_LENGTH, size.into());
    response
}

/// Points at the next page of a list.
fn link_next(response: &mut Response, path: &str, query: &[(&str, &str)]) -> Result<(), Problem> {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    response.headers_mut().insert(LINK, value(&format!("<{path}?{query}>; rel=\"next\""))?);
    Ok(())
}
