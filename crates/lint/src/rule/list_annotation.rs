use rhumb_yaml::Options;

use super::Rendered;
use crate::finding::Finding;

/// Items of a list carry no resource policy: it would not be seen there.
pub(super) fn check(rendered: &Rendered<'_>) -> Option<Finding> {
    if rendered.object.kind != "List" {
        return None;
    }
    let node = match rhumb_yaml::parse(rendered.text.as_bytes(), &Options::default()) {
        Ok(node) => node,
        Err(error) => {
            let at = error.offset().map(|at| at as usize..at as usize);
            let text = format!("unable to parse YAML: error converting YAML to JSON: {error}");
            return Some(Finding::new(text, at));
        }
    };
    let items = node.get("items").and_then(|items| items.as_list()).unwrap_or_default();
    let policy = items.iter().find_map(|item| {
        let annotations = item.get("metadata")?.get("annotations")?;
        annotations.get("helm.sh/resource-policy")
    })?;
    let at = policy.span.start as usize..policy.span.end as usize;
    Some(Finding::new(
        "annotation 'helm.sh/resource-policy' within List objects are ignored",
        Some(at),
    ))
}
