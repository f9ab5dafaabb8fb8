use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, HeaderName, HeaderValue, LOCATION, RANGE};
use http::request::Parts;
use rhumb_oci::{Algorithm, Digest, Hasher, Repository};
use serde::{Deserialize, Serialize};

use super::{created, header as text, parameter, status, value};
use crate::body::Response;
use crate::incoming::Upstream;
use crate::problem::{Code, Problem};
use crate::service::{Call, Service};
use crate::store::Writer;
use crate::{layout, range, route};

/// The most chunks of one upload; a client with more should send larger ones.
const MAX_CHUNKS: usize = 10_000;

const UPLOAD_UUID: HeaderName = HeaderName::from_static("docker-upload-uuid");

/// What is known of an upload under way.
#[derive(Debug, Serialize, Deserialize)]
struct Upload {
    repository: String,
    chunks: Vec<Chunk>,
}

/// Some bytes of an upload, stored under a name of their own.
#[derive(Debug, Serialize, Deserialize)]
struct Chunk {
    name: String,
    size: u64,
    digest: Digest,
}

impl Upload {
    fn offset(&self) -> u64 {
        self.chunks.iter().map(|chunk| chunk.size).sum()
    }
}

impl Service {
    /// Begins an upload, unless the blob can be mounted or comes with the request.
    pub(super) async fn begin_upload(
        &self,
        name: &Repository,
        call: Call,
    ) -> Result<Response, Problem> {
        if let Some(digest) = parameter(&call.head, "mount") {
            let digest = route::digest(&digest)?;
            if self.mount(name, &digest, &call.head).await? {
                return created(&format!("/v2/{name}/blobs/{digest}"), &digest);
            }
        } else if let Some(digest) = parameter(&call.head, "digest") {
            let digest = route::digest(&digest)?;
            self.receive_blob(&digest, call).await?;
            return self.link_blob(name, &digest).await;
        }
        let id = self.names.next()?;
        let upload = Upload { repository: name.to_string(), chunks: Vec::new() };
        self.save(&id, &upload).await?;
        progress(StatusCode::ACCEPTED, name, &id, &upload)
    }

    /// Gives the repository a blob that another one has; without `from`, one that any has.
    async fn mount(
        &self,
        name: &Repository,
        digest: &Digest,
        head: &Parts,
    ) -> Result<bool, Problem> {
        let is_there = match parameter(head, "from").map(|from| from.parse()) {
            Some(Ok(from)) => self.store.has(&layout::blob_link(&from, digest)).await?,
            Some(Err(_)) => false,
            None => true,
        };
        if !is_there || !self.store.has(&layout::blob(digest)).await? {
            return Ok(false);
        }
        self.store.put(&layout::blob_link(name, digest), Bytes::new()).await?;
        Ok(true)
    }

    /// Tells how far an upload is.
    pub(super) async fn get_upload(
        &self,
        name: &Repository,
        id: &str,
    ) -> Result<Response, Problem> {
        let upload = self.upload(name, id).await?;
        progress(StatusCode::NO_CONTENT, name, id, &upload)
    }

    /// Adds a chunk to an upload. If it is cut short, what arrived is kept, so that the client can go on from there.
    pub(super) async fn extend_upload(
        &self,
        name: &Repository,
        id: &str,
        mut call: Call,
    ) -> Result<Response, Problem> {
        let mut upload = self.upload(name, id).await?;
        let expected = check_range(name, id, &upload, &call.head)?;
        let result = self.receive_chunk(id, &mut upload, &mut call.body).await;
        self.save(id, &upload).await?;
        result?;
        check_size(expected, call.body.received())?;
        progress(StatusCode::ACCEPTED, name, id, &upload)
    }

