//! Finds and fetches charts: from registries and from this machine.
//!
//! [`Place`] tells where a chart is by how it is written. [`resolve`] turns a reference and a version,
//! a range or nothing into one [`Artifact`]: its digest is settled then, and whatever is fetched of
//! it is what that digest names. [`list`] shows what a repository has.

mod artifact;
mod error;
mod index;
mod list;
mod place;
mod resolve;
mod versions;

pub use artifact::{Artifact, MAX_CHART, MAX_CONFIG, MAX_PROVENANCE};
pub use error::{Candidate, Error};
pub use list::{Listed, Listing, catalog, list};
pub use place::Place;
pub use resolve::{Wanted, resolve};
pub use versions::{StoredVersion, Versions};
