use std::collections::BTreeMap;
use std::fmt;
use std::net::ToSocketAddrs as _;
use std::sync::Arc;

use rhumb_render::{Moment, World};
use rhumb_report::Reporter;

/// This machine: its randomness, and its network where that is allowed.
pub(crate) struct Machine {
    pub(crate) time: i64,
    pub(crate) enable_dns: bool,
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) reporter: Arc<dyn Reporter>,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("time", &self.time).finish_non_exhaustive()
    }
}

impl World for Machine {
    fn now(&self) -> Moment {
        Moment { seconds: self.time, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        // From the system itself: aws-lc would spend 30 ms on an entropy source of its own first.
        getrandom::fill(bytes).expect("the machine has randomness");
    }

    fn addresses(&self, host: &str) -> Option<Vec<String>> {
        if !self.enable_dns {
            return None;
        }
        let found = (host, 0).to_socket_addrs();
        Some(found.into_iter().flatten().map(|address| address.ip().to_string()).collect())
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn passed(&self, level: &str, what: &str, message: &str) {
        self.reporter.warn(rhumb_chart::log_line(level, what, &[("message", message)]));
    }
}
