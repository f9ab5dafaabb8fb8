//! Media types that charts and registries use.

/// An OCI image manifest.
pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// An OCI image index.
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// A Docker manifest, schema 2.
pub const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
/// A Docker manifest list.
pub const DOCKER_MANIFEST_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
/// The OCI empty descriptor's type.
pub const EMPTY: &str = "application/vnd.oci.empty.v1+json";
/// A chart's config blob: its metadata as JSON.
pub const CHART_CONFIG: &str = "application/vnd.cncf.helm.config.v1+json";
/// A chart's archive.
pub const CHART_LAYER: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
/// A chart's archive as pushed by early experimental clients.
pub const LEGACY_CHART_LAYER: &str = "application/tar+gzip";
/// A chart's provenance file.
pub const PROVENANCE_LAYER: &str = "application/vnd.cncf.helm.chart.provenance.v1.prov";

/// What to accept where any manifest will do, most wanted first.
pub const MANIFESTS: &[&str] = &[MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_MANIFEST_LIST];

/// Whether this names a manifest or an index.
pub fn is_manifest(media_type: &str) -> bool {
    MANIFESTS.contains(&media_type)
}
