use crate::document::Object;
use crate::finding::Finding;

/// Objects in `crds` are CRDs.
pub(super) fn check(object: &Object) -> Option<Finding> {
    let bad = object.kind != "CustomResourceDefinition";
    bad.then(|| {
        Finding::new("object kind is not 'CustomResourceDefinition'", Some(object.at("kind")))
    })
}
