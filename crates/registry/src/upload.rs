use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use rhumb_oci::{Reference, request, response};
use rhumb_report::Task;
use url::Url;

use crate::auth::Scope;
use crate::client::Inner;
use crate::download::short;
use crate::wire::{Response, Retry, Sent, Upload, back_off, follow};
use crate::{Blob, BlobSource, Client, Error};

/// Bytes of one piece, for registries that do not take a blob whole: small enough for the
/// proxies that refuse large bodies, large enough for stores that refuse small parts (5 MiB).
const CHUNK: u64 = 8 << 20;

/// How often progress is told.
const TICK: Duration = Duration::from_millis(100);

/// What a registry made of the wish to upload a blob.
pub(crate) enum Started {
    /// It has the blob.
    Present,
    /// It takes the blob here.
    At(Session),
}

/// An upload that has begun.
pub(crate) struct Session {
    location: Url,
    /// The least number of bytes of a piece that the registry takes.
    least_chunk: u64,
    in_pieces: bool,
}

impl Client {
    /// Uploads a blob, or mounts it from another repository where that works.
    ///
    /// # Errors
    ///
    /// If the registry does not take it.
    pub async fn push_blob(&self, repository: &Reference, blob: &Blob) -> Result<(), Error> {
        let started = self.inner.start_upload(repository, blob).await?;
        self.inner.upload(repository, blob, started).await
    }
}

impl Blob {
    /// The bytes from `start` to before `end` as the body of a request.
    fn part(&self, start: u64, end: u64, sent: &Sent) -> Upload {
        match &self.source {
            BlobSource::Bytes(bytes) => {
                let at = |offset: u64| usize::try_from(offset).unwrap_or(bytes.len());
                let part = bytes.slice(at(start).min(bytes.len())..at(end).min(bytes.len()));
                Upload::Bytes(part, Arc::clone(sent))
            }
            BlobSource::File(path) => Upload::File {
                path: path.clone(),
                start,
                length: end - start,
                sent: Arc::clone(sent),
            },
        }
    }

    fn scope(&self, repository: &Reference) -> Scope {
        let scope = Scope::push(repository.repository());
        match &self.mount_from {
            Some(from) => scope.and(from, &["pull"]),
            None => scope,
        }
    }
}

impl Inner {
    /// Asks to upload a blob, or to mount it.
    pub(crate) async fn start_upload(
        &self,
        repository: &Reference,
        blob: &Blob,
    ) -> Result<Started, Error> {
        let endpoint = self.endpoint(repository.registry());
        let name = repository.repository();
        let request = match &blob.mount_from {
            Some(from) => endpoint.mount(name, &blob.descriptor.digest, from),
            None => endpoint.start_upload(name),
        };
        let mut response =
            self.send(self.call(repository, blob.scope(repository), request)?).await?;
        // A mount that is refused is no more than a blob that has to be sent.
        if blob.mount_from.is_some() && response.status().is_client_error() {
            let call = self.call(repository, Scope::push(name), endpoint.start_upload(name))?;
            drop(response);
            response = self.send(call).await?;
        }
        match response.status() {
            StatusCode::CREATED => Ok(Started::Present),
            StatusCode::ACCEPTED => Ok(Started::At(session(&response)?)),
            _ => {
                let what = format!("{}/{name}", repository.registry());
                Err(self.refused(repository, &what, response).await)
            }
        }
    }

    /// Sends a blob to where the registry takes it: whole, or in pieces if it does not like that.
    pub(crate) async fn upload(
        &self,
        repository: &Reference,
        blob: &Blob,
        started: Started,
    ) -> Result<(), Error> {
        let Started::At(mut session) = started else { return Ok(()) };
        let label =
            format!("{} {}", repository.repository().basename(), short(&blob.descriptor.digest));
        let task = Task::start(&*self.settings.reporter, label, Some(blob.descriptor.size));
        let limits = &self.settings.limits;
        let mut attempt = 1;
        loop {
            let sent = Sent::default();
            let sending = self.send_blob(repository, blob, &session, &sent);
            let error = match tell(&task, &sent, Box::pin(sending)).await {
                Ok(()) => break,
                Err(error) => error,
            };
            let in_pieces = session.in_pieces || wants_pieces(&error);
            if in_pieces && !session.in_pieces {
                tracing::debug!(%error, "sending the blob in pieces");
            } else if attempt < limits.attempts && may_go_better(&error) {
                tracing::debug!(%error, attempt, "starting the upload again");
                tokio::time::sleep(back_off(limits, attempt)).await;
                attempt += 1;
            } else {
                return Err(error);
            }
            match self.start_upload(repository, blob).await? {
                Started::Present => break,
                Started::At(again) => session = Session { in_pieces, ..again },
            }
        }
        task.complete();
        Ok(())
    }

