use std::future::Future;
use std::io::SeekFrom;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, Take};
use tokio_util::io::poll_read_buf;

use super::{Message, trouble};
use crate::{Error, Trouble};

/// Bytes of one piece of a body.
const PIECE: usize = 64 << 10;

/// What a request carries; it can be opened again for another attempt.
#[derive(Clone, Default)]
pub(crate) enum Upload {
    #[default]
    Empty,
    Bytes(Bytes, Sent),
    /// A part of a file.
    File {
        path: PathBuf,
        start: u64,
        length: u64,
        sent: Sent,
    },
}

/// Counts the bytes that have gone out, for whoever shows progress.
pub(crate) type Sent = Arc<AtomicU64>;

impl Upload {
    /// Carries a few bytes, whose progress is nobody's concern.
    pub(crate) fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::Bytes(bytes.into(), Sent::default())
    }

    /// Makes the body for one attempt, and what watches that it moves.
    pub(super) async fn open(
        &self,
        message: &Message,
    ) -> Result<(Option<reqwest::Body>, Progress), Error> {
        let progress = Progress::default();
        let body = match self {
            // An empty body, unlike none, has a length, which some servers insist on.
            Self::Empty if matches!(message.method.as_str(), "POST" | "PUT" | "PATCH") => {
                Some(reqwest::Body::from(Bytes::new()))
            }
            Self::Empty => None,
            Self::Bytes(bytes, sent) => Some(reqwest::Body::wrap(BytesBody {
                left: bytes.clone(),
                progress: progress.clone(),
                sent: Arc::clone(sent),
            })),
            Self::File { path, start, length, sent } => {
                let error = |source| Error::File { doing: "reading", path: path.clone(), source };
                let mut file = File::open(path).await.map_err(error)?;
                file.seek(SeekFrom::Start(*start)).await.map_err(error)?;
                Some(reqwest::Body::wrap(FileBody {
                    file: file.take(*length),
                    left: *length,
                    buffer: BytesMut::new(),
                    progress: progress.clone(),
                    sent: Arc::clone(sent),
                }))
            }
        };
        Ok((body, progress))
    }
}

/// How much of a body has gone out.
#[derive(Clone, Default)]
pub(super) struct Progress(Arc<AtomicU64>);

impl Progress {
    fn count(&self, sent: &Sent, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
        sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Waits for an answer for as long as something moves, and `stall` after that.
    pub(super) async fn watch(
        &self,
        sending: impl Future<Output = reqwest::Result<reqwest::Response>>,
        stall: Duration,
    ) -> Result<reqwest::Response, Trouble> {
        let mut sending = std::pin::pin!(sending);
        loop {
            let before = self.0.load(Ordering::Relaxed);
            match tokio::time::timeout(stall, &mut sending).await {
                Ok(answer) => return answer.map_err(|error| trouble::of_sending(&error)),
                Err(_) if self.0.load(Ordering::Relaxed) > before => {}
                Err(_) => return Err(Trouble::Stalled { seconds: stall.as_secs() }),
            }
        }
    }
}

/// Gives out bytes in memory piece by piece, so that it shows how far they are.
struct BytesBody {
    left: Bytes,
    progress: Progress,
    sent: Sent,
}

impl Body for BytesBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        if this.left.is_empty() {
            return Poll::Ready(None);
        }
        let piece = this.left.split_to(PIECE.min(this.left.len()));
        this.progress.count(&this.sent, piece.len());
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}

/// Streams a part of a file.
struct FileBody {
    file: Take<File>,
    left: u64,
    buffer: BytesMut,
    progress: Progress,
    sent: Sent,
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        this.buffer.reserve(PIECE);
        let read = ready!(poll_read_buf(Pin::new(&mut this.file), cx, &mut this.buffer))?;
        if read == 0 {
            let problem = std::io::Error::other("the file is shorter than it was");
            return Poll::Ready(Some(Err(problem)));
        }
        this.left -= read as u64;
        this.progress.count(&this.sent, read);
        Poll::Ready(Some(Ok(Frame::data(this.buffer.split().freeze()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
