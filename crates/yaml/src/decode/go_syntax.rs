use std::collections::BTreeMap;
use std::fmt::Write;

use rhumb_value::{float, quote};

use super::{Build, Key};
use crate::resolve::Scalar;
use crate::span::Span;

/// A nil inside of something; alone it has no type to print.
pub(super) const NIL: &str = "interface {}(nil)";

/// Prints values as Go's `%#v` does, for errors that show them.
pub(super) struct GoSyntax;

impl Build for GoSyntax {
    type Value = String;
    type Key = Key<'static>;

    fn scalar(&mut self, scalar: Scalar<'_>, _: Span) -> String {
        match scalar {
            Scalar::Null => NIL.to_owned(),
            Scalar::Bool(value) => value.to_string(),
            Scalar::Int(number) => number.to_string(),
            Scalar::Uint(number) => format!("{number:#x}"),
            Scalar::Float(number) => float::text(number),
            Scalar::Text(text) => quote::quote(text.as_bytes()),
            Scalar::Bytes(bytes) => quote::quote(text_of(&bytes).as_bytes()),
        }
    }

    fn key(&mut self, key: &Key<'_>, _: Span) -> Key<'static> {
        key.clone().into_owned()
    }

    fn list(&mut self, items: Vec<String>, _: Span) -> String {
        format!("[]interface {{}}{{{}}}", items.join(", "))
    }

    fn map(&mut self, entries: Vec<(Key<'static>, String)>, _: Span) -> String {
        let sorted: BTreeMap<_, _> = entries.into_iter().collect();
        let mut shown = "map[interface {}]interface {}{".to_owned();
        for (at, (key, value)) in sorted.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let key = if *key == Key::Null { NIL.to_owned() } else { key.go_syntax() };
            // Writing to a string does not fail.
            let _ = write!(shown, "{comma}{key}:{value}");
        }
        shown + "}"
    }
}

/// Bytes, such as those of a `!!binary`, as the text that JSON makes of them.
pub fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        // Go replaces each byte, not each run of them.
        text.extend(std::iter::repeat_n('\u{fffd}', chunk.invalid().len()));
    }
    text
}
