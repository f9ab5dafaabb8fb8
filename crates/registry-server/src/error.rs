use std::io;
use std::path::PathBuf;

/// Why a server did not start or a chore was not done.
///
/// What goes wrong with one request is answered to its client instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address is taken, not this machine's, or no `HOST:PORT`.
    #[error("cannot listen on `{address}`")]
    Listen {
        /// The address asked for.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// A file of the configuration cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The TLS files are no certificate with its key.
    #[error("`{}` and `{}` are no certificate with its key: {reason}", certificate.display(), key.display())]
    Tls {
        /// The certificate file.
        certificate: PathBuf,
        /// The key file.
        key: PathBuf,
        /// What is wrong with them.
        reason: String,
    },
    /// A line of the password file is not `name:hash` with a bcrypt hash.
    #[error(
        "line {line} of the password file is not `name:hash` with a bcrypt hash, as `htpasswd -B` writes"
    )]
    Password {
        /// The line's number, from 1.
        line: usize,
    },
    /// The folder cannot be made, read or written.
    #[error("cannot keep a registry in `{}`", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another server or chore owns the folder.
    #[error("the registry in `{}` is in use by another process; stop it first", path.display())]
    FolderInUse {
        /// The folder.
        path: PathBuf,
    },
    /// The URL or the settings of an object store are off.
    #[error("cannot use the object store `{url}`: {reason}")]
    ObjectStore {
        /// The URL as given.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// The machine gives no random numbers.
    #[error("the machine has no randomness")]
    Randomness {
        /// Why.
        source: io::Error,
    },
    /// The store failed while a chore was done.
    #[error("the store of the registry failed")]
    Store {
        /// Why.
        source: io::Error,
    },
}
