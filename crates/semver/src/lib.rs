//! Versions and ranges by the rules that Helm follows (Masterminds' semver, version 3.5).
//!
//! [`Version::parse`] takes what charts contain, such as `v1.2`; [`Version::parse_strict`] only
//! what the Semantic Versioning specification allows. A [`Constraint`] is a range.

mod constraint;
mod error;
mod scan;
mod version;

pub use constraint::Constraint;
pub use error::Error;
pub use version::Version;
