//! Whatever a template says, parsing and rendering it end within their limits.
//!
//! `cargo +nightly fuzz run template -- -dict=dictionaries/template` in this folder; without
//! `cargo fuzz`, `cargo run --bin template -- -runs=100000` runs it blindly.
#![no_main]

mod host;

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use rhumb_gotmpl::{Functions, Limits, Session, Set};

fuzz_target!(|bytes: &[u8]| {
    let mut set = Set::new("fuzz", Rc::new(Functions::new(&[])));
    if let Err(error) = set.parse("fuzz", bytes) {
        assert!(error.to_string().starts_with("template: fuzz:"));
        return;
    }
    let limits = Limits { bytes: 1 << 20, steps: 100_000 };
    let session = Session::limited(&host::Nothing, limits);
    if let Err(error) = set.execute(&session, "fuzz", host::dot()) {
        assert!(error.to_string().starts_with("template: "));
    }
});
