use std::cell::RefCell;
use std::collections::BTreeMap;

use bytes::Bytes;
use rhumb_gotmpl::{Error, Functions, Parsed};

/// Bytes of texts that are kept; beyond that, all is forgotten.
const MAX_BYTES: usize = 64 << 20;

/// The files that were parsed, by path: a chart that is rendered again, with other values, has the
/// same templates.
#[derive(Debug, Default)]
pub(super) struct ParsedFiles(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    files: BTreeMap<String, Parsed>,
    bytes: usize,
}

impl ParsedFiles {
    /// The templates of a file.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`].
    pub(super) fn get(
        &self,
        path: &str,
        text: &Bytes,
        functions: &Functions,
    ) -> Result<Parsed, Error> {
        let mut kept = self.0.borrow_mut();
        if let Some(known) = kept.files.get(path)
            && known.text() == text
        {
            return Ok(known.clone());
        }
        let parsed = Parsed::new(path, text, functions)?;
        if kept.bytes.saturating_add(text.len()) > MAX_BYTES {
            *kept = Kept::default();
        }
        kept.bytes += text.len();
        let replaced = kept.files.insert(path.to_owned(), parsed.clone());
        kept.bytes -= replaced.map_or(0, |replaced| replaced.text().len());
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &ParsedFiles, text: &str) -> Vec<String> {
        let parsed = files
            .get("a/templates/x", &Bytes::copy_from_slice(text.as_bytes()), &Functions::new(&[]))
            .unwrap();
        parsed.names().map(str::to_owned).collect()
    }

    #[test]
    fn a_file_that_changes_is_parsed_again() {
        let files = ParsedFiles::default();
        let text = "{{ define \"one\" }}{{ end }}";
        assert_eq!(names(&files, text), names(&files, text));
        assert_eq!(names(&files, "{{ define \"two\" }}{{ end }}"), ["two", "a/templates/x"]);
        assert_eq!(files.0.borrow().bytes, text.len());
    }
}
