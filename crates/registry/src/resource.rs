//! Plain files of web servers, which no registry keeps.

use http::header::ACCEPT;
use http::{HeaderValue, Method};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::redact::SafeUrl;
use crate::wire::{Message, Retry, Upload};
use crate::{Client, ClientCertificate, Credential, Error, Transport, auth};

/// A file of a web server.
#[derive(Clone, Debug, Default)]
pub struct Resource<'a> {
    /// Its address, of the scheme `http` or `https`. A name and password in it are used unless there is a
    /// credential.
    pub url: &'a str,
    /// The media types to ask for; empty for any.
    pub accept: &'static str,
    /// Who asks. It is sent to this address only, and to no other that it leads to.
    pub credential: Option<&'a Credential>,
}

impl Client {
    /// A client that is like this one, but reaches servers in another way.
    #[must_use]
    pub fn reaching(&self, transport: Transport, certificate: Option<ClientCertificate>) -> Self {
        let settings = self.inner.settings.clone();
        settings.transport(transport).certificate(certificate).build()
    }

    /// The credential that is used in place of stored ones.
    pub fn given_credential(&self) -> Option<&Credential> {
        self.inner.settings.credential.as_ref()
    }

    /// How servers are reached.
    pub fn transport(&self) -> &Transport {
        &self.inner.settings.transport
    }

    /// Where downloads are kept.
    pub fn cache(&self) -> Option<&crate::Cache> {
        self.inner.settings.cache.as_ref()
    }

    /// Downloads what is at an address of the scheme `http` or `https`, up to `limit` bytes.
    ///
    /// No credential is sent.
    ///
    /// # Errors
    ///
    /// If it is not there, cannot be reached, or is larger.
    pub async fn resource(&self, address: &str, limit: u64) -> Result<Vec<u8>, Error> {
        self.resource_as(&Resource { url: address, ..Resource::default() }, limit).await
    }

    /// Downloads a file of a web server, up to `limit` bytes.
    ///
    /// # Errors
    ///
    /// If it is not there, cannot be reached, or is larger.
    pub async fn resource_as(&self, resource: &Resource<'_>, limit: u64) -> Result<Vec<u8>, Error> {
        let inner = &*self.inner;
        let Resource { url: address, accept, credential } = *resource;
        let mut url: Url = address
            .parse()
            .map_err(|_| Error::Setup { problem: format!("`{address}` is no URL") })?;
        if inner.settings.offline {
            return Err(Error::Offline { what: SafeUrl::new(&url).to_string() });
        }
        let own = user_of(&mut url);
        let authorization = credential.or(own.as_ref()).and_then(auth::basic);
        let mut headers = http::HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        let transport = match (url.scheme(), &inner.settings.transport) {
            ("http", _) => Transport::PlainHttp,
            (_, Transport::PlainHttp) => Transport::Https,
            (_, transport) => transport.clone(),
        };
        let body = Upload::Empty;
        let message = Message { method: Method::GET, url, headers, body, transport };
        let authorization = authorization.as_ref().map(|authorization| &authorization.header);
        let answer = inner.wire.persist(&message, authorization, Retry::Always).await?;
        let status = answer.status();
        if status != http::StatusCode::OK {
            return Err(Error::Resource { url: message.safe_url(), status });
        }
        answer.bytes(limit).await
    }
}

/// Takes the name and password out of an address.
fn user_of(url: &mut Url) -> Option<Credential> {
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let found = (!url.username().is_empty()).then(|| {
        Credential::basic(plain(url.username()), plain(url.password().unwrap_or_default()))
    });
    // Only addresses without a host refuse this, and those hold no name either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    found
}
