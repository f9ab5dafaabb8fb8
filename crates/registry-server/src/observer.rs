mod metrics;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::USER_AGENT;
use http::request::Parts;
use http::{Method, StatusCode};
use serde::Serialize;
use tokio::time::Instant;

use crate::{AccessLog, Clock, Options};
use metrics::Metrics;

/// Watches requests: counts them, and writes the access log if there is one.
pub(crate) struct Observer {
    metrics: Metrics,
    log: Option<Arc<dyn AccessLog>>,
    clock: Clock,
}

/// A request under way. It is over when this is dropped, which is when its answer has been sent, or cannot be.
pub(crate) struct Meter {
    observer: Arc<Observer>,
    started: Instant,
    method: Method,
    /// Set by whoever answers.
    pub(crate) status: StatusCode,
    /// What kind of path it is, for the metrics.
    pub(crate) kind: &'static str,
    /// Bytes of the answer's body sent.
    pub(crate) sent: u64,
    /// Whether the answer was sent whole.
    pub(crate) complete: bool,
    received: Arc<AtomicU64>,
    entry: Option<Box<Entry>>,
}

/// What the access log says beyond what is counted.
struct Entry {
    remote: SocketAddr,
    path: String,
    agent: Option<String>,
    user: Option<Arc<str>>,
}

/// A line of the access log.
#[derive(Serialize)]
struct Line<'a> {
    time: String,
    remote: SocketAddr,
    user: Option<&'a str>,
    method: &'a str,
    path: &'a str,
    status: u16,
    received: u64,
    sent: u64,
    seconds: f64,
    complete: bool,
    agent: Option<&'a str>,
}

impl Observer {
    pub(crate) fn new(options: &Options) -> Self {
        let Options { access_log, clock, .. } = options;
        Self { metrics: Metrics::default(), log: access_log.clone(), clock: clock.clone() }
    }

    /// Begins to watch a request.
    pub(crate) fn begin(self: &Arc<Self>, head: &Parts, remote: SocketAddr) -> Meter {
        self.metrics.begin();
        let entry = self.log.as_ref().map(|_| {
            let agent = head.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
            let (path, agent) = (head.uri.path().to_owned(), agent.map(str::to_owned));
            Box::new(Entry { remote, path, agent, user: None })
        });
        Meter {
            observer: Arc::clone(self),
            started: Instant::now(),
            method: head.method.clone(),
            status: StatusCode::OK,
            kind: "other",
            sent: 0,
            complete: false,
            received: Arc::default(),
            entry,
        }
    }

    /// The server's clock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// All counts in Prometheus' text format.
    pub(crate) fn print(&self) -> String {
        self.metrics.print()
    }
}

impl Meter {
    /// Notes who made the request.
    pub(crate) fn set_user(&mut self, user: Option<Arc<str>>) {
        if let Some(entry) = &mut self.entry {
            entry.user = user;
        }
    }

    /// Where the bytes of the request's body are counted.
    pub(crate) fn received(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.received)
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        let Self { observer, started, method, status, kind, sent, complete, received, entry } =
            self;
        let seconds = started.elapsed().as_secs_f64();
        let received = received.load(Ordering::Relaxed);
        observer.metrics.end(&metrics::Ended {
            kind,
            method: metrics::name(method),
            status: status.as_u16(),
            seconds,
            received,
            sent: *sent,
        });
        let (Some(entry), Some(log)) = (entry, &observer.log) else { return };
        let time = jiff::Timestamp::try_from(observer.clock.now()).unwrap_or_default();
        let line = Line {
            time: format!("{time:.3}"),
            remote: entry.remote,
            user: entry.user.as_deref(),
            method: method.as_str(),
            path: &entry.path,
            status: status.as_u16(),
            received,
            sent: *sent,
            seconds,
            complete: *complete,
            agent: entry.agent.as_deref(),
        };
        match serde_json::to_string(&line) {
            Ok(line) => log.record(&line),
            Err(error) => tracing::error!(%error, "a line of the access log is lost"),
        }
    }
}