    /// Ends an upload, with or without a last chunk.
    pub(super) async fn finish_upload(
        &self,
        name: &Repository,
        id: &str,
        mut call: Call,
    ) -> Result<Response, Problem> {
        let mut upload = self.upload(name, id).await?;
        let digest = parameter(&call.head, "digest").ok_or_else(|| {
            Problem::new(Code::DigestInvalid, "the parameter `digest` is missing")
        })?;
        let digest = route::digest(&digest)?;
        let expected = check_range(name, id, &upload, &call.head)?;
        let result = if upload.chunks.is_empty() {
            self.receive_blob(&digest, call).await
        } else {
            let received = self.receive_chunk(id, &mut upload, &mut call.body).await;
            if received.is_err() {
                self.save(id, &upload).await?;
            }
            received?;
            check_size(expected, call.body.received())?;
            self.assemble(id, &upload, &digest).await
        };
        if let Err(problem) = result {
            if problem.is(Code::DigestInvalid) {
                self.discard(id).await?;
            }
            return Err(problem);
        }
        let response = self.link_blob(name, &digest).await?;
        self.discard(id).await?;
        Ok(response)
    }

    /// Gives up an upload.
    pub(super) async fn cancel_upload(
        &self,
        name: &Repository,
        id: &str,
    ) -> Result<Response, Problem> {
        self.upload(name, id).await?;
        self.discard(id).await?;
        Ok(status(StatusCode::NO_CONTENT))
    }

    async fn upload(&self, name: &Repository, id: &str) -> Result<Upload, Problem> {
        let bytes = self.store.read_opt(&layout::upload(id)).await?;
        // A state that was cut by a loss of power is as good as none.
        let upload = bytes.and_then(|bytes| serde_json::from_slice::<Upload>(&bytes).ok());
        upload
            .filter(|upload| upload.repository == name.as_str())
            .ok_or_else(|| Problem::new(Code::BlobUploadUnknown, "there is no such upload"))
    }

    async fn save(&self, id: &str, upload: &Upload) -> Result<(), Problem> {
        let text = serde_json::to_vec(upload)
            .map_err(|error| Problem::new(Code::Unknown, error.to_string()))?;
        Ok(self.store.put(&layout::upload(id), text.into()).await?)
    }

    async fn discard(&self, id: &str) -> Result<(), Problem> {
        let keys = self.store.list(&layout::upload_chunk(id, ""));
        keys.map_err(Problem::from)
            .try_for_each(|key| async move {
                self.store.remove(&key).await?;
                Ok(())
            })
            .await
    }

    /// Stores the body as one more chunk of the upload, or as much of it as came.
    async fn receive_chunk(
        &self,
        id: &str,
        upload: &mut Upload,
        body: &mut Upstream,
    ) -> Result<(), Problem> {
        if upload.chunks.len() >= MAX_CHUNKS {
            let message = format!("more than {MAX_CHUNKS} chunks; send larger ones");
            return Err(Problem::new(Code::BlobUploadInvalid, message));
        }
        let name = self.names.next()?;
        let mut writer = self.store.write(&layout::upload_chunk(id, &name)).await?;
        let mut hasher = Hasher::new(Algorithm::Sha256);
        let result = copy(body, &mut *writer, &mut hasher).await;
        if body.received() > 0 {
            writer.finish().await?;
            upload.chunks.push(Chunk { name, size: body.received(), digest: hasher.finish() });
        }
        result
    }

