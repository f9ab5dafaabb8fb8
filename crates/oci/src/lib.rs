//! Names, digests, descriptors, manifests and messages of OCI registries, without I/O.

mod descriptor;
mod digest;
mod name;
mod reference;

pub mod media_type;

pub use descriptor::Descriptor;
pub use digest::{Algorithm, Digest, DigestError, Hasher};
pub use name::{NameError, Registry, Repository, Tag};
pub use reference::{Reference, ReferenceError};
