use crate::document::Object;

/// Objects in `crds` are CRDs.
pub(super) fn check(object: &Object) -> Option<String> {
    (object.kind != "CustomResourceDefinition")
        .then(|| "object kind is not 'CustomResourceDefinition'".to_owned())
}