    async fn send_blob(
        &self,
        repository: &Reference,
        blob: &Blob,
        session: &Session,
        sent: &Sent,
    ) -> Result<(), Error> {
        let size = blob.descriptor.size;
        if !session.in_pieces {
            let body = blob.part(0, size, sent);
            return self.finish(repository, blob, &session.location, body).await;
        }
        let chunk = CHUNK.max(session.least_chunk);
        let (mut location, mut start) = (session.location.clone(), 0);
        while start < size {
            let end = size.min(start + chunk);
            let request = request::send_chunk(location.as_str(), start, end);
            let request = request.map_err(|_| bad_location(&location))?;
            let mut call = self.call(repository, Scope::push(repository.repository()), request)?;
            call.message.body = blob.part(start, end, sent);
            call.retry = Retry::Unread;
            let response = self.send(call).await?;
            if response.status() != StatusCode::ACCEPTED {
                return Err(self.refused_blob(repository, blob, response).await);
            }
            location = location_of(&response)?;
            start = response::next_offset(response.headers())
                .filter(|next| (start + 1..=end).contains(next))
                .unwrap_or(end);
        }
        self.finish(repository, blob, &location, Upload::Empty).await
    }

    async fn finish(
        &self,
        repository: &Reference,
        blob: &Blob,
        location: &Url,
        body: Upload,
    ) -> Result<(), Error> {
        let request = request::finish_upload(location.as_str(), &blob.descriptor.digest);
        let request = request.map_err(|_| bad_location(location))?;
        let mut call = self.call(repository, Scope::push(repository.repository()), request)?;
        call.message.body = body;
        call.retry = Retry::Unread;
        let response = self.send(call).await?;
        let stored = response::content_digest(response.headers());
        match response.status() {
            StatusCode::CREATED | StatusCode::OK | StatusCode::NO_CONTENT => {}
            _ => return Err(self.refused_blob(repository, blob, response).await),
        }
        let want = &blob.descriptor.digest;
        match stored.filter(|got| got.algorithm() == want.algorithm() && got != want) {
            Some(got) => {
                Err(Error::Digest { what: "the uploaded blob".into(), want: want.clone(), got })
            }
            None => Ok(()),
        }
    }

    async fn refused_blob(&self, repository: &Reference, blob: &Blob, response: Response) -> Error {
        let what = format!(
            "{}/{}@{}",
            repository.registry(),
            repository.repository(),
            blob.descriptor.digest
        );
        self.refused(repository, &what, response).await
    }
}

/// Runs an upload and tells how it gets on.
async fn tell<T>(
    task: &Task<'_>,
    sent: &Sent,
    sending: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let mut sending = pin!(sending);
    let mut told = 0;
    loop {
        let result = tokio::time::timeout(TICK, &mut sending).await;
        let now = sent.load(Ordering::Relaxed);
        if now > told {
            task.advance(now - told);
            told = now;
        }
        if let Ok(result) = result {
            return result;
        }
    }
}

fn session(response: &Response) -> Result<Session, Error> {
    let location = location_of(response)?;
    Ok(Session { location, least_chunk: least_chunk(response.headers()), in_pieces: false })
}

fn location_of(response: &Response) -> Result<Url, Error> {
    let location = response::location(response.headers());
    let location = location.ok_or_else(|| response.odd("the answer has no `Location`"))?;
    let next = follow(response.url(), location);
    next.map_err(|problem| response.odd(format!("its `Location` {problem}")))
}

fn least_chunk(headers: &HeaderMap) -> u64 {
    let value = headers.get("oci-chunk-min-length").and_then(|value| value.to_str().ok());
    // A wish for gigabytes would not be met in pieces anyway.
    value.and_then(|text| text.parse().ok()).filter(|least| *least <= 1 << 30).unwrap_or_default()
}

fn bad_location(location: &Url) -> Error {
    Error::Setup {
        problem: format!("`{}` is no place to upload to", crate::SafeUrl::new(location)),
    }
}

/// Whether a registry, or a proxy before it, does not take a blob whole.
fn wants_pieces(error: &Error) -> bool {
    matches!(error.status().map(|status| status.as_u16()), Some(405 | 411 | 413 | 415 | 501))
}

/// Whether an upload that is started again may succeed.
fn may_go_better(error: &Error) -> bool {
    match error {
        Error::Connection { cause, .. } => cause.is_transient(),
        // The session is gone or in a state that is not known, as after a cut.
        Error::NotFound { .. } => true,
        Error::Refused { answer } => {
            // One without room, or without the method, will not have it in a moment.
            let for_good = matches!(answer.status.as_u16(), 501 | 505 | 507);
            let may_pass = matches!(answer.status.as_u16(), 408 | 416);
            may_pass || (answer.status.is_server_error() && !for_good)
        }
        _ => false,
    }
}
