use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use url::Url;

/// What is known about each origin in this process.
pub(crate) struct Hosts {
    concurrency: usize,
    known: Mutex<BTreeMap<String, Arc<Host>>>,
}

/// One origin: how many requests it gets at once, and until when it wants none.
pub(crate) struct Host {
    permits: Arc<Semaphore>,
    quiet_until: Mutex<Option<Instant>>,
}

impl Hosts {
    pub(crate) fn new(concurrency: usize) -> Self {
        Self { concurrency: concurrency.max(1), known: Mutex::default() }
    }

    pub(crate) fn get(&self, url: &Url) -> Arc<Host> {
        let origin = url.origin().ascii_serialization();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let host = known.entry(origin).or_insert_with(|| {
            Arc::new(Host {
                permits: Arc::new(Semaphore::new(self.concurrency)),
                quiet_until: Mutex::default(),
            })
        });
        Arc::clone(host)
    }
}

impl Host {
    /// Waits until the host may be asked, and takes one of its places.
    pub(super) async fn permit(&self) -> OwnedSemaphorePermit {
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.expect("this semaphore is never closed");
        // The pause may grow while this waits for it.
        while let Some(until) = self.quiet_until().filter(|until| *until > Instant::now()) {
            tokio::time::sleep_until(until).await;
        }
        permit
    }

    /// Lets nobody ask this host for a while; the longest wish wins.
    pub(super) fn pause(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut quiet = self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
        *quiet = Some(quiet.map_or(until, |before| before.max(until)));
    }

    fn quiet_until(&self) -> Option<Instant> {
        *self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
