//! TOML as templates read and print it.
//!
//! Source: the behaviour and error texts of
//! [BurntSushi/toml 1.6.0](https://github.com/BurntSushi/toml/tree/v1.6.0), which Helm uses.

mod date;
mod error;
mod lexer;
mod number;
mod parser;
mod print;
mod string;
mod tree;

use error::Error;
pub(crate) use parser::parse;
pub(crate) use print::print;

/// Arrays and tables deeper than this are refused.
const MAX_DEPTH: usize = 500;

/// Whether a character may stand in a key without quotes.
fn is_bare(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '-'
}

/// A character in Go's single quotes.
fn quote_rune(character: char) -> String {
    let mut out = Vec::new();
    let mut bytes = [0; 4];
    let text = character.encode_utf8(&mut bytes);
    rhumb_value::quote::append(&mut out, text.as_bytes(), '\'', false);
    String::from_utf8_lossy(&out).into_owned()
}

/// A text in double quotes.
fn quoted(text: &[u8]) -> Vec<u8> {
    let mut out = vec![b'"'];
    for &byte in text {
        match byte {
            b'"' => out.extend(b"\\\""),
            b'\\' => out.extend(b"\\\\"),
            8 => out.extend(b"\\b"),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            12 => out.extend(b"\\f"),
            b'\r' => out.extend(b"\\r"),
            0..=31 | 127 => out.extend(format!("\\u{byte:04x}").bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
    out
}

/// A key, in quotes unless it is bare.
fn key(text: &[u8]) -> Vec<u8> {
    let bare = |byte: &u8| byte.is_ascii() && is_bare(char::from(*byte));
    if !text.is_empty() && text.iter().all(bare) { text.to_vec() } else { quoted(text) }
}

/// A path of keys with dots between them.
fn dotted<T: AsRef<[u8]>>(path: &[T]) -> Vec<u8> {
    path.iter().map(|part| key(part.as_ref())).collect::<Vec<_>>().join(&b'.')
}

#[cfg(test)]
mod tests;
