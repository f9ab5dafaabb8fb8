//! What libraries say to people: spans, diagnostics, hints, progress, secrets.
//!
//! Nothing here renders: a front end decides how a [`Diagnose`] error or an [`Event`] looks.

mod diagnose;
mod progress;
mod secret;

pub use diagnose::{Diagnose, Span, disk_hints, read_verb, system_words};
pub use progress::{Event, Reporter, Silent, Task, TaskId};
pub use secret::Secret;
