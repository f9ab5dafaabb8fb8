use std::collections::BTreeMap;
use std::ops::Range;

use rhumb_yaml::{Content, Mapping, Node};

use super::Object;

/// Reads as Go's `encoding/json` does, which goes on behind a wrong value and then tells of the
/// first.
pub(super) struct Reader {
    /// What is wrong, and where in the document.
    pub(super) problem: Option<(String, usize)>,
    /// Where the document starts in its stream.
    start: usize,
    is_json: bool,
}

impl Reader {
    pub(super) fn new(start: usize, is_json: bool) -> Self {
        Self { problem: None, start, is_json }
    }

    fn wrong(&mut self, node: &Node, place: &str) {
        let kind = node.json_kind();
        let at = node.span.start as usize;
        self.problem
            .get_or_insert_with(|| (format!("json: cannot unmarshal {kind} into Go {place}"), at));
    }

    /// The entries in the order in which Go reads them: YAML becomes JSON with sorted keys first.
    fn entries<'m>(&self, mapping: &'m Mapping) -> Vec<(String, &'m Node)> {
        let entries = mapping.iter().map(|entry| (entry.key.clone(), &entry.value));
        if self.is_json {
            return entries.collect();
        }
        entries.collect::<BTreeMap<_, _>>().into_iter().collect()
    }

    pub(super) fn object(&mut self, node: &Node) -> Option<Object> {
        let start = self.start + node.span.start as usize;
        let mut object = Object { start, ..Object::default() };
        match &node.content {
            Content::Null => return None,
            Content::Map(mapping) => {
                for (key, value) in self.entries(mapping) {
                    self.entry(&key.to_lowercase(), value, &mut object);
                }
            }
            _ => self.wrong(node, "value of type rules.k8sYamlStruct"),
        }
        Some(object)
    }

    fn entry(&mut self, key: &str, value: &Node, object: &mut Object) {
        let (place, target) = match key {
            "apiversion" => ("k8sYamlStruct.apiVersion", &mut object.api_version),
            "kind" => ("k8sYamlStruct.Kind", &mut object.kind),
            "metadata" => return self.metadata(value, object),
            _ => return,
        };
        self.text(value, place, target);
        let key = if key == "kind" { "kind" } else { "apiVersion" };
        object.places.push((key, self.bytes(value)));
    }

    fn metadata(&mut self, node: &Node, object: &mut Object) {
        match &node.content {
            Content::Null => {}
            Content::Map(mapping) => {
                for (key, value) in self.entries(mapping) {
                    let mut namespace = String::new();
                    match key.to_lowercase().as_str() {
                        "name" => {
                            self.text(value, "k8sYamlMetadata.Metadata.Name", &mut object.name);
                            object.places.push(("name", self.bytes(value)));
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

    fn bytes(&self, node: &Node) -> Range<usize> {
        self.start + node.span.start as usize..self.start + node.span.end as usize
    }

    fn text(&mut self, node: &Node, place: &str, target: &mut String) {
        match &node.content {
            Content::Null => {}
            Content::Text(text) => target.clone_from(text),
            // On the way from YAML to JSON, scalars become what the target wants.
            Content::Bool(value) if !self.is_json => *target = value.to_string(),
            Content::Int(number) if !self.is_json => *target = number.to_string(),
            Content::Uint(number) if !self.is_json => *target = number.to_string(),
            Content::Float(number) if !self.is_json => {
                *target = rhumb_value::float::text(*number);
            }
            _ => self.wrong(node, &format!("struct field {place} of type string")),
        }
    }
}
