use std::net::ToSocketAddrs as _;

use rhumb_render::{Moment, World};

/// This machine: its randomness, and its network where that is allowed.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) time: i64,
    pub(crate) enable_dns: bool,
}

impl World for Machine {
    fn now(&self) -> Moment {
        Moment { seconds: self.time, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the machine has randomness");
    }

    fn addresses(&self, host: &str) -> Option<Vec<String>> {
        if !self.enable_dns {
            return None;
        }
        let found = (host, 0).to_socket_addrs();
        Some(found.into_iter().flatten().map(|address| address.ip().to_string()).collect())
    }
}
