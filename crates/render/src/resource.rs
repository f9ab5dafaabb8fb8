//! From rendered templates to Kubernetes resources and hooks, in the order to apply them.

mod order;
mod split;

pub use order::{install_order, uninstall_order};
pub use split::split;

/// White space as Go's `unicode.IsSpace` sees it.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace()
}
