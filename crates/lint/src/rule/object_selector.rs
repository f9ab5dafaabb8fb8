use rhumb_value::quote::quote;

use super::Rendered;
use crate::finding::Finding;

/// Workloads say which pods are theirs.
pub(super) fn check(rendered: &Rendered<'_>) -> Option<Finding> {
    let kind = rendered.object.kind.as_str();
    if !matches!(kind, "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet") {
        return None;
    }
    let found = rendered.text.contains("matchLabels") || rendered.text.contains("matchExpressions");
    (!found).then(|| {
        let name = quote(rendered.object.name.as_bytes());
        let text =
            format!("a {kind} must contain matchLabels or matchExpressions, and {name} does not");
        Finding::new(text, Some(rendered.object.at("kind")))
    })
}
