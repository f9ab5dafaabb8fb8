//! JSON beyond what Helm has functions of its own for.

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::json::{self, Style};
use rhumb_value::{CallError, Text, Value};

fn print(value: &Value, style: Style) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    json::append(&mut out, value, style).map_err(|error| CallError::new(error.to_string()))?;
    Ok(out)
}

fn charged(call: &Call<'_>, text: Vec<u8>) -> Result<Vec<u8>, CallError> {
    call.charge(text.len())?;
    Ok(text)
}

/// `mustToPrettyJson VALUE`: as JSON over many lines.
///
/// `{{ mustToPrettyJson (dict "a" 1) | quote }}` gives `"{\n  \"a\": 1\n}"`.
fn must_to_pretty_json(call: &Call<'_>, value: &Value) -> Result<Vec<u8>, CallError> {
    charged(call, print(value, Style::PRETTY)?)
}

/// `toPrettyJson VALUE`: as JSON over many lines; an empty text for what cannot be.
///
/// `{{ toPrettyJson (dict "a" 1) | quote }}` gives `"{\n  \"a\": 1\n}"`.
fn to_pretty_json(call: &Call<'_>, value: &Value) -> Result<Vec<u8>, CallError> {
    charged(call, print(value, Style::PRETTY).unwrap_or_default())
}

/// `toRawJson VALUE`: as JSON without escapes for web pages.
///
/// `{{ toRawJson "<a>" }}` gives `"<a>"`.
fn to_raw_json(call: &Call<'_>, value: &Value) -> Result<Vec<u8>, CallError> {
    charged(call, print(value, Style::RAW)?)
}

/// `mustFromJson TEXT`: the value that JSON stands for.
///
/// `{{ (mustFromJson "{\"a\": 1}").a }}` gives `1`.
fn must_from_json(text: &Text) -> Result<Value, CallError> {
    json::parse(text.as_bytes()).map_err(|error| CallError::new(error.to_string()))
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("mustFromJson", must_from_json, [text]),
    func!("mustToPrettyJson", must_to_pretty_json, call, [value]),
    func!("mustToRawJson", to_raw_json, call, [value]),
    func!("toPrettyJson", to_pretty_json, call, [value]),
    func!("toRawJson", to_raw_json, call, [value]),
];
