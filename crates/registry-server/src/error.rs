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
}
