use std::borrow::Cow;

use crate::scan::decode;

/// A text to search, as characters: bytes that are no UTF-8 stand in it as U+FFFD each.
pub(crate) struct Haystack<'t> {
    original: &'t [u8],
    shown: Cow<'t, [u8]>,
    /// Where the shown text has grown against the original: shown end of each U+FFFD put in.
    grown: Vec<usize>,
}

/// How many bytes a U+FFFD has more than the byte that it stands for.
const GROWTH: usize = 2;

impl<'t> Haystack<'t> {
    pub(crate) fn new(original: &'t [u8]) -> Self {
        if str::from_utf8(original).is_ok() {
            return Self { original, shown: Cow::Borrowed(original), grown: Vec::new() };
        }
        let mut shown = Vec::with_capacity(original.len() + GROWTH);
        let mut grown = Vec::new();
        let mut rest = original;
        while let [first, ..] = rest {
            let _: &u8 = first;
            if let Some((_, width)) = decode(rest) {
                shown.extend_from_slice(&rest[..width]);
                rest = &rest[width..];
            } else {
                shown.extend_from_slice("\u{fffd}".as_bytes());
                grown.push(shown.len());
                rest = &rest[1..];
            }
        }
        Self { original, shown: Cow::Owned(shown), grown }
    }

    /// The text to give to the engine; offsets below are offsets in it.
    pub(crate) fn shown(&self) -> &[u8] {
        &self.shown
    }

    /// The original bytes between two offsets.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'t [u8] {
        &self.original[self.original_offset(start)..self.original_offset(end)]
    }

    /// The width of the character at an offset, 0 at the end.
    pub(crate) fn width(&self, offset: usize) -> usize {
        decode(&self.shown[offset..]).map_or(0, |(_, width)| width)
    }

    fn original_offset(&self, shown: usize) -> usize {
        shown - GROWTH * self.grown.partition_point(|end| *end <= shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_to_the_original() {
        let haystack = Haystack::new(b"a\xff\xc3\xa9\xe2\x82z");
        assert_eq!(haystack.shown(), "a\u{fffd}é\u{fffd}\u{fffd}z".as_bytes());
        assert_eq!(haystack.slice(0, 4), b"a\xff");
        assert_eq!(haystack.slice(4, 6), b"\xc3\xa9");
        assert_eq!(haystack.slice(9, 12), b"\x82");
        assert_eq!(haystack.slice(12, 13), b"z");
    }
}
