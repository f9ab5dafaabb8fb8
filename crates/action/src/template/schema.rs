use std::io::Read as _;

use rhumb_chart::SchemaLoader;

/// Bytes of a document that a schema refers to which are read at most.
const MAX_DOCUMENT: u64 = 16 << 20;

/// Finds the documents that schemas refer to on this machine.
#[derive(Debug)]
pub(crate) struct Loader;

impl SchemaLoader for Loader {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        let Some(path) = url.strip_prefix("file://") else {
            return Err(format!("{url} cannot be fetched yet"));
        };
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(|error| format!("open {path}: {error}"))?;
        file.take(MAX_DOCUMENT + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("read {path}: {error}"))?;
        if bytes.len() as u64 > MAX_DOCUMENT {
            return Err(format!("{path} is larger than {MAX_DOCUMENT} bytes"));
        }
        Ok(bytes)
    }
}
