//! Classes of bytes within actions.

/// A letter, a digit or `_`.
pub(super) const NAME: u8 = 1;
/// What may stand between words.
pub(super) const SPACE: u8 = 2;
/// What may follow a name.
pub(super) const TERMINATOR: u8 = 4;
/// What a quoted text does not simply go on with: its end, an escape, or the end of the line.
pub(super) const QUOTED: u8 = 8;

/// The classes of each byte.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => NAME,
            b' ' | b'\t' | b'\r' => SPACE | TERMINATOR,
            b'\n' => SPACE | TERMINATOR | QUOTED,
            b'.' | b',' | b'|' | b':' | b')' | b'(' => TERMINATOR,
            b'"' | b'\'' | b'\\' => QUOTED,
            _ => 0,
        };
        byte += 1u8;
    }
    classes
};

/// Whether a byte is of a class.
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// How many bytes there are of a class (or of none of it) from an offset on.
pub(super) fn skip(text: &[u8], mut at: usize, class: u8, wanted: bool) -> usize {
    while let Some(byte) = text.get(at)
        && is(*byte, class) == wanted
    {
        at += 1;
    }
    at
}
