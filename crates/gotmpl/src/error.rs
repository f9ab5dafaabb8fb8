use std::rc::Rc;

use rhumb_report::{Diagnose, Span};
use rhumb_value::quote::quote;

use crate::ast::Unit;

/// Why a template cannot be parsed or rendered. The text is Go's.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is no template.
    #[error("template: {}:{}: {}", .0.span.source, .0.line, .0.message)]
    Parse(Box<ParseError>),

    /// An action failed.
    #[error("{0}")]
    Execute(Box<ExecuteError>),

    /// There is no template of that name.
    #[error("template: no template {} associated with template {}", quote(name.as_bytes()), quote(set.as_bytes()))]
    NoTemplate {
        /// The name asked for.
        name: String,
        /// The name of the set of templates.
        set: String,
    },
}

/// What is wrong with the text of a template.
#[derive(Clone, Debug)]
pub struct ParseError {
    /// What is wrong, without the place.
    pub message: String,
    /// The line that Go names, from 1.
    pub line: usize,
    /// Where it is.
    pub span: Span,
}

/// Which action failed, and why.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "template: {}:{line}:{column}: executing {} at <{snippet}>: {message}",
    .span.source, rhumb_value::quote::quote(.template.as_bytes())
)]
pub struct ExecuteError {
    /// The template that ran, which may be one defined in a file.
    pub template: String,
    /// Line of the node, from 1.
    pub line: usize,
    /// Bytes before the node in its line.
    pub column: usize,
    /// The node as Go prints it.
    pub snippet: String,
    /// What went wrong, without the place.
    pub message: String,
    /// Where the node is; `source` is the name that its text was parsed under.
    pub span: Span,
    /// The `template` actions that led here, the outermost first.
    pub callers: Vec<Frame>,
    /// What the template was parsed from, with those that stand in the same text.
    pub(crate) unit: Rc<Unit>,
    /// The error of a function, if it has one of its own: the error of an included template.
    pub cause: Option<Rc<dyn std::error::Error>>,
}

impl ExecuteError {
    /// The node that failed, in the template that it is in.
    pub fn frame(&self) -> Frame {
        let (template, span) = (self.template.clone(), self.span.clone());
        Frame { template, span, unit: Rc::clone(&self.unit) }
    }
}

/// An action of a template that ran.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The template, which may be one defined in a file.
    pub template: String,
    /// Where the action is; `source` is the name that its text was parsed under.
    pub span: Span,
    pub(crate) unit: Rc<Unit>,
}

impl Frame {
    /// The text that the span is in.
    pub fn text(&self) -> &[u8] {
        &self.unit.text
    }
}

impl Diagnose for Error {
    fn span(&self) -> Option<&Span> {
        match self {
            Self::Parse(error) => Some(&error.span),
            Self::Execute(error) => Some(&error.span),
            Self::NoTemplate { .. } => None,
        }
    }
}
