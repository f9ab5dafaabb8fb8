use std::sync::atomic::{AtomicU64, Ordering};

/// Tells the tasks of one process apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(u64);

/// One thing that happened while an operation runs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A task began; `total_bytes` is how much it has to move, where that is known.
    Started {
        /// What is done, such as `web-1.2.3.tgz`.
        label: String,
        /// Bytes to move in all.
        total_bytes: Option<u64>,
    },
    /// So many more bytes were moved.
    Advanced {
        /// Bytes since the last event.
        bytes: u64,
    },
    /// A task ended, well or not.
    Finished {
        /// Whether it did all it had to.
        completed: bool,
    },
    /// Something the user should know although the operation goes on; one line.
    Warning {
        /// The line, without a prefix.
        message: String,
    },
}

/// Receives what library code has to say; the only way that work becomes visible.
pub trait Reporter: Send + Sync {
    /// Called from any thread. Must not block: a slow terminal must not slow a transfer.
    fn report(&self, task: TaskId, event: Event);

    /// Reports a warning that belongs to no task.
    fn warn(&self, message: String) {
        self.report(TaskId(0), Event::Warning { message });
    }
}

/// A reporter that says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Reporter for Silent {
    fn report(&self, _task: TaskId, _event: Event) {}
}

/// A running task. Dropping it reports the end, so that no path can forget to.
pub struct Task<'a> {
    id: TaskId,
    reporter: &'a dyn Reporter,
    completed: bool,
}

impl<'a> Task<'a> {
    /// Starts a task and reports it.
    pub fn start(
        reporter: &'a dyn Reporter,
        label: impl Into<String>,
        total_bytes: Option<u64>,
    ) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = TaskId(NEXT.fetch_add(1, Ordering::Relaxed));
        reporter.report(id, Event::Started { label: label.into(), total_bytes });
        Self { id, reporter, completed: false }
    }

    /// Reports that `bytes` more were moved.
    pub fn advance(&self, bytes: u64) {
        self.reporter.report(self.id, Event::Advanced { bytes });
    }

    /// Ends the task as done.
    pub fn complete(mut self) {
        self.completed = true;
    }
}

impl Drop for Task<'_> {
    fn drop(&mut self) {
        self.reporter.report(self.id, Event::Finished { completed: self.completed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Recorder(Mutex<Vec<Event>>);

    impl Reporter for Recorder {
        fn report(&self, _task: TaskId, event: Event) {
            self.0.lock().unwrap().push(event);
        }
    }

    #[test]
    fn a_dropped_task_reports_that_it_did_not_complete() {
        let recorder = Recorder::default();
        let task = Task::start(&recorder, "web", Some(3));
        task.advance(1);
        drop(task);
        Task::start(&recorder, "api", None).complete();
        let events = recorder.0.into_inner().unwrap();
        assert_eq!(events[1], Event::Advanced { bytes: 1 });
        assert_eq!(events[2], Event::Finished { completed: false });
        assert_eq!(events[4], Event::Finished { completed: true });
    }
}
