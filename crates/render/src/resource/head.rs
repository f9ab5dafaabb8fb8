use std::collections::BTreeMap;

use rhumb_yaml::{Content, Mapping, Node, Options};

use super::ParseError;

/// What Helm reads of each rendered document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.name`
    pub name: String,
    /// `metadata.annotations`
    pub annotations: BTreeMap<String, String>,
}

/// How Go names the type of `metadata` in errors.
const METADATA: &str = "struct { Name string \"json:\\\"name\\\"\"; \
                        Annotations map[string]string \"json:\\\"annotations\\\"\" }";

impl Head {
    /// Reads a document, all of which must be YAML that JSON can express.
    ///
    /// # Errors
    ///
    /// If it is not, or if something that is read is of another kind than it must be.
    pub fn read(document: &str) -> Result<Self, ParseError> {
        let node = rhumb_yaml::parse(document.as_bytes(), &Options::default())
            .map_err(|error| ParseError::Convert(error.to_string()))?;
        let mut reader = Reader::default();
        let head = reader.head(&node);
        match reader.problem {
            Some(problem) => Err(ParseError::Shape(problem)),
            None => Ok(head),
        }
    }
}

/// Reads nodes as Go's `encoding/json` does, which goes on behind a wrong value and then tells of
/// the first.
#[derive(Default)]
struct Reader {
    problem: Option<String>,
}

/// The entries in the order in which Go reads them, with the last of each key.
fn sorted(mapping: &Mapping) -> BTreeMap<&str, &Node> {
    mapping.iter().map(|entry| (entry.key.as_str(), &entry.value)).collect()
}

impl Reader {
    fn wrong(&mut self, node: &Node, place: &str) {
        let kind = node.json_kind();
        self.problem
            .get_or_insert_with(|| format!("json: cannot unmarshal {kind} into Go {place}"));
    }

    fn head(&mut self, node: &Node) -> Head {
        let mut head = Head::default();
        match &node.content {
            Content::Null => {}
            Content::Map(mapping) => {
                for (key, value) in sorted(mapping) {
                    self.field(&mut head, key, value);
                }
            }
            _ => self.wrong(node, "value of type util.SimpleHead"),
        }
        head
    }

    fn field(&mut self, head: &mut Head, key: &str, node: &Node) {
        if is_named(key, "apiVersion") {
            self.text(node, "SimpleHead.apiVersion", &mut head.api_version);
        } else if is_named(key, "kind") {
            self.text(node, "SimpleHead.kind", &mut head.kind);
        } else if is_named(key, "metadata") {
            self.metadata(head, node);
        }
    }

    fn metadata(&mut self, head: &mut Head, node: &Node) {
        match &node.content {
            Content::Null => {
                head.name.clear();
                head.annotations.clear();
            }
            Content::Map(mapping) => {
                for (key, value) in sorted(mapping) {
                    if is_named(key, "name") {
                        self.text(value, ".metadata.name", &mut head.name);
                    } else if is_named(key, "annotations") {
                        self.annotations(head, value);
                    }
                }
            }
            _ => self.wrong(node, &format!("struct field SimpleHead.metadata of type {METADATA}")),
        }
    }

    fn annotations(&mut self, head: &mut Head, node: &Node) {
        match &node.content {
            Content::Null => head.annotations.clear(),
            Content::Map(mapping) => {
                for (key, value) in sorted(mapping) {
                    let mut text = String::new();
                    self.text(value, ".metadata.annotations", &mut text);
                    head.annotations.insert(key.to_owned(), text);
                }
            }
            _ => {
                self.wrong(node, "struct field .metadata.annotations of type map[string]string");
            }
        }
    }

    /// A text; numbers and truth values are taken as they are written in Go.
    fn text(&mut self, node: &Node, place: &str, target: &mut String) {
        match &node.content {
            Content::Null => {}
            Content::Bool(value) => *target = value.to_string(),
            Content::Int(number) => *target = number.to_string(),
            Content::Uint(number) => *target = number.to_string(),
            Content::Float(number) => *target = rhumb_value::float::text(*number),
            Content::Text(text) => target.clone_from(text),
            Content::List(_) | Content::Map(_) => {
                self.wrong(node, &format!("struct field {place} of type string"));
            }
        }
    }
}

/// Whether JSON in Go takes a key for a field: small and capital letters are the same to it.
fn is_named(key: &str, field: &str) -> bool {
    key.eq_ignore_ascii_case(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(document: &str) -> String {
        Head::read(document).expect_err("no head").to_string()
    }

    #[test]
    fn texts_may_be_written_as_numbers() {
        let head =
            Head::read("kind: 1\nMetaData: {name: 1.50, Annotations: {a: true, b: }}").unwrap();
        assert_eq!((head.kind.as_str(), head.name.as_str()), ("1", "1.5"));
        assert_eq!(head.annotations["a"], "true");
        assert_eq!(head.annotations["b"], "");
        assert_eq!(Head::read("# nothing").unwrap(), Head::default());
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
