//! The words that Helm has for what does not fit a schema.

use boon::ErrorKind;
use serde_json::{Number, Value};

use super::{format, pattern, url};
use crate::quote;
use crate::values::number as float;

/// What Helm says of a problem, without its place.
pub(super) fn text(kind: &ErrorKind<'_, '_>) -> String {
    match kind {
        ErrorKind::Type { got, want } => {
            let want: Vec<_> = want.iter().map(|kind| kind.to_string()).collect();
            format!("got {got}, want {}", want.join(" or "))
        }
        ErrorKind::Required { want } if want.len() == 1 => {
            format!("missing property {}", quote(want[0]))
        }
        ErrorKind::Required { want } => format!("missing properties {}", quote_all(want)),
        ErrorKind::AdditionalProperties { got } => {
            format!("additional properties {} not allowed", quote_all(got))
        }
        ErrorKind::Enum { want } => one_of(want, &[]),
        ErrorKind::Const { want } => constant(want, None),
        ErrorKind::Format { got, want, err } => {
            let got_text = got.as_str().map(pattern::original);
            let problem = got_text.as_ref().and_then(|text| format::problem(want, text));
            let why = problem.unwrap_or_else(|| err.to_string());
            let got = got_text.map_or_else(|| display(got, None), |text| quote(&text));
            let want = if *want == pattern::FORMAT { "regex" } else { want };
            format!("{got} is not valid {want}: {why}")
        }
        ErrorKind::PropertyName { prop } => {
            format!("invalid propertyName {}", quote(&pattern::original(prop)))
        }
        ErrorKind::Dependency { prop, missing }
        | ErrorKind::DependentRequired { prop, missing } => {
            format!("properties {} required, if {} exists", quote_all(missing), quote(prop))
        }
        ErrorKind::Not => "'not' failed".to_owned(),
        ErrorKind::AllOf => "'allOf' failed".to_owned(),
        ErrorKind::AnyOf => "'anyOf' failed".to_owned(),
        ErrorKind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        ErrorKind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {first}, {second} matched")
        }
        ErrorKind::ContentSchema => "'contentSchema' failed".to_owned(),
        ErrorKind::RefCycle { url, kw_loc1, kw_loc2 } => {
            let (url, first, second) = (url::location(url), url::way(kw_loc1), url::way(kw_loc2));
            format!("both {first} and {second} resolve to {url} causing reference cycle")
        }
        kind => amount(kind),
    }
}

/// What is too much or too little.
fn amount(kind: &ErrorKind<'_, '_>) -> String {
    let counts = |name: &str, got: &usize, want: &usize| {
        format!("{name}: got {}, want {}", group(&got.to_string()), group(&want.to_string()))
    };
    let numbers = |name: &str, got: &Number, want: &Number| {
        format!("{name}: got {}, want {}", english(got), english(want))
    };
    match kind {
        ErrorKind::MinProperties { got, want } => counts("minProperties", got, want),
        ErrorKind::MaxProperties { got, want } => counts("maxProperties", got, want),
        ErrorKind::MinItems { got, want } => counts("minItems", got, want),
        ErrorKind::MaxItems { got, want } => counts("maxItems", got, want),
        ErrorKind::MinLength { got, want } => counts("minLength", got, want),
        ErrorKind::MaxLength { got, want } => counts("maxLength", got, want),
        ErrorKind::Minimum { got, want } => numbers("minimum", got, want),
        ErrorKind::Maximum { got, want } => numbers("maximum", got, want),
        ErrorKind::ExclusiveMinimum { got, want } => numbers("exclusiveMinimum", got, want),
        ErrorKind::ExclusiveMaximum { got, want } => numbers("exclusiveMaximum", got, want),
        ErrorKind::MultipleOf { got, want } => numbers("multipleOf", got, want),
        ErrorKind::AdditionalItems { got } => {
            format!("last {} additionalItem(s) not allowed", group(&got.to_string()))
        }
        ErrorKind::MinContains { got, want } if got.is_empty() => {
            let want = group(&want.to_string());
            format!("min {want} items required to match contains schema, but none matched")
        }
        ErrorKind::MinContains { got, want } => matched("min", got, *want),
        ErrorKind::MaxContains { got, want } => matched("max", got, *want),
        // The others have the same words in both.
        kind => kind.to_string(),
    }
}

fn matched(name: &str, got: &[usize], want: usize) -> String {
    let places: Vec<_> = got.iter().map(usize::to_string).collect();
    let (count, places) = (group(&got.len().to_string()), places.join(" "));
    let want = group(&want.to_string());
    format!(
        "{name} {want} items required to match contains schema, but matched {count} items at {places}"
    )
}

/// That a value must be another, and how that is written.
pub(super) fn constant(want: &Value, written: Option<&str>) -> String {
    if want.is_array() || want.is_object() {
        return "'const' failed".to_owned();
    }
    format!("value must be {}", display(want, written))
}

/// That a value must be one of some, and how each is written.
pub(super) fn one_of(want: &[Value], written: &[&str]) -> String {
    if want.iter().any(|value| value.is_array() || value.is_object()) {
        return "'enum' failed".to_owned();
    }
    let shown = want.iter().enumerate().map(|(at, value)| display(value, written.get(at).copied()));
    let one_of = if want.len() == 1 { "" } else { "one of " };
    format!("value must be {one_of}{}", shown.collect::<Vec<_>>().join(", "))
}

/// A value in a message; lists and maps are not shown, numbers as they are written.
fn display(value: &Value, written: Option<&str>) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => quote(text),
        Value::Array(_) | Value::Object(_) => "value".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => {
            written.map_or_else(|| go_exponent(&number.to_string()), str::to_owned)
        }
    }
}

/// A number with an exponent of two digits at least, as Go writes it.
fn go_exponent(text: &str) -> String {
    match text.split_once("e-") {
        Some((mantissa, exponent)) if exponent.len() == 1 => format!("{mantissa}e-0{exponent}"),
        _ => text.to_owned(),
    }
}

/// A number as English has it: commas between thousands, powers of ten as such.
fn english(number: &Number) -> String {
    let number = number.as_f64().unwrap_or_default();
    if number.abs() >= f64::MAX {
        return if number > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    let text = float::print(if number == 0.0 { 0.0 } else { number });
    let Some((mantissa, exponent)) = text.split_once('e') else { return group(&text) };
    let raised = exponent.chars().filter_map(|c| match c {
        '-' => Some('⁻'),
        '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize),
        _ => None,
    });
    format!("{mantissa}×10{}", raised.collect::<String>())
}

fn group(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let mut grouped = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.push_str(rest);
    grouped
}

/// Puts a text into single quotes, as Helm's validator does: a backslash at the end loses its twin.
pub(super) fn quote(text: &str) -> String {
    let quoted = quote::quote(text).replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{}'", quoted.get(1..quoted.len() - 1).unwrap_or_default())
}

fn quote_all(texts: &[impl AsRef<str>]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quote(text.as_ref())).collect();
    quoted.join(", ")
}
