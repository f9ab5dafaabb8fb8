use crate::document::Object;

/// Objects in `crds` are of the API of CRDs.
pub(super) fn check(object: &Object) -> Option<String> {
    (!object.api_version.starts_with("apiextensions.k8s.io"))
        .then(|| "apiVersion is not in 'apiextensions.k8s.io'".to_owned())
}
