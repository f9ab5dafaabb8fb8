//! Names, digests, descriptors, manifests and messages of OCI registries, without I/O.

mod challenge;
mod descriptor;
mod digest;
mod error_response;
mod manifest;
mod name;
mod reference;

pub mod json;
pub mod media_type;
pub mod request;
pub mod response;

pub use challenge::Challenge;
pub use descriptor::Descriptor;
pub use digest::{Algorithm, Digest, DigestError, Hasher};
pub use error_response::{ErrorCode, ErrorEntry, ErrorResponse};
pub use manifest::{Content, Index, Manifest, ManifestError};
pub use name::{NameError, Registry, Repository, Tag};
pub use reference::{Reference, ReferenceError};
