use std::io;
use std::path::PathBuf;

use rhumb_report::{Diagnose, Span, disk_hints};

/// Why an operation was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A registry did not do its part.
    #[error(transparent)]
    Registry(#[from] rhumb_registry::Error),
    /// A chart was not found or fetched.
    #[error(transparent)]
    Source(#[from] rhumb_source::Error),
    /// Something was not done with chart repositories.
    #[error(transparent)]
    Repo(Box<crate::RepoError>),
    /// A text is no regular expression.
    #[error("{message}")]
    Pattern {
        /// Why, in Go's words.
        message: String,
    },
    /// A text is no reference.
    #[error(transparent)]
    Reference(#[from] rhumb_oci::ReferenceError),
    /// A chart cannot be loaded.
    #[error(transparent)]
    Load(#[from] rhumb_chart::LoadError),
    /// A chart cannot be packed.
    #[error(transparent)]
    Pack(#[from] rhumb_chart::PackError),
    /// A chart's archive cannot be saved.
    #[error("failed to save: {source}")]
    Save {
        /// Why.
        source: rhumb_chart::PackError,
    },
    /// Metadata cannot be printed.
    #[error(transparent)]
    Print(#[from] rhumb_chart::PrintError),
    /// A chart cannot be unpacked.
    #[error("failed to untar: {source}")]
    Unpack {
        /// Why.
        source: rhumb_chart::UnpackError,
    },
    /// A text is no version.
    #[error("{source}")]
    Version {
        /// Why.
        source: rhumb_semver::Error,
    },
    /// Charts that a chart depends on are not in it.
    #[error("found in Chart.yaml, but missing in charts/ directory: {names}")]
    MissingDependencies {
        /// Their names, with commas between.
        names: String,
    },
    /// A chart cannot be made.
    #[error(transparent)]
    Create(#[from] rhumb_chart::CreateError),
    /// Values do not fit the chart's schemas.
    #[error(transparent)]
    Schema(#[from] rhumb_chart::SchemaError),
    /// The user's values cannot be read.
    #[error(transparent)]
    Values(#[from] rhumb_chart::values::UserValuesError),
    /// The charts within cannot be enabled, renamed or imported from.
    #[error("chart dependencies processing failed: {source}")]
    Dependencies {
        /// Why.
        source: rhumb_chart::values::CoalesceError,
    },
    /// Values cannot be put together.
    #[error(transparent)]
    Coalesce(#[from] rhumb_chart::values::CoalesceError),
    /// A chart of this kind is not for installing.
    #[error("{kind} charts are not installable")]
    NotInstallable {
        /// The kind.
        kind: String,
    },
    /// Charts that the chart depends on are not in it.
    #[error(
        "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: {names}"
    )]
    ChartDependencies {
        /// Their names, with commas between.
        names: String,
    },
    /// A text is no version of Kubernetes.
    #[error("invalid kube version '{text}': {source}")]
    KubeVersion {
        /// The text.
        text: String,
        /// Why.
        source: rhumb_render::KubeVersionError,
    },
    /// A text is no name of a release.
    #[error(
        "release name check failed: release name {}: invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than {}",
        rhumb_value::quote::quote(.name.as_bytes()), crate::template::MAX_NAME
    )]
    ReleaseName {
        /// The text.
        name: String,
    },
    /// A release without a name.
    #[error("release name check failed: release name \"\": no name provided")]
    NoReleaseName,
    /// Labels that releases have themselves.
    #[error("user supplied labels contains system reserved label name. System labels: [{names}]")]
    SystemLabels {
        /// The names of those.
        names: String,
    },
    /// A result cannot be printed as JSON.
    #[error("cannot print the result as JSON")]
    Json {
        /// Why.
        source: serde_json::Error,
    },
    /// A result that was printed as JSON cannot be read.
    #[error("cannot print the result: {why}")]
    Reread {
        /// Why.
        why: String,
    },
    /// A result cannot be printed as YAML.
    #[error("cannot print the result: {source}")]
    PrintYaml {
        /// Why.
        source: rhumb_yaml::PrintError,
    },
    /// A template cannot be parsed, or fails.
    #[error("{message}")]
    Render {
        /// Helm's message, which may have several lines.
        message: String,
        /// The place in the template.
        span: Option<Span>,
    },
    /// Another error, with what is known of its place.
    #[error("{error}")]
    Explained {
        /// The error.
        error: Box<Self>,
        /// What is known.
        explained: Box<crate::Explained>,
    },
    /// What a template rendered to is no resource.
    #[error("{error}")]
    NotYaml {
        /// What is wrong with it.
        error: Box<rhumb_render::resource::ResourceError>,
        /// All that was rendered.
        rendered: String,
    },
    /// The plugin that changes what was rendered did not.
    #[error("{message}")]
    PostRender {
        /// Helm's message, which may have several lines.
        message: String,
        /// What else is known.
        hints: Vec<String>,
    },
    /// A text is no `JSONPath`.
    #[error("error parsing jsonpath {template}: {source}")]
    JsonPath {
        /// The text.
        template: String,
        /// Why.
        source: crate::JsonPathError,
    },
    /// A template that is to be shown is not there.
    #[error("could not find template {path} in chart")]
    NoTemplate {
        /// Its path within the chart.
        path: String,
    },
    /// No such folder.
    #[error("stat {}: no such file or directory", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// No such file.
    #[error("{}: no such file", path.display())]
    NoFile {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error("reading {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file has more bytes than are read of such a thing.
    #[error("{} is larger than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// A place to upload to without a scheme.
    #[error("scheme prefix missing from remote (e.g. \"oci://\")")]
    NoScheme,
    /// A place to upload to that is no registry.
    #[error("scheme \"{scheme}\" not supported")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// A place to upload to with a tag or digest after it.
    #[error("`{remote}` names a version, and a chart brings its own")]
    RemoteWithVersion {
        /// The place.
        remote: String,
    },
    /// More annotations than a manifest may hold.
    #[error("the chart's metadata makes a manifest of more than {limit} bytes")]
    LargeManifest {
        /// The limit.
        limit: u64,
    },
    /// A file cannot be written.
    #[error("writing {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A text is no range of versions.
    #[error("an invalid version/constraint format: {source}")]
    Range {
        /// Why.
        source: rhumb_semver::Error,
    },
}

impl Error {
    /// What is known of it besides its message.
    pub fn explained(&self) -> Option<&crate::Explained> {
        if let Self::Explained { explained, .. } = self { Some(explained) } else { None }
    }

    /// The error itself.
    pub fn plain(&self) -> &Self {
        if let Self::Explained { error, .. } = self { error } else { self }
    }

    /// The same error with what is known of its place, if anything is.
    pub(crate) fn with(self, explained: crate::Explained) -> Self {
        if explained == crate::Explained::default() {
            return self;
        }
        Self::Explained { error: Box::new(self), explained: Box::new(explained) }
    }

    /// Whether what was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        match self.plain() {
            Self::Registry(error) | Self::Source(rhumb_source::Error::Registry(error)) => {
                error.is_not_found()
            }
            _ => false,
        }
    }
}

impl From<crate::RepoError> for Error {
    fn from(error: crate::RepoError) -> Self {
        Self::Repo(Box::new(error))
    }
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Registry(error) => error.span(),
            Self::Source(error) => error.span(),
            Self::Repo(error) => error.span(),
            Self::Load(error) => error.span(),
            Self::Values(error) => error.span(),
            Self::Render { span, .. } => span.as_ref(),
            Self::Explained { error, .. } => error.span(),
            _ => None,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Registry(error) => error.hints(),
            Self::Source(error) => error.hints(),
            Self::Repo(error) => error.hints(),
            Self::Write { source, .. } => disk_hints(source),
            Self::Unpack { source } => source.hints(),
            Self::Pack(error) | Self::Save { source: error } => error.hints(),
            Self::Load(error) => error.hints(),
            Self::MissingDependencies { .. } => {
                vec!["put them into charts/, or run `dependency update`".into()]
            }
            Self::NoScheme | Self::Scheme { .. } => {
                vec!["write the place as `oci://HOST/PATH`, without the chart's name".into()]
            }
            Self::RemoteWithVersion { .. } => {
                vec!["leave it out, or choose the tag with `--tag`".into()]
            }
            Self::Explained { error, .. } => error.hints(),
            Self::PostRender { hints, .. } => hints.clone(),
            Self::Range { .. } => {
                vec!["a range is written like `^1.2`, `~1.2.3` or `>=1 <3`".into()]
            }
            _ => Vec::new(),
        }
    }
}
