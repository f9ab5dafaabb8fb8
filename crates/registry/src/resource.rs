//! Plain files of web servers, which no registry keeps.

use http::Method;
use url::Url;

use crate::redact::SafeUrl;
use crate::wire::{Message, Retry, Upload};
use crate::{Client, Error, Transport};

impl Client {
    /// Downloads what is at an address of the scheme `http` or `https`, up to `limit` bytes.
    ///
    /// No credential of a registry is sent.
    ///
    /// # Errors
    ///
    /// If it is not there, cannot be reached, or is larger.
    pub async fn resource(&self, address: &str, limit: u64) -> Result<Vec<u8>, Error> {
        let inner = &*self.inner;
        let url: Url = address
            .parse()
            .map_err(|_| Error::Setup { problem: format!("`{address}` is no URL") })?;
        if inner.settings.offline {
            return Err(Error::Offline { what: SafeUrl::new(&url).to_string() });
        }
        let transport = match (url.scheme(), &inner.settings.transport) {
            ("http", _) => Transport::PlainHttp,
            (_, Transport::PlainHttp) => Transport::Https,
            (_, transport) => transport.clone(),
        };
        let message = Message {
            method: Method::GET,
            url,
            headers: http::HeaderMap::new(),
            body: Upload::Empty,
            transport,
        };
        let answer = inner.wire.persist(&message, None, Retry::Always).await?;
        let status = answer.status();
        if status != http::StatusCode::OK {
            return Err(Error::Resource { url: answer.safe_url(), status });
        }
        answer.bytes(limit).await
    }
}
