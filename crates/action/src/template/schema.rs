use std::io::Read as _;

use rhumb_chart::SchemaLoader;
use rhumb_registry::Client;
use rhumb_report::system_words;
use rhumb_value::url::Url;

/// Bytes of a document that a schema refers to which are read at most.
const MAX_DOCUMENT: u64 = 16 << 20;

/// Finds the documents that schemas refer to, on this machine and on web servers.
pub(crate) struct Loader<'c>(pub(crate) &'c Client);

impl SchemaLoader for Loader<'_> {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        let parsed = Url::parse(url.as_bytes())?;
        if parsed.scheme == b"file" {
            return read(&String::from_utf8_lossy(&parsed.path));
        }
        self.fetch(url)
    }
}

impl Loader<'_> {
    /// Downloads on a thread of its own, since this one may belong to a runtime.
    fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        let failed = |why: &dyn std::fmt::Display| format!("HTTP request failed for {url}: {why}");
        let work = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(|error| failed(&error))?;
            runtime.block_on(self.0.resource(url, MAX_DOCUMENT)).map_err(|error| match error {
                rhumb_registry::Error::Resource { status, .. } => {
                    let (code, name) = (status.as_u16(), status.canonical_reason());
                    let name = name.unwrap_or_default();
                    format!("HTTP request to {url} returned status {code} ({name})")
                }
                error => failed(&error),
            })
        };
        std::thread::scope(|scope| match scope.spawn(work).join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    }
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)
        .map_err(|error| format!("open {path}: {}", system_words(&error)))?;
    file.take(MAX_DOCUMENT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("read {path}: {}", system_words(&error)))?;
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(format!("{path} is larger than {MAX_DOCUMENT} bytes"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn paths_of_files_are_unescaped() {
        let client = Client::builder(Arc::new(|| SystemTime::UNIX_EPOCH)).build();
        let loader = Loader(&client);
        let folder = tempfile::tempdir().expect("a folder");
        let name = folder.path().display();
        std::fs::write(folder.path().join("a ü.json"), "{}").expect("a file");
        let found = loader.load(&format!("file://{name}/a%20%C3%BC.json?b"));
        assert_eq!(found.as_deref(), Ok(b"{}".as_slice()));
        let missing = loader.load("file://host/no%20file");
        assert_eq!(missing, Err("open /no file: no such file or directory".to_owned()));
    }
}
