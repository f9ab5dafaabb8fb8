//! Finds and fetches charts: from registries, from chart repositories, and from this machine.
//!
//! [`Place`] tells where a chart is by how it is written. [`locate`] finds one by way of a chart repository's index. [`resolve`] turns a reference and a version,
//! a range or nothing into one [`Artifact`]: its digest is settled then, and whatever is fetched of
//! it is what that digest names. [`list`] shows what a repository has.

mod artifact;
mod chart_repo;
mod dependency;
mod error;
mod index;
mod list;
mod place;
mod resolve;
mod verify;
mod versions;

pub use artifact::{Artifact, MAX_CHART, MAX_CONFIG, MAX_PROVENANCE};
pub use chart_repo::{
    Archive, ChartRepoError, ChartRepoFiles, ChartWanted, DigestError, Download, IndexFileError,
    Located, MAX_INDEX, RepoLock, check_repo, join_path, locate, read_index, refreshed, shown_url,
};
pub use dependency::{DependencyError, DependencyJob, Said};
pub use error::{Candidate, Error};
pub use list::{Listed, Listing, catalog, list};
pub use place::Place;
pub use resolve::{Wanted, resolve};
pub use rhumb_signing::Signer;
pub use verify::{MAX_KEYRING, Verified, Verify, VerifyError, beside};
pub use versions::{StoredVersion, Versions};
