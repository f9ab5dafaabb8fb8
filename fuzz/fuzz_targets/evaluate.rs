//! Whatever a template asks of Sprig's functions, they end within their limits.
//!
//! Those that are slow on purpose are left out, by a feature: keys, certificates and passwords.
#![no_main]

mod host;

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use rhumb_gotmpl::{Func, Functions, Limits, Session, Set};

thread_local! {
    static FUNCTIONS: Rc<Functions> = {
        let tables: Vec<&[Func]> = rhumb_sprig::tables().iter().map(|(_, table)| *table).collect();
        Rc::new(Functions::new(&tables))
    };
}

fuzz_target!(|bytes: &[u8]| {
    let mut set = Set::new("fuzz", FUNCTIONS.with(Rc::clone));
    if set.parse("fuzz", bytes).is_err() {
        return;
    }
    let limits = Limits { bytes: 1 << 20, steps: 100_000 };
    let session = Session::limited(&host::Nothing, limits);
    if let Err(error) = set.execute(&session, "fuzz", host::dot()) {
        assert!(error.to_string().starts_with("template: "));
    }
});
