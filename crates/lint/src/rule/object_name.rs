use rhumb_value::quote::quote;

use super::Rendered;
use crate::check::{object_name, object_name_problems};
use crate::finding::Finding;

/// The name is one that Kubernetes takes for the kind.
pub(super) fn check(rendered: &Rendered<'_>) -> Option<Finding> {
    let name = rendered.object.name.as_str();
    let quoted = quote(name.as_bytes());
    let problems = object_name_problems(name, object_name(&rendered.object.kind));
    let problems: Vec<_> = problems
        .iter()
        .map(|problem| format!("metadata.name: Invalid value: {quoted}: {problem}"))
        .collect();
    let all = match problems.as_slice() {
        [] => return None,
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let text =
        format!("object name does not conform to Kubernetes naming requirements: {quoted}: {all}");
    Some(Finding::new(text, Some(rendered.object.at("name"))))
}
