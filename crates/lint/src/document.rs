//! Objects in streams of YAML documents, as the library of Kubernetes reads them.

use std::collections::BTreeMap;

use rhumb_yaml::{Content, Mapping, Node, Options};

/// What the rules look at in an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
}

/// Reads all objects of a stream; after a document that is none, nothing more. Documents of
/// nothing are left out.
pub(crate) fn objects(text: &str) -> impl Iterator<Item = Result<Object, String>> {
    let mut failed = false;
    documents(text)
        .into_iter()
        .map_while(move |document| {
            if failed {
                return None;
            }
            let object = document.and_then(|document| object(&document));
            failed = object.is_err();
            Some(object)
        })
        .filter_map(Result::transpose)
}

/// Splits a stream at lines that start with `---`, which nothing but a comment may follow.
fn documents(text: &str) -> Vec<Result<String, String>> {
    let mut documents = Vec::new();
    let mut document = String::new();
    for line in text.split_inclusive('\n') {
        let Some(rest) = line.strip_prefix("---") else {
            document.push_str(line);
            continue;
        };
        let rest = rest.trim();
        if !rest.is_empty() && !rest.starts_with('#') {
            documents.push(Err(format!("invalid Yaml document separator: {rest}")));
            return documents;
        }
        if !document.is_empty() {
            documents.push(Ok(std::mem::take(&mut document)));
        }
    }
    if !document.is_empty() {
        documents.push(Ok(document));
    }
    documents
}

fn object(document: &str) -> Result<Option<Object>, String> {
    let node = rhumb_yaml::parse(document.as_bytes(), &Options::default())
        .map_err(|error| format!("error converting YAML to JSON: {error}"))?;
    let mut reader = Reader::default();
    let object = reader.object(&node);
    match reader.problem {
        Some(problem) => Err(format!("error unmarshaling JSON: while decoding JSON: {problem}")),
        None => Ok(object),
    }
}

/// Reads as Go's `encoding/json` does, which goes on behind a wrong value and then tells of the
/// first.
#[derive(Default)]
struct Reader {
    problem: Option<String>,
}

fn sorted(mapping: &Mapping) -> BTreeMap<String, &Node> {
    mapping.iter().map(|entry| (entry.key.clone(), &entry.value)).collect()
}

impl Reader {
    fn wrong(&mut self, node: &Node, place: &str) {
        let kind = node.json_kind();
        self.problem
            .get_or_insert_with(|| format!("json: cannot unmarshal {kind} into Go {place}"));
    }

    fn object(&mut self, node: &Node) -> Option<Object> {
        let mut object = Object::default();
        match &node.content {
            Content::Null => return None,
            Content::Map(mapping) => {
                for (key, value) in sorted(mapping) {
                    match key.to_lowercase().as_str() {
                        "apiversion" => {
                            self.text(value, "k8sYamlStruct.apiVersion", &mut object.api_version);
                        }
                        "kind" => self.text(value, "k8sYamlStruct.Kind", &mut object.kind),
                        "metadata" => self.metadata(value, &mut object),
                        _ => {}
                    }
                }
            }
            _ => self.wrong(node, "value of type rules.k8sYamlStruct"),
        }
        Some(object)
    }

    fn metadata(&mut self, node: &Node, object: &mut Object) {
        match &node.content {
            Content::Null => {}
            Content::Map(mapping) => {
                for (key, value) in sorted(mapping) {
                    let mut namespace = String::new();
                    match key.to_lowercase().as_str() {
                        "name" => {
                            self.text(value, "k8sYamlMetadata.Metadata.Name", &mut object.name);
                        }
                        "namespace" => {
                            self.text(value, "k8sYamlMetadata.Metadata.Namespace", &mut namespace);
                        }
                        _ => {}
                    }
                }
            }
            _ => self
                .wrong(node, "struct field k8sYamlStruct.Metadata of type rules.k8sYamlMetadata"),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_a_stream() {
        let all: Vec<_> =
            objects("kind: A\n---\n# nothing\n--- # b\nKIND: B\nmetadata: {name: 1}\n").collect();
        let object = |kind: &str, name: &str| {
            Ok(Object { kind: kind.to_owned(), name: name.to_owned(), ..Object::default() })
        };
        assert_eq!(all, [object("A", ""), object("B", "1")]);
    }

    #[test]
    fn the_first_error_ends_it() {
        let all: Vec<_> = objects("kind: [1]\n---\nkind: B\n").collect();
        assert_eq!(
            all,
            [Err(
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into \
                  Go struct field k8sYamlStruct.Kind of type string"
                    .to_owned()
            )]
        );
        let glued: Vec<_> = objects("---kind: B\n").collect();
        assert_eq!(glued, [Err("invalid Yaml document separator: kind: B".to_owned())]);
    }
}
