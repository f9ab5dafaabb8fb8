use serde_json::{Number, Value};

use crate::values::{Data, Node, Table};

/// The values as JSON.
pub(super) fn from_table(table: &Table) -> Value {
    let entries = table.iter().map(|(key, node)| (key.to_owned(), from_node(node)));
    Value::Object(entries.collect())
}

/// One value as JSON.
pub(super) fn from_node(node: &Node) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Int(value) => Value::Number((*value).into()),
        Data::Float(value) => number(*value).map_or(Value::Null, Value::Number),
        Data::Text(text) => Value::String(String::from_utf8_lossy(text).into_owned()),
        Data::List(items) => items.iter().map(from_node).collect(),
        Data::Map(table) => from_table(table),
    }
}

/// Whole numbers become integers, so that they are printed without a fraction.
fn number(value: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 53 bits")]
        return Some((value as i64).into());
    }
    Number::from_f64(value)
}
