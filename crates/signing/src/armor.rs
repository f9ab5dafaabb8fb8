//! Binary data as lines of letters between `-----BEGIN …-----` and `-----END …-----`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Error;

/// The most letters in a line of an armor.
const MAX_LINE: usize = 96;
/// The most bytes in a line that is read at once; in longer ones no armor begins.
const LONG_LINE: usize = 100;
const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// A block of an armor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Armor<'a> {
    /// What is in it, such as `PGP SIGNATURE`.
    pub(crate) kind: Cow<'a, str>,
    pub(crate) body: Body,
}

/// What an armor holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    /// Why there is no more, if not because it ends.
    pub(crate) broken: Option<Error>,
}

/// A line, and what comes after it. The line's end belongs to neither.
pub(crate) fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = text.iter().position(|byte| *byte == b'\n') else { return (text, &[]) };
    let line = &text[..end];
    (line.strip_suffix(b"\r").unwrap_or(line), &text[end + 1..])
}

/// Finds the first block; also gives what comes after it. What stands before it is not looked at, nor is its checksum.
pub(crate) fn read(text: &[u8]) -> Option<(Armor<'_>, &[u8])> {
    let mut rest = text;
    loop {
        let (kind, headers) = begin(rest)?;
        match skip_headers(headers) {
            Headers::End(body) => {
                let (body, rest) = read_body(body);
                return Some((Armor { kind: String::from_utf8_lossy(kind), body }, rest));
            }
            Headers::Missing => return None,
            Headers::NoHeader(after) => rest = after,
        }
    }
}

/// Finds the line that a block begins with.
fn begin(mut rest: &[u8]) -> Option<(&[u8], &[u8])> {
    while !rest.is_empty() {
        let (line, after) = line(rest);
        rest = after;
        let line_trimmed = line.trim_ascii();
        let is_long = line.len() >= LONG_LINE;
        if let Some(kind) = line_trimmed.strip_prefix(BEGIN)
            && kind.len() > DASHES.len()
            && !is_long
        {
            return Some((&kind[..kind.len() - DASHES.len()], rest));
        }
    }
    None
}

/// What stands between the first line and the letters.
enum Headers<'a> {
    /// An empty line, and what comes after it.
    End(&'a [u8]),
    /// The text ended before.
    Missing,
    /// A line that is no header, and what comes after it.
    NoHeader(&'a [u8]),
}

fn skip_headers(mut rest: &[u8]) -> Headers<'_> {
    while !rest.is_empty() {
        let (line, after) = line(rest);
        rest = after;
        let line = line.trim_ascii();
        if line.is_empty() {
            return Headers::End(rest);
        }
        if !line.contains(&b':') {
            return Headers::NoHeader(rest);
        }
    }
    Headers::Missing
}

fn read_body(mut rest: &[u8]) -> (Body, &[u8]) {
    let mut letters = Vec::new();
    let mut broken = None;
    while !rest.is_empty() {
        let (whole, after) = line(rest);
        rest = after;
        let line = whole.trim_ascii();
        let is_checksum = line.len() == 5 && line[0] == b'=';
        if line.starts_with(END) || is_checksum {
            break;
        }
        if whole.len() >= LONG_LINE || line.len() > MAX_LINE {
            broken = Some(Error::invalid("armor invalid"));
            break;
        }
        letters.extend_from_slice(line);
    }
    (decode(&letters, broken), rest)
}

/// As many bytes as the letters give: groups of four, until one is none.
fn decode(letters: &[u8], broken: Option<Error>) -> Body {
    let (groups, rest) = letters.as_chunks::<4>();
    let mut bytes = Vec::with_capacity(groups.len() * 3);
    for group in groups {
        let Ok(part) = STANDARD.decode(group) else {
            let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
            let at = group.iter().position(|byte| !is_letter(byte)).unwrap_or_default();
            return Body { bytes, broken: Some(Error::Base64 { at }) };
        };
        bytes.extend(part);
    }
    let broken = broken.or(if rest.is_empty() { None } else { Some(Error::Truncated) });
    Body { bytes, broken }
}

#[cfg(test)]
mod tests;
