use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::header::{CONTENT_TYPE, HeaderName};
use http::{Method, StatusCode};
use rhumb_oci::{Algorithm, Descriptor, Digest, Repository, Tag};

use super::document::{self, Document, invalid};
use super::{
    created, describe, header, is_known, parameter, parameters, status, value, without_body,
};
use crate::body::{Body, Response};
use crate::layout;
use crate::problem::{Code, Problem};
use crate::route::{self, Target};
use crate::service::{Call, Service};

/// The largest manifest in bytes: what the spec asks registries to take.
const MAX_MANIFEST: usize = 4 * 1024 * 1024;
/// Tags that one push may set; more is a mistake.
const MAX_TAGS: usize = 100;
/// Lookups at once for one request.
const AT_ONCE: usize = 16;

const SUBJECT: HeaderName = HeaderName::from_static("oci-subject");
const TAG: HeaderName = HeaderName::from_static("oci-tag");

impl Service {
    /// Answers with a manifest.
    pub(super) async fn get_manifest(
        &self,
        name: &Repository,
        target: &Target,
        call: &Call,
    ) -> Result<Response, Problem> {
        let unknown = || unknown(name, target);
        let key = match target {
            Target::Tag(tag) => layout::tag(name, tag),
            Target::Digest(digest) => layout::manifest(name, digest),
        };
        let found = self.read_descriptor_opt(&key).await?.ok_or_else(unknown)?;
        let mut response = if is_known(&call.head, &found.digest) {
            status(StatusCode::NOT_MODIFIED)
        } else if call.head.method == Method::HEAD {
            without_body(Response::new(Body::empty()), found.size)
        } else {
            let bytes = self.store.read_opt(&layout::blob(&found.digest)).await?;
            Response::new(Body::full(bytes.ok_or_else(unknown)?))
        };
        describe(&mut response, &found.digest)?;
        response.headers_mut().insert(CONTENT_TYPE, value(&found.media_type)?);
        Ok(response)
    }

    /// Stores a manifest, and points tags at it.
    pub(super) async fn put_manifest(
        &self,
        name: &Repository,
        target: Target,
        call: Call,
    ) -> Result<Response, Problem> {
        let Call { head, body } = call;
        let (tags, expected) = destinations(&head, target)?;
        let bytes = body.all(MAX_MANIFEST).await.map_err(|problem| {
            problem.unwrap_or_else(|| {
                invalid(format!("the manifest has more than {MAX_MANIFEST} bytes"))
                    .with_status(StatusCode::PAYLOAD_TOO_LARGE)
            })
        })?;
        let algorithm = expected.as_ref().map_or(Algorithm::Sha256, Digest::algorithm);
        let digest = Digest::with(algorithm, &bytes);
        if let Some(expected) = expected.filter(|expected| *expected != digest) {
            let message = format!("the manifest's digest is `{digest}`, not `{expected}`");
            return Err(Problem::new(Code::DigestInvalid, message));
        }
        let document = Document::parse(&bytes, header(&head, CONTENT_TYPE))?;
        self.require_blobs(name, &document).await?;
        self.store_manifest(name, &document, &digest, bytes).await?;
        let mut response = created(&format!("/v2/{name}/manifests/{digest}"), &digest)?;
        if let Some(subject) = &document.subject {
            response.headers_mut().insert(SUBJECT, value(subject.as_str())?);
        }
        for tag in &tags {
            let descriptor = print(&document.target(&digest))?;
            self.store.put(&layout::tag(name, tag), descriptor).await?;
            response.headers_mut().append(TAG, value(tag.as_str())?);
        }
        Ok(response)
    }

    /// Checks that what the manifest is made of is there, so that what is tagged can be pulled.
    async fn require_blobs(&self, name: &Repository, document: &Document) -> Result<(), Problem> {
        stream::iter(document.blobs.clone())
            .map(|digest| async move {
                if self.store.has(&layout::blob_link(name, &digest)).await? {
                    return Ok(());
                }
                let message = format!("push blob `{digest}` before the manifest that refers to it");
                Err(Problem::new(Code::ManifestBlobUnknown, message))
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }

    /// Stores content first and what points at it last, so that nothing ever points nowhere.
    async fn store_manifest(
        &self,
        name: &Repository,
        document: &Document,
        digest: &Digest,
        bytes: Bytes,
    ) -> Result<(), Problem> {
        let (content, link) = (layout::blob(digest), layout::manifest(name, digest));
        let content = self.store.put(&content, bytes);
        let link = self.store.put(&link, print(&document.target(digest))?);
        tokio::try_join!(content, link)?;
        if let Some(subject) = &document.subject {
            let descriptor = print(&document.referrer(digest))?;
            self.store.put(&layout::referrer(name, subject, digest), descriptor).await?;
        }
        let catalog = layout::catalog(name);
        if !self.store.has(&catalog).await? {
            self.store.put(&catalog, Bytes::new()).await?;
        }
        Ok(())
    }

    /// Removes a tag, or a manifest with all tags that point at it.
    pub(super) async fn delete_manifest(
        &self,
        name: &Repository,
        target: &Target,
    ) -> Result<Response, Problem> {
        let removed = match target {
            Target::Tag(tag) => self.store.remove(&layout::tag(name, tag)).await?,
            Target::Digest(digest) => self.remove_manifest(name, digest).await?,
        };
        if removed { Ok(status(StatusCode::ACCEPTED)) } else { Err(unknown(name, target)) }
    }

    async fn remove_manifest(&self, name: &Repository, digest: &Digest) -> Result<bool, Problem> {
        let key = layout::manifest(name, digest);
        if !self.store.has(&key).await? {
            return Ok(false);
        }
        self.store
            .list(&layout::tags(name))
            .map_err(Problem::from)
            .try_for_each_concurrent(AT_ONCE, |tag| async move {
                let found = self.read_descriptor_opt(&tag).await?;
                if found.is_some_and(|found| found.digest == *digest) {
                    self.store.remove(&tag).await?;
                }
                Ok(())
            })
            .await?;
        if let Some(bytes) = self.store.read_opt(&layout::blob(digest)).await?
            && let Some(subject) = document::subject(&bytes)
        {
            self.store.remove(&layout::referrer(name, &subject, digest)).await?;
        }
        Ok(self.store.remove(&key).await?)
    }
}

/// Where a push goes: its tags, and the digest it must have, if one was given.
fn destinations(
    head: &http::request::Parts,
    target: Target,
) -> Result<(Vec<Tag>, Option<Digest>), Problem> {
    let mut tags = Vec::new();
    let expected = match target {
        Target::Digest(digest) => Some(digest),
        Target::Tag(tag) => {
            tags.push(tag);
            parameter(head, "digest").map(|text| route::digest(&text)).transpose()?
        }
    };
    for text in parameters(head, "tag") {
        let tag = text.parse().map_err(|error| invalid(format!("{error}")))?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > MAX_TAGS {
        return Err(invalid(format!("more than {MAX_TAGS} tags in one push"))
            .with_status(StatusCode::URI_TOO_LONG));
    }
    Ok((tags, expected))
}

fn print(descriptor: &Descriptor) -> Result<Bytes, Problem> {
    let text = serde_json::to_vec(descriptor);
    text.map(Bytes::from).map_err(|error| Problem::new(Code::Unknown, error.to_string()))
}

fn unknown(name: &Repository, target: &Target) -> Problem {
    let message = match target {
        Target::Tag(tag) => format!("repository `{name}` has no tag `{tag}`"),
        Target::Digest(digest) => format!("repository `{name}` has no manifest `{digest}`"),
    };
    Problem::new(Code::ManifestUnknown, message)
}
