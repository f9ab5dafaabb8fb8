use std::path::PathBuf;

use rhumb_source::Verify;
use serde::{Deserialize, Serialize};

use crate::Error;

/// An archive of this machine whose provenance file, beside it, is to be checked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VerifyArchive {
    /// The archive.
    pub path: PathBuf,
    /// By what.
    pub verify: Verify,
}

/// Who signed an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verified {
    /// The names of the signer's key, sorted.
    pub signed_by: Vec<String>,
    /// The fingerprint of the key.
    pub fingerprint: String,
    /// The digest of the archive.
    pub digest: String,
}

pub(crate) fn run(request: &VerifyArchive) -> Result<Verified, Error> {
    let VerifyArchive { path, verify } = request;
    let (_, verified) = verify.file(path).map_err(rhumb_source::Error::from)?;
    Ok(verified.into())
}

impl From<rhumb_source::Verified> for Verified {
    fn from(verified: rhumb_source::Verified) -> Self {
        let names = verified.signer.names.iter();
        Self {
            signed_by: names.map(|name| String::from_utf8_lossy(name).into_owned()).collect(),
            fingerprint: verified.signer.fingerprint,
            digest: verified.digest.to_string(),
        }
    }
}
