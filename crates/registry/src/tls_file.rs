//! Files of certificates and keys, and what is wrong with them in Helm's words.

use std::io;
use std::path::Path;

use rhumb_report::{read_verb, system_words};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::{ClientCertificate, Error};

/// What is wrong with a file that TLS needs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsFileProblem {
    /// The file of authorities cannot be read.
    #[error("can't read CA file: \"{name}\": {} {name}: {}", read_verb(.error), system_words(.error))]
    ReadAuthorities {
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// No certificate is in it.
    #[error("failed to append certificates from pem block")]
    NoAuthority,
    /// The certificate or the key cannot be read.
    #[error("unable to read {what} file: \"{name}\": {} {name}: {}", read_verb(.error), system_words(.error))]
    ReadPair {
        /// Which: `cert` or `key`.
        what: &'static str,
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// No certificate, no key, or not the key of the certificate.
    #[error("unable to load cert from key pair: {0}")]
    Pair(String),
}

impl TlsFileProblem {
    pub(crate) fn of(self, path: &Path) -> Error {
        Error::TlsFile { path: path.to_owned(), problem: self }
    }
}

/// Checks files that a client is to use, before anything is asked of a server.
///
/// # Errors
///
/// [`Error::TlsFile`], if one cannot be read or holds something else.
pub fn check_tls_files(
    authorities: Option<&Path>,
    certificate: Option<&ClientCertificate>,
) -> Result<(), Error> {
    if let Some(files) = certificate {
        pair(files)?;
    }
    authorities.map_or(Ok(()), |path| self::authorities(path).map(drop))
}

/// The certificates of a file; what is none is passed over, unless there is no other.
pub(crate) fn authorities(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let text = std::fs::read(path).map_err(|error| {
        let name = path.display().to_string();
        TlsFileProblem::ReadAuthorities { name, error }.of(path)
    })?;
    let found: Vec<_> = CertificateDer::pem_slice_iter(&text).filter_map(Result::ok).collect();
    if found.is_empty() { Err(TlsFileProblem::NoAuthority.of(path)) } else { Ok(found) }
}

/// A certificate with what leads from it to an authority, and its key.
pub(crate) fn pair(
    files: &ClientCertificate,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let certificate = read_certificate(files)?;
    let key = read_key(files)?;
    let none = |what: &str| format!("tls: failed to find any PEM data in {what} input");
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(&certificate).filter_map(Result::ok).collect();
    if chain.is_empty() {
        return Err(TlsFileProblem::Pair(none("certificate")).of(&files.certificate));
    }
    let key = PrivateKeyDer::from_pem_slice(&key)
        .map_err(|_| TlsFileProblem::Pair(none("key")).of(&files.key))?;
    Ok((chain, key))
}

pub(crate) fn read_certificate(files: &ClientCertificate) -> Result<Vec<u8>, Error> {
    read("cert", &files.certificate)
}

pub(crate) fn read_key(files: &ClientCertificate) -> Result<Vec<u8>, Error> {
    read("key", &files.key)
}

fn read(what: &'static str, path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| {
        let name = path.display().to_string();
        TlsFileProblem::ReadPair { what, name, error }.of(path)
    })
}
