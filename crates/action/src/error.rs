use rhumb_report::{Diagnose, Span};

/// Why an operation was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A registry did not do its part.
    #[error(transparent)]
    Registry(#[from] rhumb_registry::Error),
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Registry(error) => error.span(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Registry(error) => error.hints(),
        }
    }
}
