use std::thread;

use rhumb_yaml::Options;

pub use rhumb_yaml::Head;

use super::ParseError;

/// Bytes of documents for which a further thread pays.
const BYTES_PER_THREAD: usize = 256 << 10;

/// Reads the heads of documents, given with their paths; of many, some at a time.
pub(super) fn read_all(documents: &[(&str, &str)]) -> Vec<Result<Head, ParseError>> {
    let part = |part: &[(&str, &str)]| -> Vec<_> {
        part.iter().map(|(_, document)| read(document)).collect()
    };
    let bytes: usize = documents.iter().map(|(_, document)| document.len()).sum();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(bytes / BYTES_PER_THREAD + 1);
    if threads == 1 {
        return part(documents);
    }
    let parts = parts(documents, bytes.div_ceil(threads));
    thread::scope(|scope| {
        let threads: Vec<_> = parts.into_iter().map(|some| scope.spawn(|| part(some))).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, Vec<_>>| match thread.join() {
            Ok(heads) => heads,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().flat_map(join).collect()
    })
}

/// Cuts a list of documents into parts of about so many bytes.
fn parts<'d, 't>(
    documents: &'d [(&'t str, &'t str)],
    size: usize,
) -> Vec<&'d [(&'t str, &'t str)]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, (_, document)) in documents.iter().enumerate() {
        bytes += document.len();
        if bytes >= size {
            parts.push(&documents[start..=at]);
            (start, bytes) = (at + 1, 0);
        }
    }
    parts.push(&documents[start..]);
    parts
}

/// Reads the head of a document, all of which must be YAML that JSON can express.
pub(super) fn read(document: &str) -> Result<Head, ParseError> {
    rhumb_yaml::read_head(document.as_bytes(), &Options::deep())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(parts(&documents, 1 << 20).concat(), documents);
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
