//! Kinds of bytes.

/// Ends a plain scalar, or may.
pub(super) const PLAIN: u8 = 1;
/// Ends a plain scalar between brackets, or may.
pub(super) const PLAIN_IN_FLOW: u8 = 2;
/// Cannot stand for itself between double quotes.
pub(super) const DOUBLE_QUOTED: u8 = 4;
/// Cannot stand for itself between single quotes.
pub(super) const SINGLE_QUOTED: u8 = 8;
/// Starts a line break, or may.
const BREAK: u8 = 16;
/// May be in a tag.
const URI: u8 = 32;
/// Starts a plain scalar, whatever comes behind it.
pub(super) const PLAIN_START: u8 = 64;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "stops at 255")]
        let is = byte as u8;
        classes[byte] = match is {
            b'\r' | b'\n' | 0xc2 | 0xe2 => {
                PLAIN | PLAIN_IN_FLOW | DOUBLE_QUOTED | SINGLE_QUOTED | BREAK
            }
            b' ' | b'\t' => PLAIN | PLAIN_IN_FLOW,
            b':' => PLAIN | PLAIN_IN_FLOW | URI,
            b'?' | b',' | b'[' | b']' => PLAIN_IN_FLOW | URI,
            b'{' | b'}' => PLAIN_IN_FLOW,
            b'"' | b'\\' => DOUBLE_QUOTED,
            b'\'' => SINGLE_QUOTED | URI,
            b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b'_'
            | b'-'
            | b';'
            | b'/'
            | b'@'
            | b'&'
            | b'='
            | b'+'
            | b'$'
            | b'.'
            | b'!'
            | b'~'
            | b'*'
            | b'('
            | b')'
            | b'%' => URI,
            _ => 0,
        };
        if starts_plain(is) {
            classes[byte] |= PLAIN_START;
        }
        byte += 1;
    }
    classes
};

const fn starts_plain(byte: u8) -> bool {
    let is_sign =
        matches!(byte, b'!'..=b'#' | b'%'..=b'\'' | b'*' | b',' | b'-' | b':' | b'>'..=b'@');
    let is_bracket = matches!(byte, b'[' | b']' | b'`' | b'{'..=b'}' | 0x7f);
    byte > b' ' && !is_sign && !is_bracket
}

/// Whether the byte is of one of the kinds.
#[inline]
pub(super) fn is(byte: u8, kinds: u8) -> bool {
    CLASSES[usize::from(byte)] & kinds != 0
}

#[inline]
pub(super) fn may_break(byte: u8) -> bool {
    is(byte, BREAK)
}

pub(super) fn is_uri(byte: u8) -> bool {
    is(byte, URI)
}

/// What names of anchors, tag handles and directives are made of.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The bytes of the character that starts with this byte.
#[inline]
pub(super) const fn width(byte: u8) -> usize {
    match byte {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
    }
}

/// The bytes of the line break at a place, 0 if there is none. A carriage return counts alone.
#[inline]
pub(super) fn break_width(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\n' | b'\r') => 1,
        Some(0xc2) if bytes.get(at + 1) == Some(&0x85) => 2,
        Some(0xe2) if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => 3,
        _ => 0,
    }
}

/// Eight times the same byte.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many bytes are before the first one that `stops` marks: of eight bytes, the first one lowest,
/// it makes zeros up to there.
#[inline]
fn count_until(bytes: &[u8], stops: impl Fn(u64) -> u64) -> usize {
    let mut count = 0;
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        let stop = stops(u64::from_le_bytes(*chunk));
        if stop != 0 {
            return count + stop.trailing_zeros() as usize / 8;
        }
        (count, rest) = (count + 8, behind);
    }
    count + rest.iter().take_while(|&&byte| stops(u64::from(byte)).trailing_zeros() >= 8).count()
}

/// How many spaces the text starts with.
#[inline]
pub(crate) fn spaces(bytes: &[u8]) -> usize {
    count_until(bytes, |chunk| chunk ^ eight(b' '))
}

/// How many bytes of ASCII behind the space, other than `:`, the text starts with.
#[inline]
pub(crate) fn word(bytes: &[u8]) -> usize {
    // What a borrow does wrong is above the first byte that stops.
    count_until(bytes, |chunk| {
        let below = chunk.wrapping_sub(eight(b'!')) & !chunk;
        let colon = chunk ^ eight(b':');
        let colon = colon.wrapping_sub(eight(1)) & !colon;
        (below | colon | chunk) & eight(0x80)
    })
}

pub(super) fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&byte| byte & 0xc0 != 0x80).count()
}
