use std::io;

use rhumb_report::{Diagnose, Span, disk_hints};

use crate::usage::UsageError;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Error {
    #[error(transparent)]
    Usage(#[from] UsageError),

    #[error("cannot write the result")]
    Output { source: io::Error },

    #[error("cannot print the result as JSON")]
    Json { source: serde_json::Error },

    #[error("cannot start the runtime")]
    Runtime { source: io::Error },

    #[error(transparent)]
    Action(#[from] rhumb_action::Error),

    /// Rendering with one of several files of values failed.
    #[error("{name}: {error}")]
    Each { name: String, error: Box<rhumb_action::Error> },

    /// Rendering failed, and the output would be text, to which Helm adds this.
    #[error("{0}\n\nUse --debug flag to render out invalid YAML")]
    Rendering(rhumb_action::Error),

    /// What the flags say of servers cannot be used.
    #[error("missing registry client: {error}")]
    RegistryClient { error: rhumb_registry::Error },

    #[error(transparent)]
    Server(#[from] rhumb_registry_server::Error),

    #[error("cannot read from standard input")]
    Input { source: io::Error },

    #[error("{question}: there is no terminal to ask on")]
    NoTerminal { question: &'static str },

    #[error("cannot tell the current folder")]
    CurrentFolder { source: io::Error },

    #[error("invalid SOURCE_DATE_EPOCH: {why}")]
    SourceDateEpoch { why: String },

    #[error("open {name}: {}", rhumb_report::system_words(.error))]
    ValuesFile { name: String, error: io::Error },

    #[error("read {name}: {}", rhumb_report::system_words(.error))]
    ReadValues { name: String, error: io::Error },

    #[error("{name} is larger than {limit} bytes")]
    LargeValues { name: String, limit: u64 },

    #[error("unsupported chart API version: {version} (supported: v2)")]
    ChartApiVersion { version: String },

    #[error("invalid dry-run value ({}). Must be {choices} or \"client\"", crate::argument::quote(.value))]
    DryRun { value: String, choices: &'static str },

    #[error(
        "invalid argument {} for \"--post-renderer\" flag: {error}",
        crate::argument::quote(.name)
    )]
    NoPostRenderer { name: String, error: rhumb_action::PluginError },

    #[error(
        "invalid argument {} for \"--post-renderer\" flag: cannot specify --post-renderer flag more than once",
        crate::argument::quote(.name)
    )]
    TwoPostRenderers { name: String },

    #[error("expected at most two arguments, unexpected arguments: {names}")]
    TooManyNames { names: String },

    #[error("the demo cannot be played")]
    Demo { source: io::Error },

    #[error("the demo ends here: `{command}` failed")]
    DemoStep { command: String },

    #[error("{summary}")]
    Linted { summary: String },

    #[error("{what} cannot be used yet")]
    NotYet { what: &'static str },

    /// A name of a file of values that is no URL, which any name has to be.
    #[error("{words}")]
    ValuesUrl { words: String },

    /// A message that Helm has, word for word.
    #[error("{0}")]
    Message(&'static str),

    #[error("cannot write `{path}`")]
    WriteFile { path: String, source: io::Error },

    #[error("{verb} {path}: {}{}", rhumb_report::system_words(.error), if *.advised { "\n\nUse --debug flag to render out invalid YAML" } else { "" })]
    WriteDocument { verb: &'static str, path: String, error: io::Error, advised: bool },

    #[error(transparent)]
    Template(#[from] crate::command::TemplateError),
}

impl Error {
    /// What went wrong with one of several files of values; the file is named where it may be to blame.
    pub(crate) fn of_values(name: &str, error: rhumb_action::Error) -> Self {
        use rhumb_action::Error as E;
        match error.plain() {
            E::Schema(_)
            | E::Dependencies { .. }
            | E::Coalesce(_)
            | E::Render { .. }
            | E::NotYaml { .. }
            | E::PostRender { .. } => Self::Each { name: name.to_owned(), error: error.into() },
            _ => Self::Action(error),
        }
    }

    /// What an operation says is wrong.
    fn of_action(&self) -> Option<&rhumb_action::Error> {
        match self {
            Self::Action(error) | Self::Rendering(error) => Some(error),
            Self::Each { error, .. } => Some(error),
            _ => None,
        }
    }

    /// What is known of a failed rendering besides its message.
    pub(crate) fn explained(&self) -> Option<&rhumb_action::Explained> {
        self.of_action()?.explained()
    }

    /// Whether the reader of our output went away, which is no mistake of anyone.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output { source } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        self.of_action()?.span()
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Usage(error) => error.hints(),
            Self::Action(error) | Self::Rendering(error) => error.hints(),
            Self::Each { error, .. } => error.hints(),
            Self::RegistryClient { error } => error.hints(),
            Self::Server(rhumb_registry_server::Error::Listen { .. }) => {
                vec!["choose another `--address`; port 0 takes a free one".into()]
            }
            Self::Output { source }
            | Self::WriteFile { source, .. }
            | Self::WriteDocument { error: source, .. } => disk_hints(source),
            Self::NoTerminal { .. } => vec![
                "give the user name with `--username` and the password with `--password-stdin`"
                    .into(),
            ],
            _ => Vec::new(),
        }
    }
}

/// The message with those of its causes, as one line.
pub(crate) fn message(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let part = error.to_string();
        // A transparent wrapper prints its cause's message as its own.
        if !text.ends_with(&part) {
            text = format!("{text}: {part}");
        }
        cause = error.source();
    }
    text
}
