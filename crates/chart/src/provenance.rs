//! The text of a provenance file: a chart's metadata, and the digests of its files.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::FileError;
use crate::document;
use crate::metadata::{Reader, Target};
use crate::values::Node;

/// What parts the metadata from the digests.
const SEPARATOR: &[u8] = b"\n...\n";

/// The digests that a provenance file has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksums {
    /// By the names of files, such as `sha256:` and 64 digits.
    pub files: BTreeMap<String, String>,
}

/// Why the text of a provenance file cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChecksumsError {
    /// There is nothing after the metadata.
    #[error("message block must have at least two parts")]
    OnePart,
    /// It is no YAML, or has values of other types.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Checksums {
    /// Reads the digests of a provenance file's text. The metadata before them is not looked at.
    ///
    /// # Errors
    ///
    /// If there are none, or what is in their place is not as it must be.
    pub fn read(text: &[u8]) -> Result<Self, ChecksumsError> {
        let after = split(text).ok_or(ChecksumsError::OnePart)?.1;
        let part = split(after).map_or(after, |(part, _)| part);
        let node = document::parse(part, &Arc::from("provenance")).map_err(FileError::from)?;
        let mut found = Found::default();
        Reader::document(&node, &mut found).map_err(FileError::from)?;
        Ok(Self { files: found.files.unwrap_or_default() })
    }
}

fn split(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr::memmem::find(text, SEPARATOR)?;
    Some((&text[..at], &text[at + SEPARATOR.len()..]))
}

#[derive(Default)]
struct Found {
    files: Option<BTreeMap<String, String>>,
    /// Nobody asks for these yet.
    images: Option<BTreeMap<String, String>>,
}

impl Target for Found {
    const NAME: &'static str = "SumCollection";
    const FULL_NAME: &'static str = "provenance.SumCollection";
    const KEYS: &'static [&'static str] = &["files", "images"];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        let target = if key == "files" { &mut self.files } else { &mut self.images };
        reader.text_map(node, target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, String> {
        let read = Checksums::read(text.as_bytes()).map_err(|error| error.to_string())?;
        Ok(read.files.into_iter().collect())
    }

    fn files(names: &[(&str, &str)]) -> Vec<(String, String)> {
        names.iter().map(|(name, sum)| ((*name).to_owned(), (*sum).to_owned())).collect()
    }

    #[test]
    fn digests_stand_after_the_metadata() {
        let text = "name: web\n\n...\nfiles:\n  web-1.0.0.tgz: sha256:ab\n  other: c";
        assert_eq!(read(text).unwrap(), files(&[("other", "c"), ("web-1.0.0.tgz", "sha256:ab")]));
        assert_eq!(read("\n...\n").unwrap(), files(&[]));
        assert_eq!(read("a: [\n...\nfiles: {a: 1}\n...\nb: [").unwrap(), files(&[("a", "1")]));
        assert_eq!(read("a\n...\nFILES: {a: b}").unwrap(), files(&[("a", "b")]));
        assert_eq!(read("a\n...\nfiles:").unwrap(), files(&[]));
    }

    #[test]
    fn what_is_no_such_text_is_told() {
        let one = "message block must have at least two parts";
        assert_eq!(read("files:\n  a: b\n").unwrap_err(), one);
        assert_eq!(read("...\nfiles: {}\n...").unwrap_err(), one);
        assert_eq!(
            read("a\n...\nfiles: 5").unwrap_err(),
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go struct field SumCollection.files of type map[string]string"
        );
        assert_eq!(
            read("a\n...\n- a").unwrap_err(),
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type provenance.SumCollection"
        );
        assert!(read("a\n...\nfiles: [").unwrap_err().starts_with("error converting YAML to JSON"));
    }
}
