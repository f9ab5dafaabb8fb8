//! Classes of bytes within actions.

/// A letter, a digit or `_`.
pub(super) const NAME: u8 = 1;
/// What may stand between words.
pub(super) const SPACE: u8 = 2;
/// What may follow a name.
pub(super) const TERMINATOR: u8 = 4;
/// What a quoted text simply goes on with: not its end, an escape or the end of the line.
pub(super) const PLAIN: u8 = 8;
/// What may follow a backslash in a text between double quotes, and stands for one byte then.
pub(super) const ESCAPED: u8 = 16;

/// The classes of each byte.
static CLASSES: [u8; 256] = {
    let mut classes = [PLAIN; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' => NAME | PLAIN | ESCAPED,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => NAME | PLAIN,
            b' ' | b'\t' | b'\r' => SPACE | TERMINATOR | PLAIN,
            b'\n' => SPACE | TERMINATOR,
            b'.' | b',' | b'|' | b':' | b')' | b'(' => TERMINATOR | PLAIN,
            b'"' | b'\\' => ESCAPED,
            b'\'' => 0,
            _ => PLAIN,
        };
        byte += 1u8;
    }
    classes
};

/// Whether a byte is of a class.
#[inline]
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// Where the bytes of a class end that begin at an offset.
#[inline]
pub(super) fn skip(text: &[u8], mut at: u32, class: u8) -> u32 {
    while let Some(byte) = text.get(at as usize)
        && is(*byte, class)
    {
        at += 1;
    }
    at
}
