use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use http::Method;

/// The upper bounds of the classes of duration, in seconds.
const BOUNDS: [f64; 7] = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0];

/// Counts of requests.
#[derive(Default)]
pub(super) struct Metrics(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    in_flight: u64,
    received: u64,
    sent: u64,
    requests: BTreeMap<(&'static str, &'static str, u16), u64>,
    durations: BTreeMap<&'static str, Durations>,
}

#[derive(Default)]
struct Durations {
    classes: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

/// A request that is over.
pub(super) struct Ended {
    pub(super) kind: &'static str,
    pub(super) method: &'static str,
    pub(super) status: u16,
    pub(super) seconds: f64,
    pub(super) received: u64,
    pub(super) sent: u64,
}

/// The method's name, if it is one that registries know: clients choose it, and must not fill our memory.
pub(super) fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

impl Metrics {
    pub(super) fn begin(&self) {
        self.counts().in_flight += 1;
    }

    pub(super) fn end(&self, ended: &Ended) {
        let mut counts = self.counts();
        counts.in_flight -= 1;
        counts.received += ended.received;
        counts.sent += ended.sent;
        *counts.requests.entry((ended.kind, ended.method, ended.status)).or_default() += 1;
        let durations = counts.durations.entry(ended.kind).or_default();
        durations.count += 1;
        durations.seconds += ended.seconds;
        if let Some(class) = BOUNDS.iter().position(|bound| ended.seconds <= *bound) {
            durations.classes[class] += 1;
        }
    }

    pub(super) fn print(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        self.counts().print(&mut text).ok();
        text
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn print(&self, text: &mut String) -> fmt::Result {
        let single = [
            ("rhumb_registry_requests_in_flight", "gauge", self.in_flight),
            ("rhumb_registry_received_bytes_total", "counter", self.received),
            ("rhumb_registry_sent_bytes_total", "counter", self.sent),
        ];
        for (name, kind, value) in single {
            writeln!(text, "# TYPE {name} {kind}\n{name} {value}")?;
        }
        writeln!(text, "# TYPE rhumb_registry_requests_total counter")?;
        for ((route, method, status), count) in &self.requests {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            writeln!(text, "rhumb_registry_requests_total{{{labels}}} {count}")?;
        }
        let name = "rhumb_registry_request_duration_seconds";
        writeln!(text, "# TYPE {name} histogram")?;
        for (route, durations) in &self.durations {
            let mut below = 0;
            for (bound, count) in BOUNDS.iter().zip(durations.classes) {
                below += count;
                writeln!(text, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {below}")?;
            }
            let Durations { count, seconds, .. } = durations;
            writeln!(text, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}")?;
            writeln!(text, "{name}_sum{{route=\"{route}\"}} {seconds}")?;
            writeln!(text, "{name}_count{{route=\"{route}\"}} {count}")?;
        }
        Ok(())
    }
}
