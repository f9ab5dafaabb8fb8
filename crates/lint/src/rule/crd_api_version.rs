use crate::document::Object;
use crate::finding::Finding;

/// Objects in `crds` are of the API of CRDs.
pub(super) fn check(object: &Object) -> Option<Finding> {
    let bad = !object.api_version.starts_with("apiextensions.k8s.io");
    bad.then(|| {
        Finding::new("apiVersion is not in 'apiextensions.k8s.io'", Some(object.at("apiVersion")))
    })
}
