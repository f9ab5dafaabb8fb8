//! Conversions between Go's types as Sprig makes them, by the rules of spf13/cast 1.7.

use rhumb_value::{CallError, IntKind, List, Map, Text, Type, UintKind, Value};

use crate::number::{parse_float, parse_int, trim_zero_fraction};

/// What Go's runtime says of a method call or `reflect.TypeOf` on nil.
pub(crate) const NIL_DEREFERENCE: &str =
    "runtime error: invalid memory address or nil pointer dereference";

/// Any value as a number, 0 for what is none.
pub(crate) fn to_int64(value: &Value) -> i64 {
    match value {
        Value::Bool(value) => i64::from(*value),
        Value::Int(_, number) => *number,
        Value::Uint(UintKind::Uintptr, _) => 0,
        Value::Uint(_, number) => number.cast_signed(),
        Value::Float(_, number) => truncate(*number),
        Value::Text(text) => parse_int(trim_zero_fraction(text.as_bytes()), 0).unwrap_or_default(),
        Value::Object(object) if is_calendar(object.kind()) => {
            object.underlying().map_or(0, |value| to_int64(&value))
        }
        _ => 0,
    }
}

/// Any value as a floating-point number, 0 for what is none.
pub(crate) fn to_float64(value: &Value) -> f64 {
    match value {
        Value::Float(_, number) => *number,
        Value::Text(text) => parse_float(text.as_bytes()).unwrap_or_default(),
        #[expect(clippy::cast_precision_loss, reason = "Go converts in the same way")]
        Value::Uint(kind, number) if *kind != UintKind::Uintptr => *number as f64,
        #[expect(clippy::cast_precision_loss, reason = "Go converts in the same way")]
        other => to_int64(other) as f64,
    }
}

/// The two named integer types that are cast like plain ones.
fn is_calendar(kind: Type) -> bool {
    ["time.Month", "time.Weekday"].contains(&kind.to_string().as_str())
}

/// A `float64` made an `int64` as the processors do for which Helm is built: what does not fit is
/// the least number.
pub(crate) fn truncate(number: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if !(-LIMIT..LIMIT).contains(&number) {
        return i64::MIN;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it fits; the fraction is to go")]
    let whole = number as i64;
    whole
}

/// Any value as a text.
///
/// # Errors
///
/// If the value nests too deep to be printed.
pub(crate) fn to_text(value: &Value) -> Result<Text, CallError> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        Value::List(list) if list.kind() == List::BYTES => Ok(list.to_bytes()),
        other => rhumb_value::format::print(other).map(Text::from),
    }
}

/// Any value as a list of texts, without its nils; what is no list is one text.
///
/// # Errors
///
/// If an item nests too deep to be printed.
pub(crate) fn to_texts(value: &Value) -> Result<Vec<Text>, CallError> {
    match plain(value) {
        Value::Nil => Ok(Vec::new()),
        Value::List(list) => {
            list.items().iter().filter(|item| !matches!(item, Value::Nil)).map(to_text).collect()
        }
        _ => Ok(vec![to_text(value)?]),
    }
}

/// The value underneath a named type, or itself.
pub(crate) fn plain(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.underlying().unwrap_or_else(|| value.clone()),
        other => other.clone(),
    }
}

/// Whether a value is the zero of its type, or has no elements.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Nil => true,
        Value::Bool(value) => !value,
        Value::Int(_, number) => *number == 0,
        Value::Uint(_, number) => *number == 0,
        Value::Float(_, number) => *number == 0.0,
        Value::Complex(real, imaginary) => *real == 0.0 && *imaginary == 0.0,
        Value::Text(text) => text.as_bytes().is_empty(),
        Value::List(list) => list.items().is_empty(),
        Value::Map(map) => map.is_empty(),
        Value::Object(object) => match object.underlying() {
            Some(value) => is_empty(&value),
            None => object.is_nil(),
        },
    }
}

/// The name of a value's kind, as `reflect.Kind` prints it.
pub(crate) fn kind_name(value: &Value) -> String {
    match value {
        Value::Nil => "invalid".to_owned(),
        Value::Object(object) => match object.underlying() {
            Some(value) => kind_name(&value),
            None if object.kind().to_string().starts_with('*') => "ptr".to_owned(),
            None => "struct".to_owned(),
        },
        Value::List(_) => "slice".to_owned(),
        Value::Map(_) => "map".to_owned(),
        other => other.kind().map_or_else(String::new, |kind| kind.underlying().to_string()),
    }
}

/// The name of a value's type, as `%T` prints it.
pub(crate) fn type_name(value: &Value) -> String {
    value.kind().map_or_else(|| "<nil>".to_owned(), |kind| kind.to_string())
}

/// The list that a value is.
///
/// # Errors
///
/// `complaint` with the value's kind for what is no list; Go's words for nil.
pub(crate) fn to_list(value: &Value, complaint: &str) -> Result<List, CallError> {
    match plain(value) {
        Value::Nil => Err(CallError::new(NIL_DEREFERENCE)),
        Value::List(list) => Ok(list),
        other => Err(CallError::new(format!("{complaint} {}", kind_name(&other)))),
    }
}

/// Go's type assertion to `map[string]interface {}`, which no named type passes.
///
/// # Errors
///
/// Go's words for another type.
pub(crate) fn assert_map(value: &Value) -> Result<&Map, CallError> {
    match value {
        Value::Map(map) if map.kind() == Type::MAP => Ok(map),
        other => Err(conversion(other, Type::MAP)),
    }
}

/// Go's type assertion to `string`.
///
/// # Errors
///
/// Go's words for another type.
pub(crate) fn assert_text(value: &Value) -> Result<&Text, CallError> {
    match value {
        Value::Text(text) => Ok(text),
        other => Err(conversion(other, Type::String)),
    }
}

fn conversion(value: &Value, want: Type) -> CallError {
    let got = value.kind().map_or_else(|| "nil".to_owned(), |kind| kind.to_string());
    CallError::new(format!("interface conversion: interface {{}} is {got}, not {want}"))
}

/// A `[]string`.
pub(crate) fn texts(items: Vec<Text>) -> List {
    List::typed(Type::List(&Type::String), items.into_iter().map(Value::Text).collect())
}

/// A `[]int` that was appended to number by number.
pub(crate) fn ints(items: impl Iterator<Item = i64>) -> List {
    List::grown_of(Type::List(&Type::Int(IntKind::Int)), items.map(Value::int).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cast() {
        assert_eq!(to_int64(&Value::text("0x10")), 16);
        assert_eq!(to_int64(&Value::text("12.0")), 12);
        assert_eq!(to_int64(&Value::text("12.5")), 0);
        assert_eq!(to_int64(&Value::float(-1.9)), -1);
        assert_eq!(to_int64(&Value::float(1e300)), i64::MIN);
        assert_eq!(to_int64(&Value::Bool(true)), 1);
        assert!(to_float64(&Value::text("1.5")) > 1.4);
    }

    #[test]
    fn kinds_are_those_of_reflection() {
        assert_eq!(kind_name(&Value::Nil), "invalid");
        assert_eq!(kind_name(&Value::list(Vec::new())), "slice");
        assert_eq!(kind_name(&Value::float(1.0)), "float64");
        assert_eq!(type_name(&Value::Nil), "<nil>");
    }
}
