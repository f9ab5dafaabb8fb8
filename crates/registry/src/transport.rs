use std::path::PathBuf;

use rhumb_report::Secret;

/// How to reach a registry. One choice, so plain HTTP and a CA file never meet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Transport {
    /// HTTPS, with the certificates that the system trusts.
    #[default]
    Https,
    /// HTTPS that also trusts the certificate authorities in this PEM file.
    HttpsWithCa(PathBuf),
    /// HTTPS without certificate checks. For tests.
    HttpsUnverified,
    /// HTTP without encryption.
    PlainHttp,
}

impl Transport {
    /// The scheme of URLs.
    pub fn scheme(&self) -> &'static str {
        match self {
            Self::PlainHttp => "http",
            Self::Https | Self::HttpsWithCa(_) | Self::HttpsUnverified => "https",
        }
    }
}

/// A certificate with which the client shows who it is, and its key: two PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The certificate and what leads from it to a known authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Which proxies to use. The default is none.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    /// For `http:` URLs: a URL, which may hold a name and password.
    pub http: Option<Secret>,
    /// For `https:` URLs.
    pub https: Option<Secret>,
    /// For both, where the more special one is not given.
    pub all: Option<Secret>,
    /// Hosts that are reached without, in the form of `NO_PROXY`.
    pub exceptions: Option<String>,
}
