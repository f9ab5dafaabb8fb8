use rhumb_value::{Map, Value};

/// What `.Release` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The release's name.
    pub name: String,
    /// The namespace that it is in.
    pub namespace: String,
    /// Its revision, from 1.
    pub revision: i64,
    /// Whether this is its first revision.
    pub is_install: bool,
    /// Whether it replaces an earlier revision.
    pub is_upgrade: bool,
}

impl Release {
    /// The first revision of a release.
    pub fn new(name: impl Into<String>, namespace: impl Into<String>) -> Self {
        let (name, namespace) = (name.into(), namespace.into());
        Self { name, namespace, revision: 1, is_install: true, is_upgrade: false }
    }

    /// The map that templates see.
    pub(crate) fn value(&self) -> Value {
        let Self { name, namespace, revision, is_install, is_upgrade } = self;
        let entries = [
            ("Name", name.as_str().into()),
            ("Namespace", namespace.as_str().into()),
            ("IsUpgrade", Value::Bool(*is_upgrade)),
            ("IsInstall", Value::Bool(*is_install)),
            ("Revision", Value::int(*revision)),
            ("Service", "Helm".into()),
        ];
        entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Map>().into()
    }
}
