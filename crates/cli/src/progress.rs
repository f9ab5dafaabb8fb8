//! Progress and warnings on standard error.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use rhumb_report::{Event, Reporter, TaskId};

/// What is done within this time needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How a bar looks whose end is known.
const BAR: &str = "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {eta}";
/// How one looks whose end is not.
const SPINNER: &str = "{msg} {spinner} {bytes} {bytes_per_sec}";

/// Reports warnings as lines and progress as bars, these on a terminal only.
pub(crate) struct Terminal(Option<Mutex<Bars>>);

/// The tasks that run, and the bars of those that take long.
#[derive(Default)]
struct Bars {
    shown: MultiProgress,
    running: BTreeMap<TaskId, Running>,
}

struct Running {
    label: String,
    total: Option<u64>,
    done: u64,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Terminal {
    pub(crate) fn new() -> Self {
        Self(std::io::stderr().is_terminal().then(Mutex::default))
    }
}

impl Reporter for Terminal {
    fn report(&self, task: TaskId, event: Event) {
        let Some(bars) = &self.0 else {
            if let Event::Warning { message } = event {
                // If standard error is closed, nobody is left to tell.
                drop(writeln!(std::io::stderr(), "{message}"));
            }
            return;
        };
        bars.lock().unwrap_or_else(PoisonError::into_inner).report(task, event);
    }
}

impl Bars {
    fn report(&mut self, task: TaskId, event: Event) {
        match event {
            Event::Started { label, total_bytes } => {
                let started = Instant::now();
                let running = Running { label, total: total_bytes, done: 0, started, bar: None };
                self.running.insert(task, running);
            }
            Event::Advanced { bytes } => self.advance(task, bytes),
            Event::Finished { .. } => {
                let bar = self.running.remove(&task).and_then(|running| running.bar);
                if let Some(bar) = bar {
                    bar.finish_and_clear();
                }
            }
            Event::Warning { message } => {
                self.shown.suspend(|| drop(writeln!(std::io::stderr(), "{message}")));
            }
            _ => {}
        }
    }

    fn advance(&mut self, task: TaskId, bytes: u64) {
        let Some(running) = self.running.get_mut(&task) else { return };
        running.done += bytes;
        if running.started.elapsed() < PATIENCE {
            return;
        }
        let bar = running.bar.get_or_insert_with(|| {
            let (bar, style) = match running.total {
                Some(total) => (ProgressBar::new(total), BAR),
                None => (ProgressBar::no_length(), SPINNER),
            };
            let style = ProgressStyle::with_template(style).expect("a template that is tested");
            self.shown.add(bar.with_style(style).with_message(running.label.clone()))
        });
        bar.set_position(running.done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_templates() {
        for template in [BAR, SPINNER] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn a_bar_comes_when_patience_ends_and_goes_with_its_task() {
        // Ids are given out by tasks only.
        struct Capture(Mutex<Option<TaskId>>);
        impl Reporter for Capture {
            fn report(&self, task: TaskId, _event: Event) {
                *self.0.lock().unwrap() = Some(task);
            }
        }
        let capture = Capture(Mutex::new(None));
        rhumb_report::Task::start(&capture, "web", Some(10)).complete();
        let mut bars = Bars::default();
        bars.shown.set_draw_target(indicatif::ProgressDrawTarget::hidden());
        let id = capture.0.into_inner().unwrap().unwrap();
        bars.report(id, Event::Started { label: "web".into(), total_bytes: Some(10) });
        bars.report(id, Event::Advanced { bytes: 1 });
        assert!(bars.running[&id].bar.is_none());
        bars.running.get_mut(&id).unwrap().started -= PATIENCE;
        bars.report(id, Event::Advanced { bytes: 2 });
        assert_eq!(bars.running[&id].bar.as_ref().unwrap().position(), 3);
        bars.report(id, Event::Finished { completed: true });
        assert!(bars.running.is_empty());
    }
}
