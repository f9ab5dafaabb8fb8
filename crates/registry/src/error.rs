use std::fmt;
use std::path::PathBuf;

use http::{Method, StatusCode};
use rhumb_oci::{Descriptor, Digest, ErrorResponse, ManifestError};

use crate::TlsFileProblem;
use crate::redact::SafeUrl;

mod hints;

/// Why something that was asked of a registry was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No connection came about, or it broke. The message is the one of Go's HTTP client, which
    /// writes methods as `Get`.
    #[error("{} \"{url}\": {}", go_name(method), dialled(url, cause))]
    Connection {
        /// What was asked.
        method: Method,
        /// Where.
        url: SafeUrl,
        /// What kind of trouble it is.
        cause: Trouble,
    },
    /// There is no such manifest, blob or repository.
    #[error("{what}: not found")]
    NotFound {
        /// What was asked for, such as a reference.
        what: String,
        /// The server's answer.
        answer: Box<Answer>,
    },
    /// The registry does not let this user do it.
    #[error("{answer}")]
    Denied {
        /// The registry.
        registry: String,
        /// Whether a credential was sent.
        with_credential: bool,
        /// The server's answer.
        answer: Box<Answer>,
    },
    /// The registry wants fewer requests.
    #[error("{answer}")]
    Busy {
        /// The registry.
        registry: String,
        /// Seconds that it asks to wait.
        wait: Option<u64>,
        /// The server's answer.
        answer: Box<Answer>,
    },
    /// Any other answer that is not the one hoped for.
    #[error("{answer}")]
    Refused {
        /// The server's answer.
        answer: Box<Answer>,
    },
    /// The registry answered, but not as registries do.
    #[error("{method} \"{url}\": {problem}")]
    Answer {
        /// What was asked.
        method: Method,
        /// Where.
        url: SafeUrl,
        /// What is wrong with the answer.
        problem: String,
    },
    /// A web page came where data should be.
    #[error("{method} \"{url}\": the answer is a web page, so this is not a registry")]
    WebPage {
        /// What was asked.
        method: Method,
        /// Where.
        url: SafeUrl,
    },
    /// The content is not what its digest says.
    #[error("mismatched digest of {what}: expected {want}, got {got}")]
    Digest {
        /// What was downloaded.
        what: String,
        /// The digest that was asked for or promised.
        want: Digest,
        /// The digest of what came.
        got: Digest,
    },
    /// The content has another size than its descriptor says.
    #[error("mismatched size of {what}: expected {want} bytes, got {got}")]
    Size {
        /// What was downloaded.
        what: String,
        /// The bytes that were promised.
        want: u64,
        /// The bytes that came; one more than promised stands for any number more.
        got: u64,
    },
    /// More than this client reads of such a thing.
    #[error("{what} is larger than {limit} bytes")]
    TooLarge {
        /// What was read.
        what: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A list that goes on and on.
    #[error("{what} has more than {pages} pages")]
    TooManyPages {
        /// The list.
        what: String,
        /// The limit.
        pages: usize,
    },
    /// What a reference leads to is no manifest.
    #[error("{reference}: {source}")]
    NotManifest {
        /// The reference.
        reference: String,
        /// Why not.
        source: ManifestError,
    },
    /// The tag is there already, and the push was told not to touch it.
    #[error("{reference} already exists")]
    Exists {
        /// The reference.
        reference: String,
        /// What it leads to.
        descriptor: Box<Descriptor>,
    },
    /// A file of a web server is not to be had, in Helm's words.
    #[error("failed to fetch {url} : {status}")]
    Resource {
        /// Its address.
        url: SafeUrl,
        /// The answer.
        status: StatusCode,
    },
    /// Something that is not in the cache was needed without a network.
    #[error("{what} is not in the cache, and `--offline` forbids to download it")]
    Offline {
        /// What was needed.
        what: String,
    },
    /// A reference without tag and digest where one is needed.
    #[error("{reference} has neither a tag nor a digest")]
    NoTarget {
        /// The reference.
        reference: String,
    },
    /// A login was not accepted, or could not be tried.
    #[error("authenticating to \"{registry}\"")]
    Login {
        /// The registry or the part of it.
        registry: String,
        /// Why.
        source: Box<Self>,
    },
    /// The token service is not one to send a credential to.
    #[error("{registry} wants the credential sent to {realm}, {problem}")]
    Realm {
        /// The registry.
        registry: String,
        /// The token service.
        realm: SafeUrl,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A file could not be read or written.
    #[error("{doing} {}: {source}", path.display())]
    File {
        /// What was tried, such as `writing`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of credentials has another form.
    #[error("{} is not a registry configuration: {problem}", path.display())]
    CredentialFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A credential helper did not do its part.
    #[error("credential helper `{program}`: {problem}")]
    Helper {
        /// The program.
        program: String,
        /// What it said.
        problem: String,
    },
    /// A certificate or key cannot be used.
    #[error("can't create TLS config for client: {problem}")]
    TlsFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: TlsFileProblem,
    },
    /// The HTTP client could not be set up.
    #[error("setting up HTTP: {problem}")]
    Setup {
        /// Why.
        problem: String,
    },
}

/// An answer of a server that is not the one hoped for.
///
/// It prints as `GET "https://…": response status code 404: manifest unknown: …`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// What was asked.
    pub method: Method,
    /// Where.
    pub url: SafeUrl,
    /// The status code.
    pub status: StatusCode,
    /// The server's words; without entries if it had none.
    pub words: ErrorResponse,
    /// The first line of an answer that is plain text.
    pub text: String,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, url, status, words, text } = self;
        write!(f, "{method} \"{url}\": response status code {}: ", status.as_u16())?;
        if words.errors.is_empty() && !text.is_empty() {
            write!(f, "{}: {text}", status.canonical_reason().unwrap_or("no reason given"))
        } else if words.errors.is_empty() {
            f.write_str(status.canonical_reason().unwrap_or("no reason given"))
        } else {
            write!(f, "{words}")
        }
    }
}

