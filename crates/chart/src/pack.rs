//! Packing charts into archives.

mod tar_writer;

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use rhumb_report::{Diagnose, disk_hints};

use crate::archive::clean_path;
use crate::quote::quote;
use crate::{Chart, FolderError, PrintError, ValidationError, values};
use tar_writer::TarWriter;

/// What Helm puts into the head of every archive that it packs.
const EXTRA: &[u8] = b"rr\x28\x00aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=";
const COMMENT: &str = "Helm";
/// Helm names no system that it packs on.
const UNKNOWN_SYSTEM: u8 = 255;

/// Why a chart cannot be packed, in Helm's words where it has them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The metadata is wrong.
    #[error("chart validation: {0}")]
    Validation(#[from] ValidationError),
    /// A name that is a path, or would be one in an archive.
    #[error("{} is not a valid chart name", quote(name))]
    Name {
        /// The name.
        name: String,
    },
    /// A schema that is no JSON.
    #[error("invalid JSON in values.schema.json")]
    Schema,
    /// The metadata or the lock has characters that YAML does not.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// The archive cannot be written.
    #[error("cannot write the archive: {0}")]
    Write(#[from] std::io::Error),
    /// The archive cannot be put where it belongs.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl Diagnose for PackError {
    fn hints(&self) -> Vec<String> {
        match self {
            Self::Write(error) => disk_hints(error),
            Self::Folder(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

impl Chart {
    /// Packs the chart and all charts in it. The same chart always gives the same bytes.
    ///
    /// Files get the time `time`, in seconds since 1970, or else keep their own.
    ///
    /// # Errors
    ///
    /// If the metadata is wrong, or `out` cannot be written.
    pub fn pack<W: Write>(&self, out: W, time: Option<i64>) -> Result<W, PackError> {
        self.metadata.clone().validate()?;
        let packer = GzBuilder::new()
            .extra(EXTRA)
            .comment(COMMENT)
            .operating_system(UNKNOWN_SYSTEM)
            .write(out, Compression::default());
        let mut tar = TarWriter::new(packer, time);
        self.write(&mut tar, "")?;
        Ok(tar.finish()?.finish()?)
    }

    /// The name of the chart's archive, such as `web-1.2.3.tgz`.
    pub fn archive_name(&self) -> String {
        format!("{}-{}.tgz", self.name(), self.metadata.version)
    }

    /// Packs the chart into a folder, which is made if need be, and gives the archive's path. The
    /// archive appears whole or not at all.
    ///
    /// # Errors
    ///
    /// As for [`pack`](Self::pack), or if the folder cannot be made.
    pub fn save(&self, folder: &Path, time: Option<i64>) -> Result<PathBuf, PackError> {
        // Before anything is made on disk.
        self.metadata.clone().validate()?;
        std::fs::create_dir_all(folder)
            .map_err(|error| FolderError::read("mkdir", folder, error))?;
        let (file, temporary) = tempfile::NamedTempFile::new_in(folder)?.into_parts();
        let mut file = self.pack(std::io::BufWriter::new(file), time)?;
        file.flush()?;
        let path = folder.join(self.archive_name());
        set_mode(&temporary)?;
        temporary.persist(&path).map_err(|error| error.error)?;
        Ok(path)
    }

    /// The dependencies that the metadata lists but `charts` does not have.
    pub fn missing_dependencies(&self) -> Vec<&str> {
        let listed = self.metadata.dependencies().iter().map(|one| &*one.name);
        listed.filter(|name| !self.dependencies.iter().any(|c| c.name() == *name)).collect()
    }

    /// `Chart.yaml` as it is packed: without dependencies in version 1, which has them elsewhere.
    pub(crate) fn packed_metadata(&self) -> Result<String, PrintError> {
        if self.metadata.api_version == "v1" {
            let mut metadata = self.metadata.clone();
            metadata.dependencies = None;
            return metadata.to_yaml();
        }
        self.metadata.to_yaml()
    }

    fn write<W: Write>(&self, tar: &mut TarWriter<W>, above: &str) -> Result<(), PackError> {
        let name = self.name();
        // A backslash separates folders for whoever reads archives.
        if name.contains(['/', '\\']) || name.is_empty() {
            return Err(PackError::Name { name: name.to_owned() });
        }
        let base = format!("{above}{name}");
        tar.file(&format!("{base}/Chart.yaml"), self.packed_metadata()?.as_bytes(), self.modified)?;
        if let Some(lock) = self.lock.as_ref().filter(|_| self.metadata.api_version == "v2") {
            let text = lock.to_yaml()?;
            tar.file(
                &format!("{base}/Chart.lock"),
                text.as_bytes(),
                lock.generated.nearest_second(),
            )?;
        }
        let values = self.raw.iter().filter(|file| &*file.name == "values.yaml");
        let schema = self.schema.as_ref();
        if schema.is_some_and(|file| !values::is_json(&file.text())) {
            return Err(PackError::Schema);
        }
        for file in values.chain(schema).chain(&self.templates).chain(&self.files) {
            let path = format!("{base}/{}", clean_path(&file.name));
            tar.file(&path, &file.data, file.modified)?;
        }
        for chart in &self.dependencies {
            chart.write(tar, &format!("{base}/charts/"))?;
        }
        Ok(())
    }
}

/// Lets everyone read the file, as files usually are.
#[cfg(unix)]
fn set_mode(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_mode(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
