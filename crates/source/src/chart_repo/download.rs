use std::path::PathBuf;

use bytes::Bytes;
use rhumb_oci::Digest;
use rhumb_registry::Kind;
use rhumb_report::Reporter;
use rhumb_value::url::Url;

use super::address::{lossy, shown};
use super::{Access, ChartRepoError, DigestError};
use crate::{Error, MAX_CHART, MAX_PROVENANCE, Verified, Verify, VerifyError};

/// What Helm asks web servers for.
const ACCEPT: &str = "application/gzip,application/octet-stream";

/// A chart's archive on a web server.
#[derive(Clone, Debug)]
pub struct Download {
    access: Access,
    url: String,
    file_name: String,
    /// What the index says its digest is; may be empty.
    digest: String,
}

/// An archive that was downloaded or was kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Archive {
    /// Its bytes.
    pub bytes: Bytes,
    /// Their digest.
    pub digest: Digest,
    /// Where it is kept, if it could be.
    pub path: Option<PathBuf>,
}

impl Download {
    pub(crate) fn new(access: Access, url: &str, digest: &str) -> Result<Self, ChartRepoError> {
        let parsed = Url::parse(url.as_bytes());
        let parsed = parsed.map_err(|_| ChartRepoError::Address { text: url.to_owned() })?;
        let path = lossy(&parsed.path);
        let file_name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let (url, file_name) = (url.to_owned(), file_name.to_owned());
        Ok(Self { access, url, file_name, digest: digest.to_owned() })
    }

    /// The address, without a password.
    pub fn shown_url(&self) -> String {
        shown(&self.url)
    }

    /// What the archive is called in a folder: as on the server.
    ///
    /// # Errors
    ///
    /// If the address ends in no name.
    pub fn file_name(&self) -> Result<&str, Error> {
        if matches!(&*self.file_name, "" | "." | "..") {
            return Err(ChartRepoError::NoFileName { url: self.shown_url() }.into());
        }
        Ok(&self.file_name)
    }

    /// What the index says the archive's digest is, if it says anything.
    ///
    /// # Errors
    ///
    /// If it is no digest.
    pub fn known_digest(&self) -> Result<Option<Digest>, DigestError> {
        if self.digest.is_empty() {
            return Ok(None);
        }
        let hex = self.digest.split_once(':').map_or(&*self.digest, |(_, hex)| hex);
        let digits = hex.as_bytes();
        if let Some(byte) = digits.iter().find(|byte| !byte.is_ascii_hexdigit()) {
            return Err(DigestError::Byte { byte: *byte });
        }
        if !digits.len().is_multiple_of(2) {
            return Err(DigestError::Odd);
        }
        let bytes = digits.len() / 2;
        let digest = format!("sha256:{}", hex.to_ascii_lowercase()).parse();
        digest.map(Some).map_err(|_| DigestError::Length { bytes }).or_else(|error| {
            // A prefix with nothing after it is none for Helm.
            if bytes == 0 { Ok(None) } else { Err(error) }
        })
    }

    /// Checks what the index says the digest is, in the words that Helm has where it keeps what it downloads.
    ///
    /// # Errors
    ///
    /// If it is no digest.
    pub fn check_digest(&self) -> Result<(), Error> {
        match self.known_digest() {
            Err(error @ (DigestError::Byte { .. } | DigestError::Odd)) => {
                Err(ChartRepoError::DecodeDigest(error).into())
            }
            _ => Ok(()),
        }
    }

    /// Takes the archive from the cache if its digest is known, else downloads it, and keeps it.
    ///
    /// # Errors
    ///
    /// If it is not there, cannot be reached, or is too large for a chart.
    pub async fn chart(&self, reporter: &dyn Reporter) -> Result<Archive, Error> {
        let known = self.known_digest().map_err(ChartRepoError::from)?;
        let client = self.access.client();
        let kind = Kind::Chart;
        if let (Some(digest), Some(cache)) = (&known, client.cache())
            && let Some(bytes) = cache.read(digest, kind, MAX_CHART)
        {
            let (digest, path) = (digest.clone(), Some(cache.path(digest, kind)));
            return Ok(Archive { bytes: bytes.into(), digest, path });
        }
        let bytes = self.access.fetch(&self.url, ACCEPT, MAX_CHART).await?;
        let digest = Digest::of(&bytes);
        if let Some(known) = known.filter(|known| *known != digest) {
            let url = self.shown_url();
            reporter.warn(format!(
                "{url} is not what the index says it is: its digest is {digest}, not {known}"
            ));
        }
        // A cache that cannot be written must not keep anyone from going on.
        let path = client.cache().and_then(|cache| cache.put(&digest, kind, &bytes).ok());
        Ok(Archive { bytes: bytes.into(), digest, path })
    }

    /// Downloads the provenance file beside the archive.
    ///
    /// # Errors
    ///
    /// If it is not there, cannot be reached, or is too large.
    pub async fn provenance(&self) -> Result<Bytes, Error> {
        let url = format!("{}.prov", self.url);
        Ok(self.access.fetch(&url, ACCEPT, MAX_PROVENANCE).await?.into())
    }

    /// Takes the provenance file from the cache, or downloads it, and checks the archive by it. Only one by which the
    /// archive is good is kept.
    ///
    /// # Errors
    ///
    /// If there is none, or the archive is not what someone signed whose key is trusted.
    pub async fn verify(
        &self,
        verify: &Verify,
        archive: &Archive,
    ) -> Result<(Bytes, Verified), Error> {
        let name = self.file_name()?;
        let Archive { bytes, digest, .. } = archive;
        let cache = self.access.client().cache();
        if let Some(kept) = cache.and_then(|cache| cache.provenance(digest, MAX_PROVENANCE))
            && let Ok(verified) = verify.archive(name, bytes, &kept)
        {
            return Ok((kept.into(), verified));
        }
        let provenance = self.provenance().await.map_err(|error| {
            let url = format!("{}.prov", self.shown_url());
            VerifyError::NotFetched { url, error: Box::new(error) }
        })?;
        let verified = verify.archive(name, bytes, &provenance)?;
        if let Some(cache) = cache {
            // A cache that cannot be written must not keep anyone from going on.
            cache.put_provenance(digest, &provenance).ok();
        }
        Ok((provenance, verified))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(digest: &str) -> Result<Option<String>, String> {
        let client = rhumb_registry::Client::builder(std::sync::Arc::new(|| {
            std::time::SystemTime::UNIX_EPOCH
        }));
        let access = Access::given(&client.build(), "http://h", false);
        let download = Download::new(access, "http://h/a%2F../b-1.tgz?c", digest).unwrap();
        assert_eq!(download.file_name().unwrap(), "b-1.tgz");
        let known = download.known_digest().map_err(|error| error.to_string())?;
        Ok(known.map(|digest| digest.as_str().to_owned()))
    }

    #[test]
    fn digests_of_indexes_are_read_as_helm_reads_them() {
        let hex = "AB".repeat(32);
        let want = format!("sha256:{}", hex.to_lowercase());
        assert_eq!(known(&hex).unwrap(), Some(want.clone()));
        assert_eq!(known(&format!("sha256:{hex}")).unwrap(), Some(want));
        assert_eq!(known("").unwrap(), None);
        assert_eq!(known("sha256:").unwrap(), None);
        assert_eq!(known("zz").unwrap_err(), "encoding/hex: invalid byte: U+007A 'z'");
        assert_eq!(known("abc").unwrap_err(), "encoding/hex: odd length hex string");
        assert_eq!(known("ab").unwrap_err(), "invalid digest length: 1");
    }
}
