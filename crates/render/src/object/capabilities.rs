use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use rhumb_value::{CallError, Encoding, List, Object, Signature, Text, Type, Value};

use crate::{Capabilities, HelmVersion, KubeVersion};

const TEXTS: Type = Type::List(&Type::String);
const KUBE_VERSION: Type = Type::Opaque("common.KubeVersion");
const VERSION_SET: Type = Type::Named("common.VersionSet", &TEXTS);

/// `.Capabilities`.
pub(crate) fn capabilities(capabilities: &Capabilities) -> Value {
    let Capabilities { kube_version, api_versions, helm_version } = capabilities;
    Value::Object(Rc::new(CapabilitiesObject {
        kube_version: Value::Object(Rc::new(KubeVersionObject {
            version: kube_version.clone(),
            normalized: kube_version.to_string(),
            is_field: true,
        })),
        api_versions: Value::Object(Rc::new(VersionSet(Arc::clone(api_versions)))),
        helm_version: Value::Object(Rc::new(HelmVersionObject(Arc::clone(helm_version)))),
    }))
}

#[derive(Clone, Debug)]
struct CapabilitiesObject {
    kube_version: Value,
    api_versions: Value,
    helm_version: Value,
}

impl Object for CapabilitiesObject {
    fn kind(&self) -> Type {
        Type::Opaque("*common.Capabilities")
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("KubeVersion", self.kube_version.clone()),
            ("APIVersions", self.api_versions.clone()),
            ("HelmVersion", self.helm_version.clone()),
        ]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let returns = self.kind();
        (name == "Copy").then_some(Signature { params: &[], variadic: false, returns })
    }

    fn call(&self, name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        match name {
            "Copy" => Ok(Value::Object(Rc::new(self.clone()))),
            _ => Err(CallError::new(format!("no method {name}"))),
        }
    }

    fn deep_copied(&self) -> Option<Value> {
        let mut copy = self.clone();
        if let Value::Object(version) = &self.kube_version {
            copy.kube_version = version.deep_copied()?;
        }
        Some(Value::Object(Rc::new(copy)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.KubeVersion`
#[derive(Clone, Debug)]
struct KubeVersionObject {
    version: KubeVersion,
    /// The field that is not exported; empty in a deep copy.
    normalized: String,
    /// Whether it is the field itself: only its address has methods, a copy has none.
    is_field: bool,
}

impl KubeVersionObject {
    /// What `String()` answers.
    fn shown(&self) -> &str {
        if self.normalized.is_empty() { self.version.version() } else { &self.normalized }
    }

    fn exported(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", self.version.version().into()),
            ("Major", self.version.major().into()),
            ("Minor", self.version.minor().into()),
        ]
    }
}

impl Object for KubeVersionObject {
    fn kind(&self) -> Type {
        KUBE_VERSION
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = self.exported();
        fields.insert(1, ("normalizedVersion", self.normalized.as_str().into()));
        fields
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (self.is_field && matches!(name, "String" | "GitVersion")).then_some(Signature {
            params: &[],
            variadic: false,
            returns: Type::String,
        })
    }

    fn call(&self, name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        match name {
            "String" => Ok(self.shown().into()),
            "GitVersion" => Ok(self.version.version().into()),
            _ => Err(CallError::new(format!("no method {name}"))),
        }
    }

    fn text(&self) -> Option<Text> {
        self.is_field.then(|| self.shown().into())
    }

    fn copied(&self) -> Option<Value> {
        let copy = || Self { is_field: false, ..self.clone() };
        self.is_field.then(|| Value::Object(Rc::new(copy())))
    }

    fn deep_copied(&self) -> Option<Value> {
        Some(Value::Object(Rc::new(Self { normalized: String::new(), ..self.clone() })))
    }

    fn encoding(&self) -> Encoding {
        Encoding::Struct(self.exported())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.APIVersions`
#[derive(Debug)]
struct VersionSet(Arc<[String]>);

impl Object for VersionSet {
    fn kind(&self) -> Type {
        VERSION_SET
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Has").then_some(Signature {
            params: &[Type::String],
            variadic: false,
            returns: Type::Bool,
        })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        match (name, arguments) {
            ("Has", [Value::Text(version)]) => {
                let has = self.0.iter().any(|each| each.as_bytes() == version.as_bytes());
                Ok(Value::Bool(has))
            }
            _ => Err(CallError::new(format!("no method {name}"))),
        }
    }

    fn underlying(&self) -> Option<Value> {
        let items = self.0.iter().map(|each| each.as_str().into()).collect();
        Some(Value::List(List::typed(TEXTS, items)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.HelmVersion`
#[derive(Debug)]
struct HelmVersionObject(Arc<HelmVersion>);

impl HelmVersionObject {
    /// Each field with its name in Go, its name in JSON, and whether it is left out when empty.
    fn each(&self) -> [(&'static str, &'static str, &str); 5] {
        let HelmVersion { version, git_commit, git_tree_state, go_version, kube_client_version } =
            &*self.0;
        [
            ("Version", "version", version),
            ("GitCommit", "git_commit", git_commit),
            ("GitTreeState", "git_tree_state", git_tree_state),
            ("GoVersion", "go_version", go_version),
            ("KubeClientVersion", "kube_client_version", kube_client_version),
        ]
    }
}

impl Object for HelmVersionObject {
    fn kind(&self) -> Type {
        Type::Opaque("version.BuildInfo")
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        self.each().map(|(name, _, text)| (name, text.into())).into()
    }

    fn encoding(&self) -> Encoding {
        let each = self.each().into_iter();
        let shown = each.filter(|(name, _, text)| *name == "KubeClientVersion" || !text.is_empty());
        Encoding::Struct(shown.map(|(_, name, text)| (name, text.into())).collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
