use std::path::{Path, PathBuf};

use bytes::Bytes;
use rhumb_oci::{Descriptor, Manifest, Reference, media_type};
use rhumb_registry::{Client, Kind};
use rhumb_report::Reporter;

use crate::{Error, Verified, Verify, VerifyError};

/// Bytes of a chart archive that are read at most: what a chart may unpack to.
pub const MAX_CHART: u64 = 100 << 20;

/// Bytes of a config blob that are read at most; metadata has some kilobytes.
pub const MAX_CONFIG: u64 = 4 << 20;

/// Bytes of a provenance file that are read at most; it repeats the metadata.
pub const MAX_PROVENANCE: u64 = 4 << 20;

/// One chart in a registry, settled by digest.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Artifact {
    /// The reference that it was found under: with the tag that was chosen, or by digest.
    pub reference: Reference,
    /// The version as it was asked for or found, with `+`; empty if it was named by digest.
    pub version: String,
    /// What the reference leads to: a manifest, or the index that has it.
    pub root: Descriptor,
    /// The chart's manifest.
    pub descriptor: Descriptor,
    /// Its content.
    pub manifest: Manifest,
}

impl Artifact {
    /// What the chart's archive is called in a folder, as Helm names it: `web-1.2.3.tgz`, or
    /// `web@sha256-….tgz` if it was named by digest.
    pub fn file_name(&self) -> String {
        let name = self.reference.repository().basename();
        match self.reference.digest() {
            Some(digest) => {
                format!("{name}@{}-{}.tgz", digest.algorithm().name(), digest.hex())
            }
            None => format!("{name}-{}.tgz", self.version),
        }
    }

    /// Fetches the metadata: the config blob, JSON.
    ///
    /// # Errors
    ///
    /// If it is not there, or not what its digest says.
    pub async fn config(&self, registry: &Client) -> Result<Bytes, Error> {
        let config = &self.manifest.config;
        Ok(registry.blob_bytes(&self.reference, config, Kind::Config, MAX_CONFIG).await?)
    }

    /// The layer that is the archive; a warning if it is of the old kind.
    ///
    /// # Errors
    ///
    /// [`Error::NoLayer`] if there is none.
    pub fn layer(&self, reporter: &dyn Reporter) -> Result<&Descriptor, Error> {
        if let Some(layer) = self.manifest.layer(media_type::CHART_LAYER) {
            return Ok(layer);
        }
        let Some(layer) = self.manifest.layer(media_type::LEGACY_CHART_LAYER) else {
            return Err(self.no_layer(media_type::CHART_LAYER));
        };
        let old = media_type::LEGACY_CHART_LAYER;
        reporter.warn(format!("Warning: chart media type {old} is deprecated"));
        Ok(layer)
    }

    /// Fetches the archive into memory.
    ///
    /// # Errors
    ///
    /// If it is not there, too large for a chart, or not what its digest says.
    pub async fn chart(&self, registry: &Client, reporter: &dyn Reporter) -> Result<Bytes, Error> {
        let layer = self.layer(reporter)?;
        Ok(registry.blob_bytes(&self.reference, layer, Kind::Chart, MAX_CHART).await?)
    }

    /// Fetches the archive to `path`, by way of the cache where that can be written.
    ///
    /// # Errors
    ///
    /// If it is not there, too large for a chart, not what its digest says, or cannot be written.
    pub async fn chart_to(
        &self,
        registry: &Client,
        reporter: &dyn Reporter,
        path: &Path,
    ) -> Result<(), Error> {
        let layer = self.layer(reporter)?;
        if layer.size > MAX_CHART {
            let what = layer.digest.to_string();
            return Err(rhumb_registry::Error::TooLarge { what, limit: MAX_CHART }.into());
        }
        match registry.blob_to_cache(&self.reference, layer, Kind::Chart).await {
            Ok(cached) => copy(cached, path.to_owned()).await,
            // A cache that cannot be written must not keep anyone from pulling.
            Err(rhumb_registry::Error::File { .. } | rhumb_registry::Error::Setup { .. }) => {
                Ok(registry.blob_to_file(&self.reference, layer, path).await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Fetches the provenance file, if there is one.
    ///
    /// # Errors
    ///
    /// If it cannot be fetched, or is not what its digest says.
    pub async fn provenance_opt(&self, registry: &Client) -> Result<Option<Bytes>, Error> {
        let Some(layer) = self.manifest.layer(media_type::PROVENANCE_LAYER) else {
            return Ok(None);
        };
        let kind = Kind::Provenance;
        Ok(Some(registry.blob_bytes(&self.reference, layer, kind, MAX_PROVENANCE).await?))
    }

    /// Fetches the provenance file.
    ///
    /// # Errors
    ///
    /// [`Error::NoLayer`] if there is none; else as [`Artifact::provenance_opt`].
    pub async fn provenance(&self, registry: &Client) -> Result<Bytes, Error> {
        let found = self.provenance_opt(registry).await?;
        found.ok_or_else(|| self.no_layer(media_type::PROVENANCE_LAYER))
    }

    /// Fetches the provenance file, and checks the archive by it.
    ///
    /// # Errors
    ///
    /// If there is none, or the archive is not what someone signed whose key is trusted.
    pub async fn verify(
        &self,
        registry: &Client,
        verify: &Verify,
        archive: &[u8],
    ) -> Result<(Bytes, Verified), Error> {
        let provenance = self.provenance(registry).await.map_err(|error| {
            let url = format!("oci://{}.prov", self.reference);
            VerifyError::NotFetched { url, error: Box::new(error) }
        })?;
        let verified = verify.archive(&self.file_name(), archive, &provenance)?;
        Ok((provenance, verified))
    }

    fn no_layer(&self, media_type: &'static str) -> Error {
        Error::NoLayer { reference: self.reference.to_string(), media_type }
    }
}

/// Copies a file to where it appears whole or not at all.
async fn copy(from: PathBuf, to: PathBuf) -> Result<(), Error> {
    let path = to.clone();
    let copy = move || -> std::io::Result<()> {
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rhumb-").suffix(".tmp");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o644));
        }
        let mut temporary = builder.tempfile_in(folder)?;
        std::io::copy(&mut std::fs::File::open(from)?, &mut temporary)?;
        temporary.persist(to).map_err(|error| error.error)?;
        Ok(())
    };
    let done = tokio::task::spawn_blocking(copy).await.unwrap_or_else(|error| Err(error.into()));
    done.map_err(|source| rhumb_registry::Error::File { doing: "writing", path, source }.into())
}
