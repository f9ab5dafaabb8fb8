use std::collections::{BTreeMap, BTreeSet};

use rhumb_oci::Repository;

/// What a token is for: resources such as `repository:acme/web`, and what may be done with each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope(BTreeMap<String, BTreeSet<String>>);

impl Scope {
    /// To read from a repository.
    pub(crate) fn pull(repository: &Repository) -> Self {
        Self::default().and(repository, &["pull"])
    }

    /// To read from a repository and write to it.
    pub(crate) fn push(repository: &Repository) -> Self {
        Self::default().and(repository, &["pull", "push"])
    }

    /// To remove from a repository.
    pub(crate) fn delete(repository: &Repository) -> Self {
        Self::default().and(repository, &["pull", "push", "delete"])
    }

    /// To list the repositories.
    pub(crate) fn catalog() -> Self {
        let mut scope = Self::default();
        scope.add("registry:catalog:*");
        scope
    }

    /// The same and to do this with another repository.
    pub(crate) fn and(mut self, repository: &Repository, actions: &[&str]) -> Self {
        let entry = self.0.entry(format!("repository:{repository}")).or_default();
        entry.extend(actions.iter().map(|action| (*action).to_owned()));
        self
    }

    /// Adds what a challenge asks for: `TYPE:NAME:ACTION,ACTION`, separated by spaces. Says
    /// whether that is more.
    pub(crate) fn add(&mut self, text: &str) -> bool {
        let before = self.clone();
        for part in text.split_ascii_whitespace() {
            let (resource, actions) = part.rsplit_once(':').unwrap_or((part, ""));
            let entry = self.0.entry(resource.to_owned()).or_default();
            entry.extend(actions.split(',').filter(|a| !a.is_empty()).map(str::to_owned));
        }
        *self != before
    }

    /// Whether a token for this scope does for `other` as well.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        // A token for nothing proves who the user is, which one for something does not always.
        self.0.is_empty() == other.0.is_empty()
            && other.0.iter().all(|(resource, actions)| {
                self.0.get(resource).is_some_and(|have| have.is_superset(actions))
            })
    }

    /// The scopes as token services read them.
    pub(crate) fn parts(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(resource, actions)| {
            let actions: Vec<_> = actions.iter().map(String::as_str).collect();
            format!("{resource}:{}", actions.join(","))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_to_push_does_to_pull() {
        let repository = "a/b".parse().unwrap();
        let (pull, push) = (Scope::pull(&repository), Scope::push(&repository));
        assert!(push.covers(&pull) && !pull.covers(&push));
        assert!(!push.covers(&Scope::default()) && Scope::default().covers(&Scope::default()));
        let mut both = pull.clone();
        both.add("repository:a/b:push repository:c:pull");
        assert!(both.covers(&push));
        assert_eq!(
            both.parts().collect::<Vec<_>>(),
            ["repository:a/b:pull,push", "repository:c:pull"]
        );
    }
}
