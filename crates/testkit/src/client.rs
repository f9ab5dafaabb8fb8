mod crane;
mod helm;
mod oras;
mod regctl;

pub use crane::Crane;
pub use helm::Helm;
pub use oras::Oras;
pub use regctl::Regctl;

use crate::{ChartFile, Registry};

/// A program that pushes charts to one registry and pulls them, logged in if need be.
pub trait Client {
    /// Pushes a chart to a repository below `folder` and returns the digest of its manifest.
    fn push(&self, folder: &str, chart: &ChartFile) -> String;

    /// Pulls the version of `chart` from below `folder`. Of the chart itself it uses the name and version only.
    fn pull(&self, folder: &str, chart: &ChartFile) -> Pulled;
}

/// What a client got.
#[derive(Debug, PartialEq, Eq)]
pub struct Pulled {
    /// The digest of the manifest, as the client says it.
    pub digest: String,
    /// The chart's archive.
    pub archive: Vec<u8>,
}

/// The reference of a chart in a registry, with its tag.
fn reference(registry: &Registry, folder: &str, chart: &ChartFile) -> String {
    let repository = registry.repository(folder);
    format!("{}/{repository}/{}:{}", registry.host(), chart.name, chart.tag())
}

/// The last `sha256:…` in what a program printed.
fn digest(printed: &str) -> String {
    let start = printed.rfind("sha256:").unwrap_or_else(|| panic!("no digest: {printed}"));
    printed[start..].chars().take("sha256:".len() + 64).collect()
}
