use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::{Identity, NoProxy, Proxy};
use rhumb_report::Secret;
use url::{Host, Url};

use super::authority;
use crate::tls_file;
use crate::{ClientCertificate, Error, Limits, Proxies, TlsFileProblem, Transport};

/// Makes HTTP clients when they are first needed, so that commands without a network, and those
/// that speak plain HTTP, never load certificates.
pub(crate) struct Connector {
    certificate: Option<ClientCertificate>,
    proxies: Proxies,
    user_agent: String,
    limits: Limits,
    made: Mutex<BTreeMap<(Transport, Way), reqwest::Client>>,
}

/// How a host is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Direct,
    ByProxy,
}

impl Connector {
    pub(crate) fn new(
        certificate: Option<ClientCertificate>,
        proxies: Proxies,
        user_agent: String,
        limits: Limits,
    ) -> Self {
        Self { certificate, proxies, user_agent, limits, made: Mutex::default() }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The client for a URL; `transport` says how HTTPS is done, the URL whether.
    pub(super) fn client(
        &self,
        url: &Url,
        transport: &Transport,
    ) -> Result<reqwest::Client, Error> {
        let transport = match (url.scheme(), transport) {
            ("http", _) => &Transport::PlainHttp,
            (_, Transport::PlainHttp) => &Transport::Https,
            (_, other) => other,
        };
        // This machine is never reached by a proxy, as in Helm.
        let way = if is_loopback(url) { Way::Direct } else { Way::ByProxy };
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(client) = made.get(&(transport.clone(), way)) {
            return Ok(client.clone());
        }
        let client = self.make(transport, way)?;
        made.insert((transport.clone(), way), client.clone());
        Ok(client)
    }

    fn make(&self, transport: &Transport, way: Way) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder()
            .user_agent(&self.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tcp_nodelay(true)
            .connect_timeout(self.limits.connect)
            .no_proxy();
        if way == Way::ByProxy {
            for proxy in self.proxies.parse()? {
                builder = builder.proxy(proxy);
            }
        }
        builder = match transport {
            Transport::PlainHttp => builder.tls_certs_only([]),
            Transport::Https => builder,
            Transport::HttpsWithCa(path) => {
                let config = authority::config(path, self.certificate.as_ref())?;
                builder.tls_backend_preconfigured(config)
            }
            Transport::HttpsUnverified => builder.tls_danger_accept_invalid_certs(true),
        };
        let asked = matches!(transport, Transport::Https | Transport::HttpsUnverified);
        if let Some(certificate) = self.certificate.as_ref().filter(|_| asked) {
            builder = builder.identity(identity(certificate)?);
        }
        builder.build().map_err(|error| Error::Setup { problem: super::trouble::words(&error) })
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn identity(files: &ClientCertificate) -> Result<Identity, Error> {
    let mut pem = tls_file::read_certificate(files)?;
    pem.push(b'\n');
    pem.extend(tls_file::read_key(files)?);
    Identity::from_pem(&pem)
        .map_err(|error| TlsFileProblem::Pair(super::trouble::words(&error)).of(&files.certificate))
}

type Make = fn(&str) -> reqwest::Result<Proxy>;

impl Proxies {
    fn parse(&self) -> Result<Vec<Proxy>, Error> {
        let exceptions = self.exceptions.as_deref().and_then(NoProxy::from_string);
        let given: [(&Option<Secret>, Make); 3] = [
            (&self.http, |url| Proxy::http(url)),
            (&self.https, |url| Proxy::https(url)),
            (&self.all, |url| Proxy::all(url)),
        ];
        let mut proxies = Vec::new();
        for (url, make) in given {
            let Some(url) = url.as_ref().filter(|url| !url.is_empty()) else { continue };
            // The URL may hold a password, so it is not repeated.
            let proxy = make(url.expose())
                .map_err(|_| Error::Setup { problem: "a proxy's URL is not valid".to_owned() })?;
            proxies.push(proxy.no_proxy(exceptions.clone()));
        }
        Ok(proxies)
    }
}
