use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rhumb_chart::{Checksums, ChecksumsError};
use rhumb_oci::Digest;
use rhumb_report::{Diagnose, system_words};
use rhumb_signing::{Keyring, KeyringError, Signer};
use rhumb_value::quote::quote;
use serde::{Deserialize, Serialize};

use crate::{Error, MAX_CHART, MAX_PROVENANCE};

/// Bytes of a file of public keys that are read at most; one key has some kilobytes.
pub const MAX_KEYRING: u64 = 64 << 20;

/// What is done with a file of keys.
const KEYRING: &str = "failed to load keyring";

/// By what provenance files are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verify {
    /// The file of the public keys that are trusted.
    pub keyring: PathBuf,
    /// Now, in seconds since 1970: keys and signatures must be good then.
    pub time: i64,
}

/// Who signed an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// Whose key it was.
    pub signer: Signer,
    /// The digest that was signed, which is the archive's.
    pub digest: Digest,
}

/// Why an archive is not what someone signed, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no archive.
    #[error("stat {}: {}", path.display(), system_words(error))]
    NoArchive {
        /// Where it would be.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A folder, for which there are no signatures.
    #[error("unpacked charts cannot be verified")]
    Unpacked,
    /// A file that is called otherwise than archives are.
    #[error("chart must be a tgz file")]
    NotArchive,
    /// There is no provenance file beside the archive.
    #[error(
        "could not load provenance file {path}: stat {path}: {}",
        system_words(error), path = path.display()
    )]
    NoProvenance {
        /// Where it would be.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The provenance file cannot be downloaded.
    #[error("failed to fetch provenance {}", quote(url.as_bytes()))]
    NotFetched {
        /// Where it would be.
        url: String,
        /// Why.
        error: Box<Error>,
    },
    /// A file cannot be read.
    #[error("{what}: {call} {}: {}", path.display(), system_words(error))]
    Read {
        /// What was to be done with it.
        what: &'static str,
        /// What failed.
        call: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file of keys that is none.
    #[error("failed to load keyring: {0}")]
    Keyring(#[from] KeyringError),
    /// The signature is not accepted.
    #[error(transparent)]
    Signature(#[from] rhumb_signing::Error),
    /// What was signed has no digests.
    #[error(transparent)]
    Checksums(#[from] ChecksumsError),
    /// It has none of a file of this name.
    #[error("provenance does not contain a SHA for a file named {}", quote(name.as_bytes()))]
    NoChecksum {
        /// The name.
        name: String,
    },
    /// Another archive was signed.
    #[error(
        "sha256 sum does not match for {name}: {} != {}",
        quote(want.as_bytes()), quote(got.as_str().as_bytes())
    )]
    Checksum {
        /// The name of the archive.
        name: String,
        /// The digest of the one that was signed.
        want: String,
        /// The digest of this one.
        got: Digest,
    },
}

impl Diagnose for VerifyError {
    fn hints(&self) -> Vec<String> {
        let hint = match self {
            // Helm does not say why.
            Self::NotFetched { error, .. } => match error.hints() {
                hints if hints.is_empty() => return vec![error.to_string()],
                hints => return hints,
            },
            Self::Read { what: KEYRING, .. } => {
                "`gpg --export NAME > FILE` writes a file of keys for `--keyring FILE`"
            }
            Self::Signature(rhumb_signing::Error::UnknownSigner) => {
                "if you trust who signed it, add the public key to the file of `--keyring`"
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}

impl Verify {
    /// Reads an archive of this machine, with its provenance file beside it. Also gives the bytes that were checked.
    ///
    /// # Errors
    ///
    /// If one of them is not there, or the archive is not what someone signed whose key is trusted.
    pub fn file(&self, path: &Path) -> Result<(Vec<u8>, Verified), VerifyError> {
        let about = std::fs::metadata(path);
        let about =
            about.map_err(|error| VerifyError::NoArchive { path: path.to_owned(), error })?;
        if about.is_dir() {
            return Err(VerifyError::Unpacked);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        check_name(&name)?;
        let provenance = beside(path);
        if let Err(error) = std::fs::metadata(&provenance) {
            return Err(VerifyError::NoProvenance { path: provenance, error });
        }
        let keyring = self.keyring()?;
        let archive = read("failed to read chart archive", path, MAX_CHART)?;
        let provenance = read("failed to read provenance file", &provenance, MAX_PROVENANCE)?;
        let verified = self.by(&keyring, &name, &archive, &provenance)?;
        Ok((archive, verified))
    }

    /// Checks an archive that was downloaded under a name, by its provenance file.
    ///
    /// # Errors
    ///
    /// If the archive is not what someone signed whose key is trusted.
    pub fn archive(
        &self,
        name: &str,
        archive: &[u8],
        provenance: &[u8],
    ) -> Result<Verified, VerifyError> {
        check_name(name)?;
        self.by(&self.keyring()?, name, archive, provenance)
    }

    fn keyring(&self) -> Result<Keyring, VerifyError> {
        let data = read(KEYRING, &self.keyring, MAX_KEYRING)?;
        Ok(Keyring::parse(&data, &self.keyring.to_string_lossy())?)
    }

    fn by(
        &self,
        keyring: &Keyring,
        name: &str,
        archive: &[u8],
        provenance: &[u8],
    ) -> Result<Verified, VerifyError> {
        let signed = rhumb_signing::verify(keyring, provenance, self.time)?;
        let digest = Digest::of(archive);
        let checksums = Checksums::read(&signed.text)?;
        match checksums.files.get(name) {
            None => Err(VerifyError::NoChecksum { name: name.to_owned() }),
            Some(want) if want != digest.as_str() => {
                let (name, want) = (name.to_owned(), want.clone());
                Err(VerifyError::Checksum { name, want, got: digest })
            }
            Some(_) => Ok(Verified { signer: signed.signer, digest }),
        }
    }
}

/// The provenance file of an archive.
pub fn beside(archive: &Path) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".prov");
    name.into()
}

fn check_name(name: &str) -> Result<(), VerifyError> {
    let is_archive = name.to_ascii_lowercase().ends_with(".tgz");
    if is_archive { Ok(()) } else { Err(VerifyError::NotArchive) }
}

fn read(what: &'static str, path: &Path, limit: u64) -> Result<Vec<u8>, VerifyError> {
    let failed = |call| {
        let path = path.to_owned();
        move |error| VerifyError::Read { what, call, path, error }
    };
    let file = File::open(path).map_err(failed("open"))?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed("read"))?;
    if bytes.len() as u64 > limit {
        return Err(failed("read")(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(bytes)
}
