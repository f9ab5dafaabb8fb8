use rhumb_gotmpl::Error as TemplateError;
use rhumb_report::{Diagnose, Span};

use crate::trace;

/// Why a chart cannot be rendered, in Helm's words.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A template cannot be parsed.
    #[error("{message}")]
    Parse {
        /// Helm's message.
        message: String,
        /// What the template language says.
        error: TemplateError,
    },
    /// A template fails.
    #[error("{message}")]
    Execute {
        /// Helm's message, which may have several lines.
        message: String,
        /// What the template language says.
        error: TemplateError,
    },
}

impl Error {
    pub(crate) fn parse(path: &str, error: TemplateError) -> Self {
        Self::Parse { message: trace::parse_error(path, &error.to_string()), error }
    }

    pub(crate) fn execute(path: &str, error: TemplateError) -> Self {
        let message = match &error {
            TemplateError::Execute(_) => trace::exec_error(path, &chain(&error)),
            other => other.to_string(),
        };
        Self::Execute { message, error }
    }

    /// What the template language says.
    pub fn template_error(&self) -> &TemplateError {
        match self {
            Self::Parse { error, .. } | Self::Execute { error, .. } => error,
        }
    }
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        self.template_error().span()
    }
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
        error = failed.cause.as_ref().and_then(|cause| cause.downcast_ref::<TemplateError>());
        if let Some(inner) = error {
            texts.push(inner.to_string());
        }
    }
    texts
}