    /// Stores the body as a blob if it has the digest.
    async fn receive_blob(&self, digest: &Digest, mut call: Call) -> Result<(), Problem> {
        let length = text(&call.head, CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let mut writer = self.store.write(&layout::blob(digest)).await?;
        let mut hasher = Hasher::new(digest.algorithm());
        copy(&mut call.body, &mut *writer, &mut hasher).await?;
        check_size(length, call.body.received())?;
        check_digest(digest, &hasher.finish())?;
        Ok(writer.finish().await?)
    }

    /// Makes a blob of the chunks if together they have the digest.
    async fn assemble(&self, id: &str, upload: &Upload, digest: &Digest) -> Result<(), Problem> {
        let blob = layout::blob(digest);
        if let [chunk] = &*upload.chunks
            && digest.algorithm() == chunk.digest.algorithm()
        {
            check_digest(digest, &chunk.digest)?;
            return Ok(self.store.rename(&layout::upload_chunk(id, &chunk.name), &blob).await?);
        }
        let mut writer = self.store.write(&blob).await?;
        let mut hasher = Hasher::new(digest.algorithm());
        for chunk in &upload.chunks {
            let object = self.store.get_opt(&layout::upload_chunk(id, &chunk.name), None).await?;
            let object = object.ok_or_else(|| {
                Problem::new(Code::BlobUploadUnknown, "a chunk of the upload is gone")
            })?;
            let mut bytes = object.content.stream();
            while let Some(bytes) = bytes.next().await {
                let bytes = bytes?;
                hasher.update(&bytes);
                writer.write(bytes).await?;
            }
        }
        check_digest(digest, &hasher.finish())?;
        Ok(writer.finish().await?)
    }

    async fn link_blob(&self, name: &Repository, digest: &Digest) -> Result<Response, Problem> {
        self.store.put(&layout::blob_link(name, digest), Bytes::new()).await?;
        created(&format!("/v2/{name}/blobs/{digest}"), digest)
    }
}

async fn copy(
    body: &mut Upstream,
    writer: &mut dyn Writer,
    hasher: &mut Hasher,
) -> Result<(), Problem> {
    while let Some(bytes) = body.next().await? {
        hasher.update(&bytes);
        writer.write(bytes).await?;
    }
    Ok(())
}

/// Checks that a chunk follows what is there, and returns how many bytes it says to have.
fn check_range(
    name: &Repository,
    id: &str,
    upload: &Upload,
    head: &Parts,
) -> Result<Option<u64>, Problem> {
    let length = text(head, CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let Some(range) = text(head, CONTENT_RANGE) else { return Ok(length) };
    let Some(range) = range::chunk(range) else {
        // An empty last chunk cannot be written as a range of inclusive ends.
        return if length == Some(0) { Ok(length) } else { Err(bad_range(range)) };
    };
    let size = range.end - range.start;
    if length.is_some_and(|length| length != size) {
        let message = format!("the range has {size} bytes, the body another number");
        return Err(Problem::new(Code::SizeInvalid, message));
    }
    if range.start == upload.offset() {
        return Ok(Some(size));
    }
    let message = format!("the next byte of the upload is {}", upload.offset());
    let mut problem = Problem::new(Code::BlobUploadInvalid, message)
        .with_status(StatusCode::RANGE_NOT_SATISFIABLE);
    for (name, value) in state_headers(name, id, upload)? {
        problem = problem.with_header(name, value);
    }
    Err(problem)
}

fn bad_range(range: &str) -> Problem {
    let message = format!("`{range}` is not a range such as `0-1023`");
    Problem::new(Code::BlobUploadInvalid, message)
}

fn check_size(expected: Option<u64>, received: u64) -> Result<(), Problem> {
    match expected {
        Some(expected) if expected != received => {
            let message = format!("{received} bytes came instead of {expected}");
            Err(Problem::new(Code::SizeInvalid, message))
        }
        _ => Ok(()),
    }
}

fn check_digest(expected: &Digest, found: &Digest) -> Result<(), Problem> {
    if expected == found {
        return Ok(());
    }
    let message = format!("the digest of what came is `{found}`, not `{expected}`");
    Err(Problem::new(Code::DigestInvalid, message))
}

fn progress(
    code: StatusCode,
    name: &Repository,
    id: &str,
    upload: &Upload,
) -> Result<Response, Problem> {
    let mut response = status(code);
    response.headers_mut().extend(state_headers(name, id, upload)?);
    Ok(response)
}

fn state_headers(
    name: &Repository,
    id: &str,
    upload: &Upload,
) -> Result<[(HeaderName, HeaderValue); 3], Problem> {
    let last = upload.offset().saturating_sub(1);
    Ok([
        (LOCATION, value(&format!("/v2/{name}/blobs/uploads/{id}"))?),
        (RANGE, value(&format!("0-{last}"))?),
        (UPLOAD_UUID, value(id)?),
    ])
}
