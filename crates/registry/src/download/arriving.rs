use rhumb_oci::{Descriptor, Hasher, response};
use rhumb_report::Task;

use super::sink::Sink;
use crate::wire::Response;
use crate::{Error, Trouble};

/// A blob that is on its way.
pub(super) struct Arriving<'a> {
    pub(super) blob: &'a Descriptor,
    pub(super) sink: Sink,
    pub(super) hasher: Hasher,
    pub(super) got: u64,
    pub(super) task: Task<'a>,
}

/// Why a body ended before the blob did.
pub(super) enum Stopped {
    /// The rest may come with another request.
    Cut(Error),
    /// Nothing will help.
    For(Error),
}

impl Arriving<'_> {
    /// Takes what an answer brings; an error says whether it is worth to ask for the rest.
    pub(super) async fn receive(&mut self, mut response: Response) -> Result<(), Stopped> {
        let start = match response.status().as_u16() {
            206 => response::content_start(response.headers()),
            _ => Some(0),
        };
        if start != Some(self.got) {
            if start != Some(0) {
                return Err(Stopped::For(response.odd("another part than the one asked for")));
            }
            self.restart().await.map_err(Stopped::For)?;
        }
        let left = self.blob.size - self.got;
        if let Some(length) = response.content_length()
            && length != left
        {
            let error = if response.is_web_page() {
                response.web_page()
            } else {
                self.wrong_size(self.got.saturating_add(length))
            };
            return Err(Stopped::For(error));
        }
        let (method, url) = (response.method().clone(), response.safe_url());
        let cut = |cause| Error::Connection { method: method.clone(), url: url.clone(), cause };
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => self.take(&chunk).await.map_err(Stopped::For)?,
                Ok(None) if self.got == self.blob.size => return Ok(()),
                Ok(None) => {
                    // Without a length in its head an answer that was cut looks complete.
                    let detail = format!("{} of {} bytes arrived", self.got, self.blob.size);
                    return Err(Stopped::Cut(cut(Trouble::Cut { detail })));
                }
                Err(cause) => return Err(Stopped::Cut(cut(cause))),
            }
        }
    }

    async fn take(&mut self, chunk: &[u8]) -> Result<(), Error> {
        let count = chunk.len() as u64;
        if self.got + count > self.blob.size {
            return Err(self.wrong_size(self.blob.size + 1));
        }
        self.hasher.update(chunk);
        self.sink.write(chunk).await?;
        self.got += count;
        self.task.advance(count);
        Ok(())
    }

    async fn restart(&mut self) -> Result<(), Error> {
        self.hasher = Hasher::new(self.blob.digest.algorithm());
        self.got = 0;
        self.sink.restart().await
    }

    fn wrong_size(&self, got: u64) -> Error {
        let what = self.blob.digest.to_string();
        Error::Size { what, want: self.blob.size, got }
    }
}
