//! Whatever a template says, parsing and rendering it end within their limits.
//!
//! `cargo +nightly fuzz run template` in this folder; without `cargo fuzz`,
//! `cargo run --release --bin template -- -runs=100000` runs it blindly.
#![no_main]

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use rhumb_gotmpl::{Functions, Host, Limits, Moment, Session, Set};
use rhumb_value::{Map, Value};

#[derive(Debug)]
struct Nothing;

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

fn dot() -> Value {
    let map = Map::new();
    map.set("s", Value::text("hello"));
    map.set("i", Value::int(42));
    map.set("list", Value::list(vec![Value::float(1.5), Value::Nil, Value::Map(Map::new())]));
    let inner = Map::new();
    inner.set("a", Value::text("b"));
    map.set("map", Value::Map(inner));
    Value::Map(map)
}

fuzz_target!(|bytes: &[u8]| {
    let mut set = Set::new("fuzz", Rc::new(Functions::new(&[])));
    if let Err(error) = set.parse("fuzz", bytes) {
        assert!(error.to_string().starts_with("template: fuzz:"));
        return;
    }
    let limits = Limits { bytes: 1 << 20, steps: 100_000 };
    let session = Session::limited(&Nothing, limits);
    if let Err(error) = set.execute(&session, "fuzz", dot()) {
        assert!(error.to_string().starts_with("template: "));
    }
});
