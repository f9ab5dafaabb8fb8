use std::sync::Arc;
use std::time::SystemTime;

use rhumb_oci::{Descriptor, Digest, Index, Manifest, Reference, media_type};
use rhumb_registry::{Blob, Client, IfExists, Push, Transport};

use super::Registry;

/// An artifact to put into a registry byte for byte, be it a chart or not.
pub(crate) struct Artifact {
    pub(crate) config: (String, String),
    pub(crate) layers: Vec<(String, Vec<u8>)>,
}

impl Artifact {
    /// What looks like a chart; its archive is some bytes.
    pub(crate) fn chart(name: &str, version: &str) -> Self {
        let config = format!(
            r#"{{"name":"{name}","version":"{version}","description":"About {name}","apiVersion":"v2","appVersion":"7"}}"#
        );
        let archive = format!("{name} {version}").into_bytes();
        Self {
            config: (media_type::CHART_CONFIG.to_owned(), config),
            layers: vec![(media_type::CHART_LAYER.to_owned(), archive)],
        }
    }

    /// A container image.
    pub(crate) fn image() -> Self {
        Self {
            config: ("application/vnd.oci.image.config.v1+json".to_owned(), "{}".to_owned()),
            layers: vec![("application/vnd.oci.image.layer.v1.tar+gzip".to_owned(), b"x".to_vec())],
        }
    }

    /// Puts it under `repository:tag`, or without a tag by its digest.
    pub(crate) fn push(&self, registry: &Registry, place: &str) -> Descriptor {
        let blob = |(media_type, bytes): &(String, Vec<u8>)| {
            Blob::from_bytes(media_type.clone(), bytes.clone())
        };
        let config = Blob::from_bytes(self.config.0.clone(), self.config.1.clone().into_bytes());
        let layers: Vec<Blob> = self.layers.iter().map(blob).collect();
        let described = layers.iter().map(|blob| blob.descriptor.clone()).collect();
        let mut manifest = Manifest::new(config.descriptor.clone(), described);
        manifest
            .annotations
            .insert("org.opencontainers.image.created".into(), "2026-01-02T03:04:05Z".into());
        let mut blobs = layers;
        blobs.push(config);
        push(registry, place, media_type::MANIFEST, manifest.print(), blobs)
    }
}

/// Puts an index under `repository:tag`.
pub(crate) fn push_index(registry: &Registry, place: &str, manifests: Vec<Descriptor>) -> Digest {
    push(registry, place, media_type::INDEX, Index::new(manifests).print(), Vec::new()).digest
}

fn push(
    registry: &Registry,
    place: &str,
    media_type: &str,
    manifest: Vec<u8>,
    blobs: Vec<Blob>,
) -> Descriptor {
    let reference: Reference = format!("{}/{place}", registry.host()).parse().unwrap();
    #[expect(clippy::disallowed_methods, reason = "nothing here depends on the time")]
    let client = Client::builder(Arc::new(SystemTime::now)).transport(Transport::PlainHttp).build();
    let push = Push {
        reference,
        media_type: media_type.to_owned(),
        manifest: manifest.into(),
        blobs,
        if_exists: IfExists::Overwrite,
    };
    registry.block_on(client.push(&push)).expect("pushed").descriptor
}
