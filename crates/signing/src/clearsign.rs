//! A text that can be read as it is, with a signature after it.

use crate::armor::{self, Armor, line};

const BEGIN: &[u8] = b"-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
const END: &[u8] = b"\n-----END PGP SIGNATURE-----";
const ESCAPE: &[u8] = b"- ";
/// The only header, and what it may say; it says nothing of the signature itself.
const HASH: &[u8] = b"Hash";
const HASHES: &[&str] =
    &["MD5", "SHA1", "RIPEMD160", "SHA224", "SHA256", "SHA384", "SHA512", "SHA3-256", "SHA3-512"];

/// A clear-signed text, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClearSigned<'a> {
    /// The text, with `\n` between its lines and none after the last.
    pub(crate) text: Vec<u8>,
    /// What was signed: the same with `\r\n`.
    pub(crate) signed: Vec<u8>,
    pub(crate) signature: Armor<'a>,
}

/// Finds the first clear-signed text. What stands before and after it is not looked at.
pub(crate) fn read(data: &[u8]) -> Option<ClearSigned<'_>> {
    let (suffix, mut rest) = line(after_begin(data)?);
    if !suffix.is_empty() {
        return None;
    }
    loop {
        if rest.is_empty() {
            return None;
        }
        let (header, after) = line(rest);
        rest = after;
        if header.trim_ascii().is_empty() {
            break;
        }
        if !is_header(header) {
            return None;
        }
    }
    let (mut text, mut signed) = (Vec::new(), Vec::new());
    let mut is_first = true;
    let signature = loop {
        let (whole, after) = line(rest);
        if whole.is_empty() && after.is_empty() {
            return None;
        }
        if whole == SIGNATURE {
            break rest;
        }
        rest = after;
        if !is_first {
            text.push(b'\n');
            signed.extend(b"\r\n");
        }
        is_first = false;
        // A line that begins with a dash has two bytes more before it, and blanks at the end do not count.
        let line = whole.strip_prefix(ESCAPE).unwrap_or(whole);
        let blanks = line.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line = &line[..line.len() - blanks];
        text.extend(line);
        signed.extend(line);
    };
    // A signature without any text is none for Helm, which ends badly there.
    if is_first {
        return None;
    }
    let end = find(signature, END)?;
    let (signature, _) = armor::read(&signature[..end + END.len()])?;
    Some(ClearSigned { text, signed, signature })
}

/// What comes after the line that the text begins with.
fn after_begin(data: &[u8]) -> Option<&[u8]> {
    if let Some(rest) = data.strip_prefix(BEGIN) {
        return Some(rest);
    }
    let mut rest = data;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        rest = &rest[end + 1..];
        if let Some(rest) = rest.strip_prefix(BEGIN) {
            return Some(rest);
        }
    }
    None
}

fn is_header(header: &[u8]) -> bool {
    if !header.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return false;
    }
    let Some(colon) = header.iter().position(|byte| *byte == b':') else { return false };
    let (name, hashes) = (header[..colon].trim_ascii(), &header[colon + 1..]);
    let is_known = |hash: &[u8]| {
        HASHES.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(hash.trim_ascii()))
    };
    name == HASH && hashes.split(|byte| *byte == b',').all(is_known)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests;
