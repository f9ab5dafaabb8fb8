//! Whatever comes in, reading a `--set` argument ends, in each of its languages, and what it makes
//! can be told from where it was written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rhumb_chart::values::{Data, Node, SetMode, Table, set};

fn check(node: &Node) {
    if let Some(origin) = &node.origin {
        let span = origin.span();
        assert!(span.source.get(span.bytes.clone()).is_some(), "{span:?} is no part of its source");
    }
    match &node.data {
        Data::List(items) => items.iter().for_each(check),
        Data::Map(table) => table.iter().for_each(|(_, node)| check(node)),
        _ => {}
    }
}

fuzz_target!(|argument: &str| {
    let file = |path: &str| Ok(path.as_bytes().to_vec());
    let modes =
        [SetMode::Typed, SetMode::Text, SetMode::Json, SetMode::Literal, SetMode::File(&file)];
    for mode in modes {
        let mut table = Table::default();
        // What was read before an error has its places too.
        let _ = set(&mut table, "--set", argument, mode);
        table.iter().for_each(|(_, node)| check(node));
    }
});
