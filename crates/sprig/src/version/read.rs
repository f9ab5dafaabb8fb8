//! The methods by which a version reads another text into itself, and the error that they return as
//! a value.

use std::any::Any;
use std::rc::Rc;

use rhumb_semver::Version;
use rhumb_value::{CallError, List, Object, Signature, Text, Type, Value, json};

const PLAIN: &str = "*errors.errorString";

/// Go's `error` as a value: what went wrong, or that nothing did.
#[derive(Debug)]
struct Failure {
    kind: Type,
    text: Option<String>,
}

impl Object for Failure {
    fn kind(&self) -> Type {
        self.kind
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let text = Signature { params: &[], variadic: false, returns: Type::String };
        (name == "Error" && self.text.is_some()).then_some(text)
    }

    fn call(&self, _name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        Ok(self.text().map(Value::Text).unwrap_or_default())
    }

    fn text(&self) -> Option<Text> {
        Some(self.text.as_deref().unwrap_or("<nil>").into())
    }

    fn is_nil(&self) -> bool {
        self.text.is_none()
    }

    /// A nil error is the nil of any interface once a function has it.
    fn copied(&self) -> Option<Value> {
        self.text.is_none().then_some(Value::Nil)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Reads what a method is given: the version, if it is one, and the error that it returns.
pub(super) fn read(name: &str, argument: Option<&Value>) -> (Option<Version>, Value) {
    let bytes = match argument {
        Some(Value::List(list)) if list.kind() == List::BYTES => Ok(list.to_bytes()),
        Some(Value::Text(text)) => Ok(text.clone()),
        other => match other.and_then(Value::kind) {
            Some(kind) => Err((PLAIN, format!("unsupported Scan type {kind}"))),
            None if name == "Scan" => Err((PLAIN, "cannot scan nil into Version".to_owned())),
            None => Ok("".into()),
        },
    };
    let text = if name == "UnmarshalJSON" { bytes.and_then(|it| json_text(&it)) } else { bytes };
    let read = text.and_then(|text| {
        let error = |error: rhumb_semver::Error| (PLAIN, error.to_string());
        Version::parse(&text.to_lossy()).map_err(error)
    });
    let (version, kind, text) = match read {
        Ok(version) => (Some(version), "error", None),
        Err((kind, message)) => (None, kind, Some(message)),
    };
    (version, Value::Object(Rc::new(Failure { kind: Type::Opaque(kind), text })))
}

fn json_text(bytes: &Text) -> Result<Text, (&'static str, String)> {
    let value =
        json::parse(bytes.as_bytes()).map_err(|error| ("*json.SyntaxError", error.to_string()))?;
    let found = match value {
        Value::Text(text) => return Ok(text),
        Value::Nil => return Ok("".into()),
        Value::Bool(_) => "bool",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    };
    let message = format!("json: cannot unmarshal {found} into Go value of type string");
    Err(("*json.UnmarshalTypeError", message))
}
