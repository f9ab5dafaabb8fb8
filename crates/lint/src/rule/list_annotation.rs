use rhumb_yaml::Options;

use super::Rendered;

/// Items of a list carry no resource policy: it would not be seen there.
pub(super) fn check(rendered: &Rendered<'_>) -> Option<String> {
    if rendered.object.kind != "List" {
        return None;
    }
    let node = match rhumb_yaml::parse(rendered.text.as_bytes(), &Options::default()) {
        Ok(node) => node,
        Err(error) => {
            return Some(format!("unable to parse YAML: error converting YAML to JSON: {error}"));
        }
    };
    let items = node.get("items").and_then(|items| items.as_list()).unwrap_or_default();
    let annotated = items.iter().any(|item| {
        let metadata = item.get("metadata");
        let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
        annotations.and_then(|all| all.get("helm.sh/resource-policy")).is_some()
    });
    annotated
        .then(|| "annotation 'helm.sh/resource-policy' within List objects are ignored".to_owned())
}
