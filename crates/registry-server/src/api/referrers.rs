use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use rhumb_oci::{Descriptor, Digest, Repository, media_type};

use super::{json, link_next, parameter};
use crate::body::Response;
use crate::layout;
use crate::problem::{Code, Problem};
use crate::service::{Call, Service};

/// Referrers of one page, so that an answer stays within what clients read; the link leads on.
const MAX_PAGE: usize = 1_000;
/// Descriptors read at once.
const AT_ONCE: usize = 16;

const FILTERS_APPLIED: HeaderName = HeaderName::from_static("oci-filters-applied");

impl Service {
    /// Lists the manifests whose subject is `subject`, as an image index.
    pub(super) async fn list_referrers(
        &self,
        name: &Repository,
        subject: &Digest,
        call: &Call,
    ) -> Result<Response, Problem> {
        let kind = parameter(&call.head, "artifactType");
        let last = parameter(&call.head, "last").unwrap_or_default();
        let mut keys: Vec<_> =
            self.store.list(&layout::referrers(name, subject)).try_collect().await?;
        keys.sort_unstable();
        let mut keys: Vec<_> = keys
            .into_iter()
            .filter_map(|key| Some((layout::digest_of(&key)?, key)))
            .filter(|(digest, _)| digest.as_str() > last.as_str())
            .collect();
        let more = keys.len() > MAX_PAGE;
        keys.truncate(MAX_PAGE);
        let next = keys.last().filter(|_| more).map(|(digest, _)| digest.clone());
        let descriptors: Vec<Option<Descriptor>> = stream::iter(keys)
            .map(|(_, key)| async move { self.read_descriptor_opt(&key).await })
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let wanted = |descriptor: &Descriptor| {
            kind.is_none() || descriptor.artifact_type.as_deref() == kind.as_deref()
        };
        let descriptors: Vec<_> = descriptors.into_iter().flatten().filter(wanted).collect();
        let mut response = json(index(&descriptors));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type::INDEX));
        if kind.is_some() {
            headers.insert(FILTERS_APPLIED, HeaderValue::from_static("artifactType"));
        }
        if let Some(digest) = next {
            let mut query = vec![("last", digest.as_str())];
            query.extend(kind.as_deref().map(|kind| ("artifactType", kind)));
            link_next(&mut response, &format!("/v2/{name}/referrers/{subject}"), &query)?;
        }
        Ok(response)
    }

    /// Reads a descriptor that one of our keys holds.
    pub(super) async fn read_descriptor_opt(
        &self,
        key: &str,
    ) -> Result<Option<Descriptor>, Problem> {
        let Some(bytes) = self.store.read_opt(key).await? else { return Ok(None) };
        let parsed = serde_json::from_slice(&bytes);
        parsed.map(Some).map_err(|error| {
            tracing::error!(%key, %error, "not a descriptor");
            Problem::new(Code::Unknown, "the registry's storage is damaged")
        })
    }
}

fn index(manifests: &[Descriptor]) -> String {
    serde_json::json!({
        "schemaVersion": 2,
        "mediaType": media_type::INDEX,
        "manifests": manifests,
    })
    .to_string()
}
