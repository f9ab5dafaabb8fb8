use rhumb_value::{CallError, Map, Text, Value};

use crate::toml;

/// What Go says of `toToml nil`, which ends the template.
const OF_NIL: &str = "reflect: call of reflect.Value.Type on zero Value";

/// `fromToml TEXT`: a table; if the text is no TOML, one that has only an `Error`.
///
/// `{{ (fromToml "a = 1").a }}` gives `1`.
pub(crate) fn from_toml(text: &Text) -> Result<Map, CallError> {
    match toml::parse(text.as_bytes()) {
        Ok(map) => Ok(map),
        Err(error) if error.is_fatal() => Err(CallError::new(error.to_string())),
        Err(error) => Ok([("Error".into(), Value::text(error.to_string()))].into_iter().collect()),
    }
}

/// `toToml VALUE`: a file, or why there is none.
///
/// `{{ toToml (dict "a" 1) | quote }}` gives `"a = 1\n"`.
pub(crate) fn to_toml(value: &Value) -> Result<Vec<u8>, CallError> {
    match value {
        Value::Nil => Err(CallError::new(OF_NIL)),
        _ => Ok(toml::print(value).unwrap_or_else(|error| error.to_string().into_bytes())),
    }
}

/// `mustToToml VALUE`: a file.
///
/// `{{ mustToToml (dict "a" 1) | quote }}` gives `"a = 1\n"`.
pub(crate) fn must_to_toml(value: &Value) -> Result<Vec<u8>, CallError> {
    match value {
        Value::Nil => Err(CallError::new(OF_NIL)),
        _ => toml::print(value).map_err(|error| CallError::new(error.to_string())),
    }
}
