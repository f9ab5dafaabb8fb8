use rhumb_value::json::{self, ParseError, Style};
use rhumb_value::{CallError, List, Map, Text, Type, Value};

/// `toJson VALUE`: JSON on one line; nothing if there is none for the value.
///
/// `{{ toJson (dict "a" (list 1 2)) }}` gives `{"a":[1,2]}`.
pub(crate) fn to_json(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    match json::append(&mut out, value, Style::COMPACT) {
        Ok(()) => out,
        Err(_) => Vec::new(),
    }
}

/// `mustToJson VALUE`: as `toJson`, but fails if there is none.
///
/// `{{ mustToJson (dict "a" (list 1 2)) }}` gives `{"a":[1,2]}`.
pub(crate) fn must_to_json(value: &Value) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    json::append(&mut out, value, Style::COMPACT)
        .map_err(|error| CallError::new(error.to_string()))?;
    Ok(out)
}

/// `fromJson TEXT`: a map; if the text is none, one that has the error as `Error`.
///
/// `{{ (fromJson "{\"a\": 1}").a }}` gives `1`.
pub(crate) fn from_json(text: &Text) -> Map {
    let (value, error) = read(text);
    let (map, error) = match value {
        Value::Map(map) => (map, error),
        Value::Nil if error.is_none() => (Map::nil(Type::MAP), None),
        Value::Nil => (Map::new(), error),
        other => (Map::new(), Some(mismatch(&other, "map[string]interface {}"))),
    };
    if let Some(error) = error {
        map.set("Error", Value::text(error));
    }
    map
}

/// `fromJsonArray TEXT`: a list; if the text is none, one that has only the error.
///
/// `{{ fromJsonArray "[1, 2]" | last }}` gives `2`.
pub(crate) fn from_json_array(text: &Text) -> List {
    let error = match read(text) {
        (Value::List(list), None) => return list,
        (Value::Nil, None) => return List::nil(Type::LIST),
        (Value::List(_) | Value::Nil, Some(error)) => error,
        (other, _) => mismatch(&other, "[]interface {}"),
    };
    List::new(vec![Value::text(error)])
}

/// The value of a text, and what is wrong with it: of numbers that are too large there is both.
fn read(text: &Text) -> (Value, Option<String>) {
    match json::parse(text.as_bytes()) {
        Ok(value) => (value, None),
        Err(error) => {
            let message = error.to_string();
            match error {
                // Its size is not looked at where no number fits anyway.
                ParseError::NumberTooLarge { value: Value::Nil, .. } => (Value::float(0.0), None),
                ParseError::NumberTooLarge { value, .. } => (value, Some(message)),
                _ => (Value::Nil, Some(message)),
            }
        }
    }
}

fn mismatch(value: &Value, want: &str) -> String {
    let kind = super::yaml::json_kind(value);
    format!("json: cannot unmarshal {kind} into Go value of type {want}")
}
