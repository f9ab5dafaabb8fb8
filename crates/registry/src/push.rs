use bytes::Bytes;
use rhumb_oci::{Descriptor, Reference};

use crate::Blob;

/// An artifact to upload whole: its blobs, then its manifest under a tag or digest.
#[derive(Clone, Debug)]
pub struct Push {
    /// Where to. With neither tag nor digest the manifest is stored by its digest.
    pub reference: Reference,
    /// The manifest's type.
    pub media_type: String,
    /// The manifest, byte for byte.
    pub manifest: Bytes,
    /// The blobs that the manifest names.
    pub blobs: Vec<Blob>,
    /// What to do if the tag is there already.
    pub if_exists: IfExists,
}

/// What a push does if the tag is there already. One that already has this very manifest is left
/// as it is, whatever the choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfExists {
    /// Points the tag at the new manifest.
    #[default]
    Overwrite,
    /// Leaves the tag and uploads nothing.
    Skip,
    /// Fails with [`Error::Exists`](crate::Error::Exists).
    Fail,
}

/// What a push came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// The manifest that the reference now leads to. After [`Outcome::Skipped`] it is the one
    /// that was there.
    pub descriptor: Descriptor,
    /// What was done.
    pub outcome: Outcome,
}

/// What a push did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Uploaded what was missing.
    Uploaded,
    /// Nothing: the reference led to this manifest already.
    Unchanged,
    /// Nothing: the tag was there with another manifest, and [`IfExists::Skip`] was asked for.
    Skipped,
}
