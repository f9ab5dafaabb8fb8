use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::problem::{Code, Problem};

/// How long a client may send nothing in the middle of a body; more is a client that is gone.
const STALLED: Duration = Duration::from_mins(1);

/// How much of an unwanted body is read, in bytes.
const MAX_DRAINED: u64 = 1024 * 1024;

/// The body of a request.
pub(crate) struct Upstream {
    body: Incoming,
    received: Arc<AtomicU64>,
}

impl Upstream {
    /// Takes a body and a place to count its bytes.
    pub(crate) fn new(body: Incoming, received: Arc<AtomicU64>) -> Self {
        Self { body, received }
    }

    /// Bytes given out so far.
    pub(crate) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// Waits for the next bytes; `None` is the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        loop {
            let frame = tokio::time::timeout(STALLED, self.body.frame());
            let frame = frame.await.map_err(|_| cut("no bytes came for a minute"))?;
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|_| cut("the body was cut short"))?;
            if let Ok(bytes) = frame.into_data() {
                self.received.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                return Ok(Some(bytes));
            }
        }
    }

    /// Reads a little of a body that nobody wants, so that a client which sends first reads our answer.
    pub(crate) async fn drain(mut self) {
        while self.received() < MAX_DRAINED {
            let Ok(Some(_)) = self.next().await else { return };
        }
    }

    /// Reads all of the body, which may have at most `limit` bytes.
    pub(crate) async fn all(mut self, limit: usize) -> Result<Bytes, Option<Problem>> {
        let mut all = BytesMut::new();
        while let Some(bytes) = self.next().await.map_err(Some)? {
            if all.len() + bytes.len() > limit {
                return Err(None);
            }
            all.extend_from_slice(&bytes);
        }
        Ok(all.freeze())
    }
}

fn cut(message: &str) -> Problem {
    Problem::new(Code::BlobUploadInvalid, message)
}
