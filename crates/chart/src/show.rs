//! What `show` prints, byte for byte.

use crate::{Chart, PrintError};

/// Which parts of a chart to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Everything.
    All,
    /// `Chart.yaml`.
    Chart,
    /// `values.yaml` as it is, with its comments.
    Values,
    /// The readme.
    Readme,
    /// Custom resource definitions, those of charts within too.
    Crds,
}

impl Chart {
    /// What `show` prints. Nothing is printed for what the chart does not have.
    ///
    /// # Errors
    ///
    /// If the metadata has characters that YAML does not.
    pub fn show(&self, parts: Show) -> Result<Vec<u8>, PrintError> {
        let mut out = Vec::new();
        let wants = |part| parts == part || parts == Show::All;
        let separate = |out: &mut Vec<u8>| {
            if parts == Show::All {
                out.extend_from_slice(b"---\n");
            }
        };
        if wants(Show::Chart) {
            push(&mut out, self.metadata.to_yaml()?.as_bytes());
        }
        if wants(Show::Values) && self.values.is_some() {
            separate(&mut out);
            for file in self.raw.iter().filter(|file| &*file.name == "values.yaml") {
                push(&mut out, &file.data);
            }
        }
        if let Some(file) = self.readme().filter(|_| wants(Show::Readme)) {
            separate(&mut out);
            push(&mut out, &file.data);
        }
        if wants(Show::Crds) {
            for crd in self.crds() {
                if !crd.file.data.starts_with(b"---") {
                    out.extend_from_slice(b"---\n");
                }
                push(&mut out, &crd.file.data);
            }
        }
        Ok(out)
    }
}

fn push(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(text);
    out.push(b'\n');
}
