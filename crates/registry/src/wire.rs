//! Sends one request: redirects, time-outs and retries, but no credentials of its own.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, LOCATION};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tokio::sync::OwnedSemaphorePermit;
use url::Url;

use crate::redact::SafeUrl;
use crate::{Answer, Clock, Error, MAX_ANSWER, MAX_REDIRECTS, Transport, Trouble};

mod authority;
mod body;
mod connector;
mod host;
mod link;
mod name_server;
mod retry;
mod trouble;
mod validity;

pub(crate) use body::{Sent, Upload};
pub(crate) use connector::Connector;
pub(crate) use host::Hosts;
pub(crate) use link::follow;
pub(crate) use retry::{Retry, back_off};

/// Characters of a plain text answer that are repeated.
const MAX_LINE: usize = 200;

/// A request on its way: all that is needed to send it, and to send it again.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Upload,
    pub(crate) transport: Transport,
}

impl Message {
    /// Takes over what `oci` built.
    pub(crate) fn new(
        request: http::Request<()>,
        body: Upload,
        transport: Transport,
    ) -> Result<Self, Error> {
        let (parts, ()) = request.into_parts();
        let url = parts.uri.to_string();
        let url =
            url.parse().map_err(|_| Error::Setup { problem: format!("`{url}` is no URL") })?;
        Ok(Self { method: parts.method, url, headers: parts.headers, body, transport })
    }

    pub(crate) fn safe_url(&self) -> SafeUrl {
        SafeUrl::new(&self.url)
    }

    pub(crate) fn failed(&self, cause: Trouble) -> Error {
        Error::Connection { method: self.method.clone(), url: self.safe_url(), cause }
    }

    pub(crate) fn odd(&self, problem: impl Into<String>) -> Error {
        Error::Answer { method: self.method.clone(), url: self.safe_url(), problem: problem.into() }
    }
}

/// An answer whose body has not been read yet. It counts against the host's limit while it lives.
pub(crate) struct Response {
    inner: reqwest::Response,
    method: Method,
    /// Whether the answer is from the origin that was asked, not from one it redirected to.
    pub(crate) from_origin: bool,
    stall: std::time::Duration,
    _permit: OwnedSemaphorePermit,
}

impl Response {
    pub(crate) fn status(&self) -> StatusCode {
        self.inner.status()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.inner.headers()
    }

    /// The URL that answered, to which links in the answer are relative.
    pub(crate) fn url(&self) -> &Url {
        self.inner.url()
    }

    pub(crate) fn content_length(&self) -> Option<u64> {
        self.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    pub(crate) fn content_type(&self) -> &str {
        let value = self.headers().get(http::header::CONTENT_TYPE);
        let text = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
        text.split(';').next().unwrap_or_default().trim()
    }

    pub(crate) fn is_web_page(&self) -> bool {
        self.content_type().eq_ignore_ascii_case("text/html")
    }

    pub(crate) fn safe_url(&self) -> SafeUrl {
        SafeUrl::new(self.url())
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn web_page(&self) -> Error {
        Error::WebPage { method: self.method.clone(), url: self.safe_url() }
    }

    pub(crate) fn odd(&self, problem: impl Into<String>) -> Error {
        Error::Answer { method: self.method.clone(), url: self.safe_url(), problem: problem.into() }
    }

    /// The next piece of the body, or `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<bytes::Bytes>, Trouble> {
        match tokio::time::timeout(self.stall, self.inner.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| trouble::of_body(&error)),
            Err(_) => Err(Trouble::Stalled { seconds: self.stall.as_secs() }),
        }
    }

