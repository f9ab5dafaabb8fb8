//! Values as the quick check sees them.

use serde_json::Value;

use super::schema::Types;
use crate::schema::instance;
use crate::values::{Data, Node, Table, number};

/// The longest list that is searched for items that are the same.
const MAX_COMPARED: usize = 200;

/// A value to check.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instance<'v> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'v [u8]),
    List(&'v [Node]),
    Map(&'v Table),
}

impl<'v> From<&'v Node> for Instance<'v> {
    fn from(node: &'v Node) -> Self {
        match &node.data {
            Data::Null => Self::Null,
            Data::Bool(value) => Self::Bool(*value),
            Data::Int(value) => Self::Number(number::from_int(*value)),
            // JSON has no other numbers.
            Data::Float(value) if !value.is_finite() => Self::Null,
            Data::Float(value) => Self::Number(*value),
            Data::Text(text) => Self::Text(text),
            Data::List(items) => Self::List(items),
            Data::Map(table) => Self::Map(table),
        }
    }
}

impl Instance<'_> {
    /// The types that it is of: a whole number is of two.
    pub(super) fn types(self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Bool(_) => Types::BOOLEAN,
            Self::Number(number) if number.fract() == 0.0 => Types::NUMBER.with(Types::INTEGER),
            Self::Number(_) => Types::NUMBER,
            Self::Text(_) => Types::STRING,
            Self::List(_) => Types::ARRAY,
            Self::Map(_) => Types::OBJECT,
        }
    }

    /// Whether it is a certain JSON value; large numbers are compared as floating-point ones.
    pub(super) fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(a), Value::Bool(b)) => a == *b,
            (Self::Number(a), Value::Number(b)) => b.as_f64() == Some(a),
            (Self::Text(a), Value::String(b)) => String::from_utf8_lossy(a) == *b,
            (Self::List(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Instance::from(a).is(b))
            }
            (Self::Map(a), Value::Object(b)) => {
                let is_entry = |(key, node): (&str, &Node)| {
                    b.get(key).is_some_and(|value| Instance::from(node).is(value))
                };
                a.len() == b.len() && a.iter().all(is_entry)
            }
            _ => false,
        }
    }
}

/// Whether items surely differ from each other.
pub(super) fn items_differ(items: &[Node]) -> bool {
    items.len() <= MAX_COMPARED
        && items.iter().enumerate().all(|(index, item)| {
            let value = instance::from_node(item);
            items[..index].iter().all(|other| !Instance::from(other).is(&value))
        })
}

/// Whether values surely differ from each other.
pub(super) fn differ(values: &[Value]) -> bool {
    values.len() <= MAX_COMPARED
        && values.iter().enumerate().all(|(index, value)| {
            values[..index].iter().all(|other| match (value, other) {
                (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => false,
                (Value::Number(a), Value::Number(b)) => a.as_f64() != b.as_f64(),
                (a, b) => a != b,
            })
        })
}

/// Whether all numbers in a value are the same as floating-point ones.
pub(super) fn is_exact(value: &Value) -> bool {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() < LIMIT),
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(entries) => entries.values().all(is_exact),
        _ => true,
    }
}