/// What kind of trouble a connection had.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// No such host.
    UnknownHost {
        /// The server of names that this machine asks first, if it says which.
        server: Option<Box<str>>,
    },
    /// Nothing listens there.
    ConnectionRefused,
    /// The certificate is not trusted, or the two sides found no common ground.
    Tls {
        /// What the TLS library says.
        detail: String,
    },
    /// The server speaks plain HTTP where HTTPS was expected.
    NotTls,
    /// The server speaks HTTPS where plain HTTP was expected.
    NotPlain,
    /// Nothing moved for so many seconds.
    Stalled {
        /// Seconds.
        seconds: u64,
    },
    /// The connection ended early.
    Cut {
        /// What the HTTP library says.
        detail: String,
    },
    /// Anything else.
    Broken {
        /// What the HTTP library says.
        detail: String,
    },
}

/// A method as Go's HTTP client calls it.
fn go_name(method: &Method) -> String {
    let (first, rest) = method.as_str().split_at(1);
    format!("{first}{}", rest.to_ascii_lowercase())
}

/// What kind of trouble there was, with the host where it is the host's.
fn dialled(url: &SafeUrl, cause: &Trouble) -> String {
    let authority = url.as_str().split('/').nth(2).unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    match cause {
        Trouble::UnknownHost { server: Some(server) } => {
            format!("dial tcp: lookup {host} on {server}: {cause}")
        }
        Trouble::UnknownHost { .. } => format!("dial tcp: lookup {host}: {cause}"),
        Trouble::ConnectionRefused if authority == host => {
            let port = if url.as_str().starts_with("https:") { 443 } else { 80 };
            format!("dial tcp {host}:{port}: connect: {cause}")
        }
        Trouble::ConnectionRefused => format!("dial tcp {authority}: connect: {cause}"),
        _ => cause.to_string(),
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownHost { .. } => f.write_str("no such host"),
            Self::ConnectionRefused => f.write_str("connection refused"),
            Self::Tls { detail } => write!(f, "tls: {detail}"),
            Self::NotTls => f.write_str("http: server gave HTTP response to HTTPS client"),
            Self::NotPlain => f.write_str("the server wants HTTPS, and plain HTTP was asked for"),
            Self::Stalled { seconds } => write!(f, "nothing arrived for {seconds} s"),
            Self::Cut { detail } => write!(f, "the connection was cut: {detail}"),
            Self::Broken { detail } => f.write_str(detail),
        }
    }
}

impl Error {
    /// The status code of the server's answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::NotFound { answer, .. }
            | Self::Denied { answer, .. }
            | Self::Busy { answer, .. }
            | Self::Refused { answer } => Some(answer.status),
            Self::Login { source, .. } => source.status(),
            _ => None,
        }
    }

    /// Whether what was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }
}
