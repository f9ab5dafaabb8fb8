//! The world of the templates, which is always the same, and their values.

#[path = "../../crates/gotmpl/tests/recorded/nothing.rs"]
mod nothing;

use rhumb_value::{Map, Value};

pub(crate) use nothing::Nothing;

/// A map with a value of each kind.
pub fn dot() -> Value {
    let map = Map::new();
    map.set("s", Value::text("hello"));
    map.set("i", Value::int(42));
    map.set("list", Value::list(vec![Value::float(1.5), Value::Nil, Value::Map(Map::new())]));
    let inner = Map::new();
    inner.set("a", Value::text("b"));
    map.set("map", Value::Map(inner));
    Value::Map(map)
}
