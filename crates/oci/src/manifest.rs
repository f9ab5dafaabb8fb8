use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::descriptor::null_is_empty;
use crate::{Descriptor, json, media_type};

/// Why some bytes are no manifest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not JSON, or JSON of another shape.
    #[error("not a manifest: {source}")]
    Json {
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// A web page, most likely from a host that is no registry or from a proxy before it.
    #[error("not a manifest but a web page")]
    WebPage,
    /// JSON that is neither a manifest nor an index.
    #[error("not a manifest: `{media_type}` is not supported")]
    MediaType {
        /// The type that was given.
        media_type: String,
    },
}

/// An artifact: a config and layers.
///
/// Source: OCI image-spec 1.1, [manifest][spec]. Field order is that of Go's OCI library.
///
/// [spec]: https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Always 2.
    #[serde(default)]
    pub schema_version: u32,
    /// The manifest's own type. Helm writes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What the artifact is, where its config does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// The config blob; of a chart, its metadata.
    pub config: Descriptor,
    /// The other blobs.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub layers: Vec<Descriptor>,
    /// The artifact that this one belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Descriptor>,
    /// Free annotations.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "null_is_empty"
    )]
    pub annotations: BTreeMap<String, String>,
}

impl Manifest {
    /// Makes a manifest without own type, subject or annotations, as Helm writes them.
    pub fn new(config: Descriptor, layers: Vec<Descriptor>) -> Self {
        Self {
            schema_version: 2,
            media_type: None,
            artifact_type: None,
            config,
            layers,
            subject: None,
            annotations: BTreeMap::new(),
        }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// [`ManifestError`] if the bytes are not JSON of this shape.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        parse(bytes)
    }

    /// Prints the manifest as Go prints it: compact, in field order, map keys sorted.
    pub fn print(&self) -> Vec<u8> {
        json::print(self)
    }

    /// The first layer of this type.
    pub fn layer(&self, media_type: &str) -> Option<&Descriptor> {
        self.layers.iter().find(|layer| layer.media_type == media_type)
    }
}

/// A list of manifests.
///
/// Source: OCI image-spec 1.1, [index][spec].
///
/// [spec]: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Index {
    /// Always 2.
    #[serde(default)]
    pub schema_version: u32,
    /// The index's own type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What the whole is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// The manifests.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub manifests: Vec<Descriptor>,
    /// The artifact that this one belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Descriptor>,
    /// Free annotations.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "null_is_empty"
    )]
    pub annotations: BTreeMap<String, String>,
}

impl Index {
    /// Makes an index of these manifests.
    pub fn new(manifests: Vec<Descriptor>) -> Self {
        Self {
            schema_version: 2,
            media_type: Some(media_type::INDEX.to_owned()),
            artifact_type: None,
            manifests,
            subject: None,
            annotations: BTreeMap::new(),
        }
    }

    /// Reads an index.
    ///
    /// # Errors
    ///
    /// [`ManifestError`] if the bytes are not JSON of this shape.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        parse(bytes)
    }

    /// Prints the index as Go prints it.
    pub fn print(&self) -> Vec<u8> {
        json::print(self)
    }
}

/// What a reference can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// One artifact.
    Manifest(Box<Manifest>),
    /// A list of them.
    Index(Index),
}

impl Content {
    /// Reads bytes that were served as `media_type`, which may be empty or general, as some
    /// registries say no more than `application/json`.
    ///
    /// # Errors
    ///
    /// [`ManifestError`] if the bytes are neither a manifest nor an index.
    pub fn parse(served_as: &str, bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Shape {
            media_type: Option<String>,
            config: Option<serde::de::IgnoredAny>,
            manifests: Option<serde::de::IgnoredAny>,
        }
        let shape: Shape = parse(bytes)?;
        let own = shape.media_type.as_deref().unwrap_or_default();
        match [own, served_as].into_iter().find(|name| media_type::is_manifest(name)) {
            Some(media_type::INDEX | media_type::DOCKER_MANIFEST_LIST) => {
                Index::parse(bytes).map(Self::Index)
            }
            Some(_) => Manifest::parse(bytes).map(|manifest| Self::Manifest(Box::new(manifest))),
            None if shape.manifests.is_some() => Index::parse(bytes).map(Self::Index),
            None if shape.config.is_some() => {
                Manifest::parse(bytes).map(|manifest| Self::Manifest(Box::new(manifest)))
            }
            None => {
                let media_type = if own.is_empty() { served_as } else { own };
                Err(ManifestError::MediaType { media_type: media_type.to_owned() })
            }
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, ManifestError> {
    serde_json::from_slice(bytes).map_err(|source| {
        if bytes.trim_ascii_start().starts_with(b"<") {
            ManifestError::WebPage
        } else {
            ManifestError::Json { source }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_go_prints() {
        let mut manifest = Manifest::new(
            Descriptor::of(media_type::CHART_CONFIG, b"{}"),
            vec![Descriptor::of(media_type::CHART_LAYER, b"x")],
        );
        manifest.annotations.insert("b".into(), "a <b> & c\u{2028}".into());
        manifest.annotations.insert("a".into(), "é\t\"\\\u{7}".into());
        let printed = String::from_utf8(manifest.print()).unwrap();
        assert_eq!(
            printed,
            concat!(
                r#"{"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","#,
                r#""digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"#,
                r#""layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","#,
                r#""digest":"sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","size":1}],"#,
                r#""annotations":{"a":"é\t\"\\\u0007","b":"a \u003cb\u003e \u0026 c\u2028"}}"#
            )
        );
        assert_eq!(Manifest::parse(printed.as_bytes()).unwrap(), manifest);
    }

    #[test]
    fn tells_manifests_indexes_and_web_pages_apart() {
        let manifest = Manifest::new(Descriptor::of("t", b""), vec![]).print();
        let index = Index::new(vec![]).print();
        let parse = |bytes: &[u8]| Content::parse("application/json", bytes);
        assert!(matches!(parse(&manifest), Ok(Content::Manifest(_))));
        assert!(matches!(parse(&index), Ok(Content::Index(_))));
        assert!(matches!(parse(b"\n<!doctype html>"), Err(ManifestError::WebPage)));
        assert!(matches!(parse(b"{}"), Err(ManifestError::MediaType { .. })));
        assert!(matches!(parse(b"[]"), Err(ManifestError::Json { .. })));
        assert!(Manifest::parse(br#"{"config":{"digest":"md5:0","size":1}}"#).is_err());
    }

    #[test]
    fn reads_null_lists() {
        let digest = crate::Digest::of(b"");
        let text = format!(
            r#"{{"config":{{"mediaType":"t","digest":"{digest}","size":0,"urls":null}},"layers":null,"annotations":null}}"#
        );
        assert!(Manifest::parse(text.as_bytes()).unwrap().layers.is_empty());
    }
}
