//! The world of the templates, which is always the same, and their values.

use rhumb_gotmpl::{Host, Moment};
use rhumb_value::{Map, Value};

/// A host that knows nothing.
#[derive(Debug)]
pub struct Nothing;

impl Host for Nothing {
    fn now(&self) -> Moment {
        Moment { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

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
