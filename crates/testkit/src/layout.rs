use std::fs;
use std::path::Path;

use rhumb_oci::Digest;
use serde_json::{Value, json};

use crate::ChartFile;

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.cncf.helm.config.v1+json";
const CHART: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/// Writes a chart as an OCI image layout, the form in which general tools take artifacts, and returns the digest of
/// its manifest.
pub(crate) fn write(folder: &Path, chart: &ChartFile) -> String {
    let config = put(folder, CONFIG, chart.metadata().to_string().as_bytes());
    let layer = put(folder, CHART, &chart.archive);
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": config,
        "layers": [layer],
        "annotations": {
            "org.opencontainers.image.title": chart.name,
            "org.opencontainers.image.version": chart.version,
        },
    });
    let mut manifest = put(folder, MANIFEST, manifest.to_string().as_bytes());
    let digest = manifest["digest"].as_str().expect("a digest").to_owned();
    manifest["annotations"] = json!({ "org.opencontainers.image.ref.name": chart.tag() });
    let index = json!({ "schemaVersion": 2, "manifests": [manifest] });
    fs::write(folder.join("index.json"), index.to_string()).expect("a file");
    fs::write(folder.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#).expect("a file");
    digest
}

/// Reads the only artifact of a layout: the digest of its manifest, and the chart's bytes.
pub(crate) fn read(folder: &Path) -> (String, Vec<u8>) {
    let index = fs::read(folder.join("index.json")).expect("a layout");
    let index: Value = serde_json::from_slice(&index).expect("an index");
    let digest = index["manifests"][0]["digest"].as_str().expect("a manifest").to_owned();
    let manifest: Value = serde_json::from_slice(&blob(folder, &digest)).expect("a manifest");
    let layers = manifest["layers"].as_array().expect("layers");
    let chart = layers.iter().find(|layer| layer["mediaType"] == CHART).expect("a chart");
    let archive = blob(folder, chart["digest"].as_str().expect("a digest"));
    (digest, archive)
}

/// The bytes of a blob, which must have the digest that names them.
fn blob(folder: &Path, digest: &str) -> Vec<u8> {
    let path = folder.join("blobs").join(digest.replace(':', "/"));
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(Digest::of(&bytes).to_string(), digest);
    bytes
}

/// Writes a blob and returns its descriptor.
fn put(folder: &Path, media_type: &str, bytes: &[u8]) -> Value {
    let digest = Digest::of(bytes).to_string();
    let path = folder.join("blobs").join(digest.replace(':', "/"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
    json!({ "mediaType": media_type, "digest": digest, "size": bytes.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let chart = ChartFile::small("web", "1.0.0+a");
        let digest = write(folder.path(), &chart);
        assert_eq!(read(folder.path()), (digest, chart.archive));
    }
}
