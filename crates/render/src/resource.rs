//! From rendered templates to Kubernetes resources and hooks, in the order to apply them.

mod head;
mod hook;
mod order;
mod sorter;
mod split;

use bytes::Bytes;

pub use head::Head;
pub use hook::{Hook, HookEvent};
pub use order::{install_order, uninstall_order};
pub use rhumb_yaml::LoadError as ParseError;
pub use sorter::Sorter;
pub use split::split;

/// White space as Go's `unicode.IsSpace` sees it.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace()
}

/// A document of a rendered template, to be applied to a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The template that it came from, such as `web/templates/service.yaml`.
    pub path: String,
    /// The document, which is UTF-8, as a part of the template's text.
    pub text: Bytes,
    /// What it says about itself.
    pub head: Head,
}

/// All documents of rendered templates, in the order in which they are installed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// What makes up the release.
    pub resources: Vec<Resource>,
    /// What is applied at certain moments only.
    pub hooks: Vec<Hook>,
    /// Lists of hook events that name an unknown one; their documents are left out.
    pub unknown_hooks: Vec<String>,
}

/// A rendered template that holds a document which is no resource.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("YAML parse error on {path}: {error}")]
pub struct ResourceError {
    /// The template.
    pub path: String,
    /// The document, so that the place can be shown.
    pub text: Bytes,
    /// What is wrong with it.
    pub error: ParseError,
    /// The unknown hooks of documents before it, as [`Resources`] has them.
    pub unknown_hooks: Vec<String>,
}

/// Whether a template only helps others: its last name starts with `_`.
pub fn is_partial(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
}
