use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rhumb_report::Secret;

use crate::Clock;

/// How to serve. [`Options::new`] has defaults for all but the storage.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// Where to listen, as `HOST:PORT`; port 0 takes a free one. Default: `127.0.0.1:0`.
    pub address: String,
    /// Where content is kept.
    pub storage: Storage,
    /// Who may enter. Default: everyone, to read and to write.
    pub login: Option<Login>,
    /// Refuses every change. Default: no.
    pub read_only: bool,
    /// Speaks HTTPS with these files. Default: plain HTTP.
    pub tls: Option<TlsFiles>,
    /// Takes one JSON line per request. Default: none.
    pub access_log: Option<Arc<dyn AccessLog>>,
    /// Tells the time. Default: the machine's clock.
    pub clock: Clock,
}

impl Options {
    /// Serves `storage` to everyone on a free loopback port.
    pub fn new(storage: Storage) -> Self {
        Self {
            address: "127.0.0.1:0".to_owned(),
            storage,
            login: None,
            read_only: false,
            tls: None,
            access_log: None,
            clock: Clock::system(),
        }
    }
}

/// Where a registry keeps its content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Storage {
    /// In memory, gone with the server.
    Memory,
    /// In a folder, which one server at a time may own.
    Folder(PathBuf),
    /// In an object store, which many servers may share.
    Object {
        /// Such as `s3://bucket/prefix`, `gs://bucket` or `az://container`.
        url: String,
        /// Settings by the names of their environment variables, such as `AWS_REGION`.
        settings: Vec<(String, String)>,
    },
}

/// Who may enter: users of a password file, and perhaps readers without a name.
#[derive(Clone, Debug)]
pub struct Login {
    /// The users.
    pub users: Users,
    /// Lets anyone read. Default: no.
    pub anonymous_pull: bool,
}

/// Where users and their passwords come from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Users {
    /// A file of `name:hash` lines with bcrypt hashes, as `htpasswd -B` writes.
    File(PathBuf),
    /// One user.
    One {
        /// The name.
        name: String,
        /// The password.
        password: Secret,
    },
}

impl Login {
    /// Asks for a user of the password file `path`.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { users: Users::File(path.into()), anonymous_pull: false }
    }

    /// Asks for this one user.
    pub fn user(name: impl Into<String>, password: Secret) -> Self {
        Self { users: Users::One { name: name.into(), password }, anonymous_pull: false }
    }

    /// Lets anyone read, too.
    #[must_use]
    pub fn with_anonymous_pull(mut self) -> Self {
        self.anonymous_pull = true;
        self
    }
}

/// The PEM files of a server that speaks HTTPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, followed by those that lead to its root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Takes the access log, one JSON object per line.
pub trait AccessLog: Send + Sync {
    /// Called once per answered request, from any thread, with a line without its newline. Must not block long.
    fn record(&self, line: &str);
}

impl fmt::Debug for dyn AccessLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessLog")
    }
}
