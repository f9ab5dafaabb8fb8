mod distribution;
mod embedded;
mod gitea;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::certificate::Files;
use crate::service::Service;

/// A user of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

/// A registry that runs, and what a client has to know of it.
pub struct Registry {
    address: SocketAddr,
    login: Option<Login>,
    /// The authority that its certificate is from, if it speaks TLS.
    authority: Option<PathBuf>,
    /// What its repositories' names begin with.
    namespace: &'static str,
    // Dropped in this order: the server before its folder.
    server: Running,
    _folder: TempDir,
}

/// What is dropped to end a server.
enum Running {
    Process(Service),
    Thread { _thread: embedded::Thread },
}

impl Registry {
    /// Where it is, as references say it: `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The user to log in as, if it wants one.
    pub fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }

    /// The PEM file of the authority to trust. Without one, it speaks plain HTTP.
    pub fn authority(&self) -> Option<&PathBuf> {
        self.authority.as_ref()
    }

    /// The name of a repository there.
    pub fn repository(&self, name: &str) -> String {
        format!("{}{name}", self.namespace)
    }

    /// The id of its process, or none if it runs in this one.
    pub fn process(&self) -> Option<u32> {
        match &self.server {
            Running::Process(service) => Some(service.id()),
            Running::Thread { .. } => None,
        }
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registry({})", self.address)
    }
}

/// What is asked of a server.
#[derive(Debug, Default)]
struct Wish {
    login: bool,
    tls: bool,
    relative_urls: bool,
}

impl Wish {
    /// Makes the certificate, if there is to be one.
    fn certificate(&self, folder: &TempDir) -> Option<Files> {
        self.tls.then(|| crate::certificate::make(folder.path()))
    }
}

/// The user of every registry that wants one.
fn user() -> Login {
    Login { user: "rhumb".to_owned(), password: "secret".to_owned() }
}
