use rhumb_gotmpl::{Error as TemplateError, Frame};
use rhumb_report::{Diagnose, Span};

use crate::nearest::nearest;
use crate::resource::ResourceError;
use crate::trace;

/// Why a chart cannot be rendered, in Helm's words.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The chart is for another version of Kubernetes.
    #[error("chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {version}")]
    KubeVersion {
        /// The range that the chart asks for.
        wanted: String,
        /// The version that is there.
        version: String,
    },
    /// A template cannot be parsed.
    #[error("{message}")]
    Parse {
        /// Helm's message.
        message: String,
        /// What the template language says.
        error: Box<TemplateError>,
        /// What may help.
        hint: Option<String>,
    },
    /// A template fails.
    #[error("{message}")]
    Execute {
        /// Helm's message, which may have several lines.
        message: String,
        /// What the template language says.
        error: Box<TemplateError>,
        /// What may help.
        hint: Option<String>,
    },
    /// A rendered document is no resource.
    #[error(transparent)]
    Resource(Box<ResourceError>),
}

impl Error {
    pub(crate) fn parse<'n>(
        path: &str,
        error: TemplateError,
        functions: impl Iterator<Item = &'n str>,
    ) -> Self {
        let text = error.to_string();
        let hint = between(&text, "function \"", "\" not defined")
            .and_then(|name| nearest(name, functions))
            .map(|name| format!("is `{name}` meant?"));
        let message = trace::parse_error(path, &text);
        Self::Parse { message, error: Box::new(error), hint }
    }

    pub(crate) fn execute<'n>(
        path: &str,
        error: TemplateError,
        templates: impl Iterator<Item = &'n str>,
    ) -> Self {
        let message = match &error {
            TemplateError::Execute(_) => trace::exec_error(path, &chain(&error)),
            other => other.to_string(),
        };
        let hint = between(&message, "no template \"", "\" associated")
            .or_else(|| between(&message, "template \"", "\" not defined"))
            .and_then(|name| nearest(name, templates))
            .map(|name| format!("is `{name}` meant?"));
        Self::Execute { message, error: Box::new(error), hint }
    }

    /// What the template language says, if it is what failed.
    pub fn template_error(&self) -> Option<&TemplateError> {
        match self {
            Self::Parse { error, .. } | Self::Execute { error, .. } => Some(error),
            Self::KubeVersion { .. } | Self::Resource(_) => None,
        }
    }

    /// The actions that led to the error by calling templates, the outermost first, and then the
    /// one that failed.
    pub fn frames(&self) -> Vec<Frame> {
        let mut frames = Vec::new();
        let mut error = self.template_error();
        while let Some(TemplateError::Execute(failed)) = error {
            frames.extend(failed.callers.iter().cloned());
            frames.push(failed.frame());
            error = cause(failed);
        }
        frames
    }
}

impl Diagnose for Error {
    /// The innermost place.
    fn span(&self) -> Option<&Span> {
        let mut error = self.template_error()?;
        while let TemplateError::Execute(failed) = error
            && let Some(inner) = cause(failed)
        {
            error = inner;
        }
        error.span()
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Parse { hint, .. } | Self::Execute { hint, .. } => hint.iter().cloned().collect(),
            Self::KubeVersion { .. } => vec!["give another version with --kube-version".to_owned()],
            Self::Resource(_) => Vec::new(),
        }
    }
}

/// What is between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.rsplit_once(before)?;
    Some(rest.split_once(after)?.0)
}

fn cause(failed: &rhumb_gotmpl::ExecuteError) -> Option<&TemplateError> {
    failed.cause.as_ref().and_then(|cause| cause.downcast_ref::<TemplateError>())
}

/// The texts of an error and of those that Go finds in it. What a function says is one of them, and
/// so is what it was told by a template that it ran.
fn chain(error: &TemplateError) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut error = Some(error);
    while let Some(TemplateError::Execute(failed)) = error {
        let called = failed.message.strip_prefix("error calling ");
        if let Some((_, text)) = called.and_then(|text| text.split_once(": ")) {
            texts.push(text.to_owned());
        }
        error = cause(failed);
        if let Some(inner) = error {
            texts.push(inner.to_string());
        }
    }
    texts
}
