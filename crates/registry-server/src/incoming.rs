use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::EXPECT;
use http::request::Parts;
use http_body::Body as _;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::runtime::Handle;

use crate::problem::{Code, Problem};

/// How long a client may send nothing in the middle of a body; more is a client that is gone.
const STALLED: Duration = Duration::from_mins(1);

/// How much of an unwanted body is read, in bytes, and for how long.
const MAX_DRAINED: usize = 64 * 1024 * 1024;
const DRAINING: Duration = Duration::from_secs(10);

/// The body of a request.
///
/// What is left of it when this is dropped is read and thrown away for a while: a client that sends first and listens
/// later would else find its connection cut and never learn what was wrong.
pub(crate) struct Upstream {
    body: Option<Incoming>,
    received: Arc<AtomicU64>,
    /// The client waits for our word before it sends.
    asks_first: bool,
}

impl Upstream {
    /// Takes a body and a place to count its bytes.
    pub(crate) fn new(head: &Parts, body: Incoming, received: Arc<AtomicU64>) -> Self {
        Self { body: Some(body), received, asks_first: head.headers.contains_key(EXPECT) }
    }

    /// Bytes given out so far.
    pub(crate) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// Waits for the next bytes; `None` is the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        loop {
            let Some(body) = &mut self.body else { return Ok(None) };
            let frame = tokio::time::timeout(STALLED, body.frame());
            let frame = frame.await.map_err(|_| cut("no bytes came for a minute"))?;
            let Some(Ok(frame)) = frame else {
                self.body = None;
                return if frame.is_none() { Ok(None) } else { Err(cut("the body was cut short")) };
            };
            if let Ok(bytes) = frame.into_data() {
                self.received.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                return Ok(Some(bytes));
            }
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

impl Drop for Upstream {
    fn drop(&mut self) {
        let left = self.body.take().filter(|body| !body.is_end_stream() && !self.asks_first);
        if let (Some(body), Ok(runtime)) = (left, Handle::try_current()) {
            runtime.spawn(tokio::time::timeout(DRAINING, drain(body)));
        }
    }
}

async fn drain(mut body: Incoming) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > MAX_DRAINED {
            return;
        }
    }
}

fn cut(message: &str) -> Problem {
    Problem::new(Code::BlobUploadInvalid, message)
}
