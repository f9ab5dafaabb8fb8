use std::collections::BTreeMap;

use bytes::Bytes;

use super::head::{Head, Heads};
use super::{
    ParseError, Resource, ResourceError, Resources, hook, install_order, is_partial, split,
};

/// Sorts the documents of rendered templates. What the first ones say about themselves is read on
/// other threads while the rest renders, if there is much of it.
#[derive(Debug, Default)]
pub struct Sorter {
    /// Where documents come from, and their texts, in the order in which their heads are read.
    documents: Vec<(String, Bytes)>,
    heads: Heads,
}

impl Sorter {
    /// Sorts the documents of templates that have all been rendered.
    ///
    /// # Errors
    ///
    /// As [`finish`](Self::finish).
    pub fn sort<'t>(
        templates: impl IntoIterator<Item = (&'t String, &'t Bytes)>,
    ) -> Result<Resources, Box<ResourceError>> {
        let mut sorter = Self::default();
        for (path, text) in templates {
            sorter.add(path, text);
        }
        sorter.finish()
    }

    /// Adds a rendered template, in any order, but each once. Blank ones and partials are left out;
    /// notes must not be among them.
    pub fn add(&mut self, path: &str, text: &Bytes) {
        if is_partial(path) {
            return;
        }
        for range in split(text) {
            let document = text.slice(range);
            self.heads.add(document.clone());
            self.documents.push((path.to_owned(), document));
        }
    }

    /// All documents, in the order in which they are installed.
    ///
    /// # Errors
    ///
    /// At the first document, by path, that is no resource.
    pub fn finish(self) -> Result<Resources, Box<ResourceError>> {
        let mut by_path: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for ((path, text), head) in self.documents.into_iter().zip(self.heads.finish()) {
            by_path.entry(path).or_default().push((text, head));
        }
        let mut found = Resources::default();
        for (path, documents) in by_path {
            for (text, head) in documents {
                found.add(&path, text, head)?;
            }
        }
        found
            .resources
            .sort_by(|a, b| install_order(&a.head.kind).cmp(&install_order(&b.head.kind)));
        found.hooks.sort_by(|a, b| install_order(&a.head.kind).cmp(&install_order(&b.head.kind)));
        Ok(found)
    }
}

impl Resources {
    fn add(
        &mut self,
        path: &str,
        text: Bytes,
        head: Result<Head, ParseError>,
    ) -> Result<(), Box<ResourceError>> {
        let path = path.to_owned();
        let head = match head {
            Ok(head) => head,
            Err(error) => {
                let unknown_hooks = std::mem::take(&mut self.unknown_hooks);
                return Err(Box::new(ResourceError { path, text, error, unknown_hooks }));
            }
        };
        match hook::find(&path, &text, &head) {
            hook::Found::Resource => self.resources.push(Resource { path, text, head }),
            hook::Found::Hook(hook) => self.hooks.push(*hook),
            hook::Found::Unknown(names) => self.unknown_hooks.push(names),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::HookEvent;
    use super::*;

    fn sort(templates: &[(&str, &'static str)]) -> Result<Resources, Box<ResourceError>> {
        let mut sorter = Sorter::default();
        for (path, text) in templates {
            sorter.add(path, &Bytes::from(*text));
        }
        sorter.finish()
    }

    #[test]
    fn documents_are_sorted_by_kind_within_path_order() {
        let sorted = sort(&[
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
        let found = sort(&[("c/j.yaml", text)]).unwrap();
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
        let found = sort(&[("c/j.yaml", text)]).unwrap();
        assert_eq!(found.unknown_hooks, ["test,foo"]);
        assert!(found.resources.is_empty() && found.hooks.is_empty());
    }

    #[test]
    fn bad_yaml_names_its_template_and_the_first_by_path() {
        let error = sort(&[("c/b.yaml", "b: ["), ("c/a.yaml", "a: [")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "YAML parse error on c/a.yaml: error converting YAML to JSON: yaml: line 1: did not \
             find expected node content"
        );
    }

    #[test]
    fn an_error_comes_with_the_unknown_hooks_before_it() {
        let unknown = "metadata: {annotations: {helm.sh/hook: foo}}";
        let error = sort(&[("c/b.yaml", "b: ["), ("c/a.yaml", unknown), ("c/c.yaml", unknown)]);
        assert_eq!(error.unwrap_err().unknown_hooks, ["foo"]);
    }

    #[test]
    fn what_is_no_utf_8_is_no_yaml() {
        let mut sorter = Sorter::default();
        sorter.add("c/a.yaml", &Bytes::from_static(b"a: 1\n---\n# \xff\na: 1"));
        assert_eq!(
            sorter.finish().unwrap_err().to_string(),
            "YAML parse error on c/a.yaml: error converting YAML to JSON: yaml: invalid leading \
             UTF-8 octet"
        );
    }
}
