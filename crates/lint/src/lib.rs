//! Rules over a chart and what it renders to.
//!
//! [`lint`] runs all [`rules`] in Helm's order. What it finds is data: a [`Message`] has the id of
//! its rule, a severity, the file, Helm's text, and mostly a place.

mod check;
mod document;
mod finding;
mod lint;
mod message;
mod rule;
mod strict;
mod subject;
mod walk;

pub use lint::{Request, lint, subcharts};
pub use message::{Message, Outcome, Severity};
pub use rule::{RuleInfo, rules};
pub use subject::SubjectError;
