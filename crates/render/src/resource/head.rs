use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rhumb_yaml::{HeadReader, Options};

pub use rhumb_yaml::Head;

use super::ParseError;

/// Bytes of documents for which a further thread pays.
const BYTES_PER_THREAD: usize = 256 << 10;

/// What became of a document, and its number.
type Numbered = (usize, Result<Head, ParseError>);

/// Reads the heads of documents, given with their paths; of many, some at a time.
///
/// Each must be YAML that JSON can express. Every thread takes the next document that is left, so
/// that a thread that starts late, on a busy machine, holds up none.
pub(super) fn read_all(documents: &[(&str, &str)]) -> Vec<Result<Head, ParseError>> {
    let bytes: usize = documents.iter().map(|(_, document)| document.len()).sum();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(bytes / BYTES_PER_THREAD + 1);
    let next = AtomicUsize::new(0);
    let mut heads = thread::scope(|scope| {
        let others = 1..threads;
        let others: Vec<_> = others.map(|_| scope.spawn(|| read_some(documents, &next))).collect();
        let mut heads = read_some(documents, &next);
        for thread in others {
            match thread.join() {
                Ok(more) => heads.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        heads
    });
    heads.sort_unstable_by_key(|(number, _)| *number);
    heads.into_iter().map(|(_, head)| head).collect()
}

/// Reads the heads of the documents that nobody has taken yet.
fn read_some(documents: &[(&str, &str)], next: &AtomicUsize) -> Vec<Numbered> {
    let (mut reader, options) = (HeadReader::default(), Options::deep());
    let mut heads = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some((_, document)) = documents.get(number) else { return heads };
        heads.push((number, reader.read(document.as_bytes(), &options)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(document: &str) -> Result<Head, ParseError> {
        read_all(&[("path", document)]).remove(0)
    }

    fn error(document: &str) -> String {
        read(document).expect_err("no head").to_string()
    }

    #[test]
    fn texts_may_be_written_as_numbers() {
        let head = read("kind: 1\nMetaData: {name: 1.50, Annotations: {a: true, b: }}").unwrap();
        assert_eq!((head.kind.as_str(), head.name.as_str()), ("1", "1.5"));
        assert_eq!(head.annotations["a"], "true");
        assert_eq!(head.annotations["b"], "");
        assert_eq!(read("# nothing").unwrap(), Head::default());
    }

    #[test]
    fn many_documents_keep_their_order() {
        let texts: Vec<String> =
            (0..500).map(|n| format!("kind: K{n}\na: {}\n", "x".repeat(3_000))).collect();
        let documents: Vec<_> = texts.iter().map(|text| ("path", text.as_str())).collect();
        let kinds: Vec<_> =
            read_all(&documents).into_iter().map(|head| head.unwrap().kind).collect();
        assert_eq!(kinds.len(), 500);
        assert!(kinds.iter().enumerate().all(|(n, kind)| *kind == format!("K{n}")));
    }

    #[test]
    fn other_shapes_are_refused_in_words_of_go() {
        let prefix = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal";
        assert_eq!(error("abc"), format!("{prefix} string into Go value of type util.SimpleHead"));
        assert_eq!(
            error("metadata: {annotations: {a: [1]}}\nkind: [1]"),
            format!("{prefix} array into Go struct field SimpleHead.kind of type string")
        );
        assert_eq!(
            error("metadata: 5"),
            format!(
                "{prefix} number into Go struct field SimpleHead.metadata of type struct {{ Name \
                 string \"json:\\\"name\\\"\"; Annotations map[string]string \
                 \"json:\\\"annotations\\\"\" }}"
            )
        );
        assert_eq!(
            error("a: ["),
            "error converting YAML to JSON: yaml: line 1: did not find expected node content"
        );
    }
}
