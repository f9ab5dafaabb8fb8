use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::Values;
use rhumb_report::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Breaks with convention.
    Warning,
    /// Will not work.
    Error,
}

impl Severity {
    /// The word in Helm's output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something that a rule found. `Display` is a line of Helm's output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The rule's id, such as `chart-name`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file within the chart, a folder with a `/` at its end, or the chart's own folder.
    pub path: String,
    /// Helm's text, which may have several lines.
    pub text: String,
    /// The place that it is about, if it is about one: in a file of the chart, or of the user's
    /// values. What a template renders to stands in no file; its place is a guess.
    pub span: Option<Span>,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, path, text, .. } = self;
        write!(f, "[{severity}] {path}: {text}")
    }
}

/// What linting one chart gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What the rules found, in Helm's order.
    pub messages: Vec<Message>,
    /// Why the chart could not be linted at all.
    pub error: Option<String>,
    /// The files of the chart that messages have places in.
    pub sources: BTreeMap<Arc<str>, Bytes>,
    /// The values that the next chart is linted with, since Helm leaves the chart's own in those
    /// that it was given: in their maps, not at the top.
    pub values: Values,
}

impl Outcome {
    /// Whether the chart fails: by an error or, if `strict`, by a warning.
    pub fn fails(&self, strict: bool) -> bool {
        let limit = if strict { Severity::Warning } else { Severity::Error };
        self.error.is_some() || self.messages.iter().any(|message| message.severity >= limit)
    }

    /// Whether there is anything but notes.
    pub fn has_problems(&self) -> bool {
        self.fails(true)
    }
}
