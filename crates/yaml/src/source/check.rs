/// What is wrong with the input after the good text.
pub(super) struct Fault {
    pub(super) problem: &'static str,
    /// How many bytes the bad character seems to have, or nothing if the input ends in it.
    pub(super) width: Option<usize>,
}

/// Text that was UTF-16.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) fault: Option<Fault>,
}

const CONTROL: &str = "control characters are not allowed";

/// Whether all bytes are printable ASCII, tabs or line breaks.
pub(super) fn is_plain_ascii(bytes: &[u8]) -> bool {
    !any(bytes, |byte| !matches!(byte, 0x20..=0x7e | b'\t' | b'\n' | b'\r'))
}

/// The text before the first thing that a reader refuses, and what that is.
pub(super) fn checked_text(bytes: &[u8]) -> (&str, Option<Fault>) {
    let (text, mut fault) = match str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let fault = utf8_fault(&bytes[error.valid_up_to()..]);
            (str::from_utf8(good).unwrap_or_default(), Some(fault))
        }
    };
    if !may_be_forbidden(text.as_bytes()) {
        return (text, fault);
    }
    let forbidden = text.char_indices().find(|&(_, character)| !is_allowed(character));
    if let Some((at, character)) = forbidden {
        fault = Some(Fault { problem: CONTROL, width: Some(character.len_utf8()) });
        return (&text[..at], fault);
    }
    (text, fault)
}

/// Whether there are bytes that characters start with which [`is_allowed`] refuses.
fn may_be_forbidden(bytes: &[u8]) -> bool {
    let is_control =
        |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    any(bytes, is_control)
        || memchr::memchr_iter(0xc2, bytes)
            .any(|at| bytes.get(at + 1).is_none_or(|&next| next < 0xa0))
        || memchr::memmem::find(bytes, b"\xef\xbf").is_some()
}

/// Whether there may be a line break other than the line feed.
pub(super) fn has_odd_breaks(bytes: &[u8]) -> bool {
    memchr::memchr(b'\r', bytes).is_some()
        || [&b"\xc2\x85"[..], b"\xe2\x80\xa8", b"\xe2\x80\xa9"]
            .iter()
            .any(|odd| memchr::memmem::find(bytes, odd).is_some())
}

/// Whether any byte is of a kind, without an early exit inside a chunk, so that it is done many
/// bytes at a time.
fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    bytes.chunks(256).any(|chunk| chunk.iter().fold(false, |found, &byte| found | is(byte)))
}

/// Whether YAML 1.1 allows the character in a stream.
const fn is_allowed(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | '\x20'..='\x7e' | '\u{85}' | '\u{a0}'..='\u{d7ff}'
        | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// What is wrong with bytes that do not start with a UTF-8 character.
fn utf8_fault(bytes: &[u8]) -> Fault {
    let first = bytes.first().copied().unwrap_or_default();
    let (width, bits) = match first {
        0xc0..=0xdf => (2, u32::from(first & 0x1f)),
        0xe0..=0xef => (3, u32::from(first & 0x0f)),
        0xf0..=0xf7 => (4, u32::from(first & 0x07)),
        _ => return Fault { problem: "invalid leading UTF-8 octet", width: Some(1) },
    };
    let Some(rest) = bytes.get(1..width) else {
        return Fault { problem: "incomplete UTF-8 octet sequence", width: None };
    };
    let value = rest.iter().fold(bits, |value, byte| value << 6 | u32::from(byte & 0x3f));
    let problem = if rest.iter().any(|byte| byte & 0xc0 != 0x80) {
        "invalid trailing UTF-8 octet"
    } else if value < [0x80, 0x800, 0x10000][width - 2] {
        "invalid length of a UTF-8 sequence"
    } else {
        "invalid Unicode character"
    };
    Fault { problem, width: Some(width) }
}

/// Decodes UTF-16 up to the first thing that a reader refuses.
pub(super) fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut units = bytes.chunks(2).map(|pair| match pair {
        &[first, second] => Some(unit([first, second])),
        _ => None,
    });
    while let Some(next) = units.next() {
        match utf16_character(next, || units.next().flatten()) {
            Ok(character) => text.push(character),
            Err(fault) => return Decoded { text, fault: Some(fault) },
        }
    }
    Decoded { text, fault: None }
}

fn utf16_character(unit: Option<u16>, next: impl FnOnce() -> Option<u16>) -> Result<char, Fault> {
    let fault = |problem, width| Err(Fault { problem, width });
    let character = match unit {
        None => return fault("incomplete UTF-16 character", None),
        Some(0xdc00..=0xdfff) => return fault("unexpected low surrogate area", Some(2)),
        Some(high @ 0xd800..=0xdbff) => {
            let Some(low) = next() else {
                return fault("incomplete UTF-16 surrogate pair", None);
            };
            match char::decode_utf16([high, low]).next() {
                Some(Ok(character)) => character,
                _ => return fault("expected low surrogate area", Some(4)),
            }
        }
        Some(unit) => char::from_u32(u32::from(unit)).unwrap_or_default(),
    };
    if is_allowed(character) { Ok(character) } else { fault(CONTROL, Some(2)) }
}
