//! As much of ASN.1's DER as keys and certificates need.

use num_bigint::BigUint;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const PRINTABLE_STRING: u8 = 0x13;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERAL_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// A value with its tag and length.
pub(super) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len().to_be_bytes();
    let significant = length.iter().position(|byte| *byte != 0).unwrap_or(length.len() - 1);
    let length = &length[significant..];
    if content.len() >= 0x80 {
        out.push(0x80 | length.len().to_le_bytes()[0]);
    }
    out.extend_from_slice(length);
    out.extend_from_slice(content);
    out
}

/// Values one after another, in a value of their own.
pub(super) fn group(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    value(tag, &parts.concat())
}

/// A number that is not negative, from its bytes.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0);
    let digits = start.map_or(&[0][..], |start| &bytes[start..]);
    let sign: &[u8] = if digits[0] & 0x80 == 0 { &[] } else { &[0] };
    value(INTEGER, &[sign, digits].concat())
}

/// A number that is not negative.
pub(super) fn number(number: &BigUint) -> Vec<u8> {
    integer(&number.to_bytes_be())
}

/// An object identifier, from its encoded bytes.
pub(super) fn object(bytes: &[u8]) -> Vec<u8> {
    value(OBJECT, bytes)
}

/// Whole bytes as a string of bits.
pub(super) fn bits(bytes: &[u8]) -> Vec<u8> {
    value(BIT_STRING, &[&[0], bytes].concat())
}

/// A value that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read<'d> {
    pub(super) tag: u8,
    pub(super) content: &'d [u8],
    /// With tag and length.
    pub(super) whole: &'d [u8],
}

/// Reads one value and what follows it.
pub(super) fn read(data: &[u8]) -> Option<(Read<'_>, &[u8])> {
    let (tag, rest) = data.split_first()?;
    let (first, mut rest) = rest.split_first()?;
    let mut length = usize::from(*first);
    if length >= 0x80 {
        let bytes;
        (bytes, rest) = rest.split_at_checked(length & 0x7f).filter(|(b, _)| b.len() <= 4)?;
        length = bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    }
    let (content, after) = rest.split_at_checked(length)?;
    let whole = &data[..data.len() - after.len()];
    Some((Read { tag: *tag, content, whole }, after))
}

/// Reads all values of a content.
pub(super) fn read_all(mut content: &[u8]) -> Option<Vec<Read<'_>>> {
    let mut values = Vec::new();
    while !content.is_empty() {
        let (value, rest) = read(content)?;
        values.push(value);
        content = rest;
    }
    Some(values)
}

/// Reads a sequence that is all of the data.
pub(super) fn read_sequence(data: &[u8]) -> Option<Vec<Read<'_>>> {
    match read(data)? {
        (Read { tag: SEQUENCE, content, .. }, []) => read_all(content),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_the_shortest() {
        assert_eq!(value(OCTET_STRING, &[7; 3])[..2], [4, 3]);
        assert_eq!(value(OCTET_STRING, &[7; 200])[..3], [4, 0x81, 200]);
        let long = value(OCTET_STRING, &[7; 300]);
        assert_eq!(long[..4], [4, 0x82, 1, 44]);
        assert_eq!(
            read(&long).map(|(read, rest)| (read.content.len(), rest.len())),
            Some((300, 0))
        );
        assert_eq!(integer(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert!(read(&[4, 5, 1]).is_none());
    }
}