    /// Reads the body into memory, up to `limit` bytes.
    pub(crate) async fn bytes(mut self, limit: u64) -> Result<Vec<u8>, Error> {
        let (method, url) = (self.method.clone(), self.safe_url());
        if self.content_length().is_some_and(|length| length > limit) {
            return Err(Error::TooLarge { what: url.to_string(), limit });
        }
        let mut bytes = Vec::new();
        loop {
            let chunk = self.chunk().await.map_err(|cause| Error::Connection {
                method: method.clone(),
                url: url.clone(),
                cause,
            })?;
            let Some(chunk) = chunk else { return Ok(bytes) };
            if (bytes.len() + chunk.len()) as u64 > limit {
                return Err(Error::TooLarge { what: url.to_string(), limit });
            }
            bytes.extend_from_slice(&chunk);
        }
    }

    /// Reads what a server says about an answer that is not the one hoped for.
    pub(crate) async fn answer(self) -> Box<Answer> {
        let (method, url, status) = (self.method.clone(), self.safe_url(), self.status());
        let body = self.bytes(MAX_ANSWER).await.unwrap_or_default();
        let words = rhumb_oci::ErrorResponse::parse(&body);
        Box::new(Answer { method, url, status, words, text: first_line(&body) })
    }
}

/// The first line of a body that is plain text, shortened, for servers that have no other words.
fn first_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let line = text.trim().lines().next().unwrap_or_default();
    if line.starts_with(['<', '{', '[']) {
        return String::new();
    }
    line.chars().filter(|c| !c.is_control()).take(MAX_LINE).collect()
}

/// Sends messages, one attempt each, following redirects.
pub(crate) struct Wire {
    pub(crate) connector: Connector,
    pub(crate) hosts: Hosts,
    pub(crate) clock: Clock,
}

impl Wire {
    /// Sends a message once and returns the answer, whatever its status.
    ///
    /// `authorization` goes to the message's own origin only. A redirect keeps the method and the
    /// body, and never leads from HTTPS to HTTP.
    pub(crate) async fn exchange(
        &self,
        message: &Message,
        authorization: Option<&HeaderValue>,
    ) -> Result<Response, Error> {
        let host = self.hosts.get(&message.url);
        let permit = host.permit().await;
        let mut hop = message.clone();
        for _ in 0..=MAX_REDIRECTS {
            let from_origin = hop.url.origin() == message.url.origin();
            let authorization = authorization.filter(|_| from_origin);
            let inner = self.once(&hop, authorization).await?;
            let Some(next) = redirect(&hop, &inner)? else {
                let stall = self.connector.limits().stall;
                let method = message.method.clone();
                return Ok(Response { inner, method, from_origin, stall, _permit: permit });
            };
            tracing::debug!(to = %SafeUrl::new(&next), "redirected");
            hop.url = next;
        }
        Err(message.odd(format!("more than {MAX_REDIRECTS} redirects")))
    }

    async fn once(
        &self,
        message: &Message,
        authorization: Option<&HeaderValue>,
    ) -> Result<reqwest::Response, Error> {
        let http = self.connector.client(&message.url, &message.transport)?;
        let mut request = reqwest::Request::new(message.method.clone(), message.url.clone());
        *request.headers_mut() = message.headers.clone();
        if let Some(authorization) = authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        let (body, progress) = message.body.open(message).await?;
        *request.body_mut() = body;
        let sending = http.execute(request);
        let answer = progress.watch(sending, self.connector.limits().stall).await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(cause) => return Err(message.failed(cause)),
        };
        let status = answer.status();
        tracing::debug!(method = %message.method, url = %message.safe_url(), %status, "answered");
        Ok(answer)
    }
}

/// Where an answer sends the message, if it does.
fn redirect(message: &Message, answer: &reqwest::Response) -> Result<Option<Url>, Error> {
    // A 300 and a 304 are no orders; a 303 asks to GET what an upload came to, which nobody needs.
    match (answer.status().as_u16(), message.method.as_str()) {
        (301 | 302 | 307 | 308, _) | (303, "GET" | "HEAD") => {}
        _ => return Ok(None),
    }
    let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or_else(|| message.odd("a redirect without `Location`"))?;
    let next = follow(&message.url, location);
    next.map(Some).map_err(|problem| message.odd(format!("a redirect {problem}")))
}
