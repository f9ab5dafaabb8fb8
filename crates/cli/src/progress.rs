//! Progress and warnings on standard error.

use rhumb_report::{Event, Reporter, TaskId};
use std::io::Write as _;

/// Reports warnings as lines and progress as bars, these on a terminal only.
pub(crate) struct Terminal;

impl Terminal {
    pub(crate) fn new() -> Self {
        Self
    }
}

impl Reporter for Terminal {
    fn report(&self, _task: TaskId, event: Event) {
        if let Event::Warning { message } = event {
            drop(writeln!(std::io::stderr(), "{message}"));
        }
    }
}
