//! Checksums.

use rhumb_gotmpl::{Func, func};
use rhumb_value::Text;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// `sha1sum TEXT`: its SHA-1 in hexadecimal digits.
///
/// `{{ sha1sum "a" | trunc 8 }}` gives `86f7e437`.
fn sha1sum(text: &Text) -> String {
    hex(&Sha1::digest(text.as_bytes()))
}

/// `sha256sum TEXT`: its SHA-256 in hexadecimal digits.
///
/// `{{ sha256sum "a" | trunc 8 }}` gives `ca978112`.
fn sha256sum(text: &Text) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// `sha512sum TEXT`: its SHA-512 in hexadecimal digits.
///
/// `{{ sha512sum "a" | trunc 8 }}` gives `1f40fc92`.
fn sha512sum(text: &Text) -> String {
    hex(&Sha512::digest(text.as_bytes()))
}

/// `adler32sum TEXT`: its Adler-32 as a decimal number.
///
/// `{{ adler32sum "chart" }}` gives `101646867`.
fn adler32sum(text: &Text) -> String {
    adler2::adler32_slice(text.as_bytes()).to_string()
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("adler32sum", adler32sum, [text]),
    func!("sha1sum", sha1sum, [text]),
    func!("sha256sum", sha256sum, [text]),
    func!("sha512sum", sha512sum, [text]),
];
