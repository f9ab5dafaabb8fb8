use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// A packed chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartFile {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The archive.
    pub archive: Vec<u8>,
}

impl ChartFile {
    /// The entry that an index has of the chart, as a YAML flow mapping; `url` is where its archive is.
    pub fn index_entry(&self, url: &str) -> String {
        let Self { name, version, archive } = self;
        let digest = rhumb_oci::Digest::of(archive);
        let digest = digest.hex();
        format!(
            "{{apiVersion: v2, name: {name}, version: {version}, appVersion: \"1.0\", description: About {name}, digest: {digest}, urls: ['{url}']}}"
        )
    }

    /// A small chart with one template.
    ///
    /// # Panics
    ///
    /// If memory takes no archive.
    pub fn small(name: &str, version: &str) -> Self {
        let metadata =
            format!("apiVersion: v2\nname: {name}\nversion: {version}\nappVersion: \"1.0\"\n");
        let template = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n";
        let files = [("Chart.yaml", &*metadata), ("templates/map.yaml", template)];
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
        for (path, text) in files {
            let mut header = tar::Header::new_ustar();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            let path = format!("{name}/{path}");
            archive.append_data(&mut header, path, text.as_bytes()).expect("memory takes all");
        }
        let archive = archive.into_inner().and_then(GzEncoder::finish).expect("memory takes all");
        Self { name: name.to_owned(), version: version.to_owned(), archive }
    }

    /// The name of its file, as Helm writes it.
    pub fn file_name(&self) -> String {
        format!("{}-{}.tgz", self.name, self.version)
    }

    /// The tag of its version: a `+` becomes `_`.
    pub fn tag(&self) -> String {
        self.version.replace('+', "_")
    }

    /// What its config blob says.
    pub(crate) fn metadata(&self) -> Value {
        json!({ "name": self.name, "version": self.version, "apiVersion": "v2", "appVersion": "1.0" })
    }
}
