use std::collections::BTreeMap;

use rhumb_oci::{Descriptor, Digest, media_type};
use serde::Deserialize;

use crate::problem::{Code, Problem};

/// What the registry needs to know of a manifest or an index.
#[derive(Debug)]
pub(crate) struct Document {
    media_type: String,
    size: u64,
    artifact_type: Option<String>,
    annotations: BTreeMap<String, String>,
    /// The manifest this one is about.
    pub(crate) subject: Option<Digest>,
    /// The blobs that must be there.
    pub(crate) blobs: Vec<Digest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Json {
    schema_version: u64,
    media_type: Option<String>,
    artifact_type: Option<String>,
    config: Option<Part>,
    layers: Option<Vec<Part>>,
    manifests: Option<Vec<Part>>,
    subject: Option<Part>,
    annotations: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    #[serde(default)]
    media_type: String,
    digest: Digest,
    #[serde(default)]
    urls: Option<Vec<String>>,
}

impl Part {
    /// Whether the content may be elsewhere.
    fn is_foreign(&self) -> bool {
        self.urls.as_ref().is_some_and(|urls| !urls.is_empty())
            || self.media_type.contains(".nondistributable.")
            || self.media_type.contains(".foreign.")
    }
}

impl Document {
    /// Reads a manifest that came with this `Content-Type`.
    pub(crate) fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Self, Problem> {
        let json: Json = serde_json::from_slice(bytes)
            .map_err(|error| invalid(format!("not a manifest: {error}")))?;
        if json.schema_version != 2 {
            return Err(invalid(format!("schema version {} is not 2", json.schema_version)));
        }
        let sent = content_type.map(|header| header.split(';').next().unwrap_or(header).trim());
        let sent = sent.filter(|sent| !sent.is_empty());
        let media_type = match (sent, &json.media_type) {
            (Some(sent), Some(said)) if sent != said => {
                let message = format!("sent as `{sent}`, but its mediaType is `{said}`");
                return Err(invalid(message));
            }
            (Some(sent), _) => sent.to_owned(),
            (None, Some(said)) => said.clone(),
            (None, None) if json.manifests.is_some() => media_type::INDEX.to_owned(),
            (None, None) => media_type::MANIFEST.to_owned(),
        };
        let blobs = blobs(&media_type, &json)?;
        let config_type = json.config.map(|config| config.media_type);
        Ok(Self {
            media_type,
            size: bytes.len() as u64,
            artifact_type: json.artifact_type.filter(|kind| !kind.is_empty()).or(config_type),
            annotations: json.annotations.unwrap_or_default(),
            subject: json.subject.map(|subject| subject.digest),
            blobs,
        })
    }

    /// The descriptor that tags and links hold.
    pub(crate) fn target(&self, digest: &Digest) -> Descriptor {
        Descriptor::new(self.media_type.clone(), digest.clone(), self.size)
    }

    /// The descriptor in the subject's list of referrers.
    pub(crate) fn referrer(&self, digest: &Digest) -> Descriptor {
        Descriptor {
            annotations: self.annotations.clone(),
            artifact_type: self.artifact_type.clone(),
            ..self.target(digest)
        }
    }
}

/// The blobs of an image; an index has none, and its manifests may come later or never.
fn blobs(media_type: &str, json: &Json) -> Result<Vec<Digest>, Problem> {
    match media_type {
        media_type::MANIFEST | media_type::DOCKER_MANIFEST => {
            let config = json.config.as_ref().ok_or_else(|| invalid("no config".to_owned()))?;
            let layers = json.layers.iter().flatten().filter(|layer| !layer.is_foreign());
            let mut blobs: Vec<_> = layers.map(|layer| layer.digest.clone()).collect();
            blobs.push(config.digest.clone());
            blobs.sort_unstable();
            blobs.dedup();
            Ok(blobs)
        }
        media_type::INDEX | media_type::DOCKER_MANIFEST_LIST => match json.manifests {
            Some(_) => Ok(Vec::new()),
            None => Err(invalid("an index without manifests".to_owned())),
        },
        _ => Err(invalid(format!("`{media_type}` is no manifest that this registry takes"))),
    }
}

/// The subject of a stored manifest.
pub(crate) fn subject(bytes: &[u8]) -> Option<Digest> {
    let json: Json = serde_json::from_slice(bytes).ok()?;
    json.subject.map(|subject| subject.digest)
}

/// The digests that a stored manifest refers to: blobs and manifests alike.
pub(crate) fn references(bytes: &[u8]) -> Vec<Digest> {
    let Ok(json) = serde_json::from_slice::<Json>(bytes) else { return Vec::new() };
    let parts = json.config.into_iter().chain(json.layers.into_iter().flatten());
    parts.chain(json.manifests.into_iter().flatten()).map(|part| part.digest).collect()
}

pub(super) fn invalid(message: String) -> Problem {
    Problem::new(Code::ManifestInvalid, message)
}
