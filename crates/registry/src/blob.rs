use std::path::PathBuf;

use bytes::Bytes;
use rhumb_oci::{Descriptor, Repository};

/// Content to upload.
#[derive(Clone, Debug)]
pub struct Blob {
    /// Its type, digest and size.
    pub descriptor: Descriptor,
    /// Where the bytes are.
    pub source: BlobSource,
    /// A repository of the same registry that has the blob, so that it need not be sent.
    pub mount_from: Option<Repository>,
}

/// Where the bytes of a blob are.
#[derive(Clone, Debug)]
pub enum BlobSource {
    /// In memory.
    Bytes(Bytes),
    /// In a file, which is streamed.
    File(PathBuf),
}

impl Blob {
    /// Describes bytes in memory.
    pub fn from_bytes(media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            descriptor: Descriptor::of(media_type, &bytes),
            source: BlobSource::Bytes(bytes),
            mount_from: None,
        }
    }

    /// Names a file whose digest and size are known.
    pub fn from_file(descriptor: Descriptor, path: impl Into<PathBuf>) -> Self {
        Self { descriptor, source: BlobSource::File(path.into()), mount_from: None }
    }
}
