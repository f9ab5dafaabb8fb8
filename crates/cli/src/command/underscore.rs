//! What Helm tells of tags with an underscore in them.

/// The note, word for word.
pub(super) fn note(reference: &str) -> String {
    format!(
        "{reference} contains an underscore.

OCI artifact references (e.g. tags) do not support the plus sign (+). To support
storing semantic versions, Helm adopts the convention of changing plus (+) to
an underscore (_) in chart version tags when pushing to a registry and back to
a plus (+) when pulling from a registry."
    )
}
