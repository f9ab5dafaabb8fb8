use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::BoxStream;
use http_body::{Frame, SizeHint};

use crate::observer::Meter;

/// What the server answers with.
pub(crate) type Response = http::Response<Body>;

/// The body of an answer: nothing, some bytes in memory, or a stream of known length.
pub(crate) struct Body {
    kind: Kind,
    meter: Option<Box<Meter>>,
}

enum Kind {
    Empty,
    Full(Bytes),
    Stream { chunks: BoxStream<'static, io::Result<Bytes>>, left: u64 },
}

impl Body {
    pub(crate) fn empty() -> Self {
        Self { kind: Kind::Empty, meter: None }
    }

    pub(crate) fn full(bytes: impl Into<Bytes>) -> Self {
        Self { kind: Kind::Full(bytes.into()), meter: None }
    }

    /// A stream that gives `length` bytes.
    pub(crate) fn stream(chunks: BoxStream<'static, io::Result<Bytes>>, length: u64) -> Self {
        Self { kind: Kind::Stream { chunks, left: length }, meter: None }
    }

    /// Counts what is sent, until the body is dropped.
    pub(crate) fn set_meter(&mut self, mut meter: Meter) {
        meter.complete = self.length() == 0;
        self.meter = Some(Box::new(meter));
    }

    /// Bytes still to be sent.
    fn length(&self) -> u64 {
        match &self.kind {
            Kind::Empty => 0,
            Kind::Full(bytes) => bytes.len() as u64,
            Kind::Stream { left, .. } => *left,
        }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        match &mut self.kind {
            Kind::Empty => Poll::Ready(None),
            Kind::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                self.kind = Kind::Empty;
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Kind::Stream { chunks, left } => {
                let chunk = std::task::ready!(Pin::new(chunks).poll_next(cx));
                if let Some(Ok(bytes)) = &chunk {
                    *left = left.saturating_sub(bytes.len() as u64);
                }
                Poll::Ready(chunk)
            }
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = std::task::ready!(self.poll_next(cx));
        let left = self.length();
        if let (Some(Ok(bytes)), Some(meter)) = (&chunk, &mut self.meter) {
            meter.sent += bytes.len() as u64;
            meter.complete = left == 0;
        }
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Empty => true,
            Kind::Full(bytes) => bytes.is_empty(),
            Kind::Stream { left, .. } => *left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length())
    }
}
