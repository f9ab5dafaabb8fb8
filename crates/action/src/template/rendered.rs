use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use rhumb_render::resource::{Hook, HookEvent, Resource};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a chart renders to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The texts of all templates but partials, by path.
    pub templates: BTreeMap<String, RenderedText>,
    /// What makes up the release, in the order in which it is applied.
    pub manifests: Vec<Document>,
    /// What is applied at certain moments only.
    pub hooks: Vec<Document>,
    /// What the chart tells its user.
    pub notes: String,
    /// Custom resource definitions, which are no templates.
    #[serde(skip)]
    pub crds: Vec<Document>,
}

/// One document of a rendered template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The template that it came from.
    pub path: String,
    /// Its kind, such as `Service`.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// The text.
    pub manifest: RenderedText,
    /// Whether it is a hook that runs as a test.
    #[serde(skip)]
    pub is_test: bool,
}

/// A rendered text, or a part of one that shares its memory. As JSON it is a string, with U+FFFD for
/// what is not UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedText(Bytes);

impl RenderedText {
    /// The bytes, as the template made them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, with U+FFFD for what is not UTF-8.
    pub fn to_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl From<Bytes> for RenderedText {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl Serialize for RenderedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_lossy())
    }
}

impl<'de> Deserialize<'de> for RenderedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

impl From<Resource> for Document {
    fn from(resource: Resource) -> Self {
        let Resource { path, text, head } = resource;
        let (kind, name) = (head.kind, head.name);
        Self { path, kind, name, manifest: text.into(), is_test: false }
    }
}

impl From<Hook> for Document {
    fn from(hook: Hook) -> Self {
        let is_test = hook.events.contains(&HookEvent::Test);
        let Hook { path, text, head, .. } = hook;
        let (kind, name) = (head.kind, head.name);
        Self { path, kind, name, manifest: text.into(), is_test }
    }
}
