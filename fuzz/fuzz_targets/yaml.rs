//! Whatever comes in, reading ends within its limits, and what is printed is read back as it was.
//!
//! `cargo +nightly fuzz run yaml -- -dict=dictionaries/yaml` in this folder; without `cargo fuzz`,
//! `cargo run --release --bin yaml -- -runs=100000` runs it blindly.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rhumb_yaml::{
    Options, PrintLimits, check, parse, parse_documents, parse_value, print, print_pretty,
    read_head,
};

fuzz_target!(|bytes: &[u8]| {
    let options = Options::default();
    let node = parse(bytes, &options);
    assert_eq!(check(bytes, &options).err(), node.err(), "checking and building disagree");
    drop(parse_documents(bytes, &options));
    drop(parse(bytes, &Options::strict()));
    drop(read_head(bytes, &options));
    let Ok(value) = parse_value(bytes, &options) else { return };
    let limits = PrintLimits::default();
    let pretty = print_pretty(&value, limits).expect("what was read is within the limits");
    // Both write a text `<<` as the key that merges, and the pretty dialect writes marks and tabs in
    // ways that the reader does not take.
    if pretty.contains("<<") {
        return;
    }
    if !pretty.contains(['\u{feff}', '\t']) {
        parse_value(pretty.as_bytes(), &options).expect("what is printed is read");
    }
    if let Ok(text) = print(&value, limits) {
        parse_value(text.as_bytes(), &options).expect("what is printed is read");
    }
});
