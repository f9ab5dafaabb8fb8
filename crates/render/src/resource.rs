//! From rendered templates to Kubernetes resources and hooks, in the order to apply them.

mod head;
mod hook;
mod order;
mod split;

use std::collections::BTreeMap;

pub use head::Head;
pub use hook::{Hook, HookEvent};
pub use order::{install_order, uninstall_order};
pub use rhumb_yaml::LoadError as ParseError;
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
    /// The document.
    pub text: String,
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
    pub text: String,
    /// What is wrong with it.
    pub error: ParseError,
}

impl Resources {
    /// Sorts the documents of rendered templates, given by path. Blank ones and partials are left
    /// out; notes must not be among them.
    ///
    /// # Errors
    ///
    /// At the first document that is no resource.
    pub fn sort<'t>(
        templates: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, ResourceError> {
        let templates: BTreeMap<_, _> = templates.into_iter().collect();
        let templates = templates.into_iter().filter(|(path, _)| !is_partial(path));
        let documents: Vec<_> = templates
            .flat_map(|(path, text)| split(text).into_iter().map(move |document| (path, document)))
            .collect();
        let heads = head::read_all(&documents);
        let mut found = Self::default();
        for ((path, document), head) in documents.into_iter().zip(heads) {
            found.add((path, document), head)?;
        }
        found
            .resources
            .sort_by(|a, b| install_order(&a.head.kind).cmp(&install_order(&b.head.kind)));
        found.hooks.sort_by(|a, b| install_order(&a.head.kind).cmp(&install_order(&b.head.kind)));
        Ok(found)
    }

    fn add(
        &mut self,
        (path, document): (&str, &str),
        head: Result<Head, ParseError>,
    ) -> Result<(), ResourceError> {
        let head = head.map_err(|error| ResourceError {
            path: path.to_owned(),
            text: document.to_owned(),
            error,
        })?;
        match hook::find(path, document, &head) {
            hook::Found::Resource => {
                let (path, text) = (path.to_owned(), document.to_owned());
                self.resources.push(Resource { path, text, head });
            }
            hook::Found::Hook(hook) => self.hooks.push(*hook),
            hook::Found::Unknown(names) => self.unknown_hooks.push(names),
        }
        Ok(())
    }
}

impl Resource {
    /// The document as Helm prints it, below a line with its source.
    pub fn print(&self) -> String {
        print_document(&self.path, &self.text)
    }
}

impl Hook {
    /// The document as Helm prints it, below a line with its source.
    pub fn print(&self) -> String {
        print_document(&self.path, &self.text)
    }
}

/// A document below a line with its source.
pub fn print_document(path: &str, text: &str) -> String {
    format!("---\n# Source: {path}\n{text}\n")
}

/// Whether a template only helps others: its last name starts with `_`.
pub(crate) fn is_partial(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_sorted_by_kind_within_path_order() {
        let sorted = Resources::sort([
            ("c/b.yaml", "kind: Service\nmetadata: {name: b}"),
            ("c/_x.yaml", "kind: ["),
            ("c/a.yaml", "kind: Zoo\n---\nkind: Service\n---\nkind: Secret\n"),
        ])
        .unwrap();
        let kinds: Vec<_> =
            sorted.resources.iter().map(|each| (&*each.path, &*each.head.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("c/a.yaml", "Secret"),
                ("c/a.yaml", "Service"),
                ("c/b.yaml", "Service"),
                ("c/a.yaml", "Zoo")
            ]
        );
    }

    #[test]
    fn hooks_are_taken_out() {
        let text = "kind: Job\nmetadata:\n  name: j\n  annotations:\n    \"helm.sh/hook\": \
                    post-delete, Test-Success\n    \"helm.sh/hook-weight\": \"-5\"\n    \
                    \"helm.sh/hook-delete-policy\": Hook-Succeeded , hook-failed\n";
        let found = Resources::sort([("c/j.yaml", text)]).unwrap();
        assert!(found.resources.is_empty());
        let hook = &found.hooks[0];
        assert_eq!(hook.events, [HookEvent::PostDelete, HookEvent::Test]);
        assert_eq!(hook.weight, -5);
        assert_eq!(hook.delete_policies, ["hook-succeeded", "hook-failed"]);
        assert!(hook.log_policies.is_empty());
    }

    #[test]
    fn one_unknown_event_drops_the_document() {
        let text = "metadata: {annotations: {helm.sh/hook: 'test,foo'}}";
        let found = Resources::sort([("c/j.yaml", text)]).unwrap();
        assert_eq!(found.unknown_hooks, ["test,foo"]);
        assert!(found.resources.is_empty() && found.hooks.is_empty());
    }

    #[test]
    fn bad_yaml_names_its_template() {
        let error = Resources::sort([("c/a.yaml", "a: [")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "YAML parse error on c/a.yaml: error converting YAML to JSON: yaml: line 1: did not \
             find expected node content"
        );
    }
}
