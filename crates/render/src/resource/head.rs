use rhumb_yaml::Options;

pub use rhumb_yaml::Head;

use super::ParseError;

/// Reads the head of a document, all of which must be YAML that JSON can express.
pub(super) fn read(document: &str) -> Result<Head, ParseError> {
    rhumb_yaml::read_head(document.as_bytes(), &Options::default())
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
