use std::fmt;

use rhumb_oci::{Digest, ReferenceError, media_type};
use rhumb_report::{Diagnose, Span};

/// Why a chart was not found or fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A registry did not do its part.
    #[error(transparent)]
    Registry(#[from] rhumb_registry::Error),
    /// A text is no reference.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A range is none.
    #[error(transparent)]
    Range(#[from] rhumb_semver::Error),
    /// Nothing is there.
    #[error("path \"{path}\" not found")]
    NoPath {
        /// The path as it was given.
        path: String,
    },
    /// A chart repository does not have it.
    #[error(transparent)]
    ChartRepo(#[from] crate::ChartRepoError),
    /// Charts that a chart needs are not put into it.
    #[error(transparent)]
    Dependency(Box<crate::DependencyError>),
    /// An archive is not what someone signed.
    #[error(transparent)]
    Verify(#[from] crate::VerifyError),
    /// The version that was asked for is not the one of the reference.
    #[error("chart reference and version mismatch: {version} is not {tag}")]
    Version {
        /// The version.
        version: String,
        /// The tag of the reference.
        tag: String,
    },
    /// The tag leads elsewhere than to the digest beside it.
    #[error("chart reference digest mismatch: {got} is not {want}")]
    Digest {
        /// What the tag leads to.
        got: Digest,
        /// The digest of the reference.
        want: Digest,
    },
    /// A repository without a version.
    #[error("unable to locate any tags in provided repository: {reference}")]
    NoTags {
        /// The repository.
        reference: String,
    },
    /// No version is in the range.
    #[error("could not locate a version matching provided version string {version}")]
    NoMatch {
        /// The range.
        version: String,
        /// The newest version that there is.
        newest: Option<String>,
        /// Whether only pre-releases are there.
        only_prereleases: bool,
    },
    /// The artifact is something else.
    #[error(
        "{reference} is not a chart: could not load config with mediatype {}, found {found}",
        media_type::CHART_CONFIG
    )]
    NotAChart {
        /// The reference.
        reference: String,
        /// What kind of artifact it is.
        found: String,
    },
    /// A chart without its archive, or without the provenance file that was asked for.
    #[error("{reference}: manifest does not contain a layer with mediatype {media_type}")]
    NoLayer {
        /// The reference.
        reference: String,
        /// The layer.
        media_type: &'static str,
    },
    /// An index in which there is no chart.
    #[error("{reference} is an index without a chart in it")]
    NoChartInIndex {
        /// The reference.
        reference: String,
    },
    /// An index in which several charts could be meant.
    #[error("{reference} is an index of {} charts: {}", charts.len(), list(charts))]
    SeveralCharts {
        /// The reference.
        reference: String,
        /// The charts, in the index's order.
        charts: Vec<Candidate>,
    },
    /// An index with more manifests than are looked at.
    #[error("{reference} is an index of more than {limit} manifests")]
    LargeIndex {
        /// The reference.
        reference: String,
        /// How many are looked at.
        limit: usize,
    },
    /// A config blob that is no chart's metadata.
    #[error("{reference}: its config is not a chart's metadata: {source}")]
    Config {
        /// The reference.
        reference: String,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
}

/// One chart of several in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its manifest.
    pub digest: Digest,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} (@{})", self.name, self.version, self.digest)
    }
}

fn list(charts: &[Candidate]) -> String {
    let charts: Vec<_> = charts.iter().map(ToString::to_string).collect();
    charts.join(", ")
}

impl Error {
    /// The message as Helm has it where the reference stands before it anyway.
    pub(crate) fn without_reference(&self) -> String {
        match self {
            Self::NoLayer { media_type, .. } => {
                format!("manifest does not contain a layer with mediatype {media_type}")
            }
            error => error.to_string(),
        }
    }
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::ChartRepo(error) => error.span(),
            Self::Dependency(error) => error.span(),
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Registry(error) => return error.hints(),
            Self::ChartRepo(error) => return error.hints(),
            Self::Dependency(error) => return error.hints(),
            Self::Verify(error) => return error.hints(),
            Self::NoPath { .. } => "check the path, or write `oci://…` for a chart in a registry",
            Self::Version { .. } => "leave out `--version` or the tag",
            Self::Digest { .. } => "the tag was moved; leave it out to use the digest",
            Self::NoTags { .. } => "a tag that is no version must be named, such as `:latest`",
            Self::NoMatch { only_prereleases: true, .. } => {
                "only pre-releases are there: add `--devel`"
            }
            Self::NoMatch { newest: Some(newest), .. } => {
                return vec![format!(
                    "the newest version is {newest}; `search repo … --versions` lists all"
                )];
            }
            Self::NotAChart { .. } | Self::NoChartInIndex { .. } => {
                "check the reference: what it leads to is another kind of artifact"
            }
            Self::SeveralCharts { .. } => "name one of them by its digest",
            Self::NoLayer { media_type: media_type::PROVENANCE_LAYER, .. } => {
                "the chart was pushed without a provenance file"
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}
