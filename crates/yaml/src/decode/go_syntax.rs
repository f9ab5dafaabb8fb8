use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Build, Key};
use crate::number::format_float;
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
            Scalar::Float(number) => format_float(number),
            Scalar::Text(text) => quote(text),
            Scalar::Bytes(bytes) => quote(&text_of(&bytes)),
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

/// Bytes as the text that JSON makes of them.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        // Go replaces each byte, not each run of them.
        text.extend(std::iter::repeat_n('\u{fffd}', chunk.invalid().len()));
    }
    text
}

/// Go's `strconv.Quote`.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        let escaped = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\x07' => "\\a",
            '\x08' => "\\b",
            '\x0c' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\x0b' => "\\v",
            _ => {
                push_character(character, &mut quoted);
                continue;
            }
        };
        quoted.push_str(escaped);
    }
    quoted.push('"');
    quoted
}

fn push_character(character: char, quoted: &mut String) {
    let code = u32::from(character);
    let is_shown = match character {
        ' '..='~' => true,
        ..'\u{a0}' => false,
        // What Rust would escape in a literal is nearly what Go does not print.
        _ => character.escape_debug().len() == 1 && !character.is_whitespace(),
    };
    // Writing to a string does not fail.
    let _ = match code {
        _ if is_shown => write!(quoted, "{character}"),
        0..0x80 => write!(quoted, "\\x{code:02x}"),
        0x80..0x10000 => write!(quoted, "\\u{code:04x}"),
        _ => write!(quoted, "\\U{code:08x}"),
    };
}
