//! What Go says about characters.

mod tables;

/// Whether `strconv.IsPrint` holds: letters, marks, numbers, punctuation, symbols and the ASCII
/// space.
pub fn is_print(character: char) -> bool {
    match u32::from(character) {
        code @ 0..0x80 => (0x20..0x7f).contains(&code),
        code => within(tables::PRINTABLE, code),
    }
}

/// Whether `unicode.IsLetter` holds: category L.
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    within(tables::LETTERS, u32::from(character))
}

/// Whether `unicode.IsDigit` holds: category Nd.
pub fn is_digit(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_digit();
    }
    within(tables::DIGITS, u32::from(character))
}

fn within(ranges: &[(u32, u32)], code: u32) -> bool {
    let after = ranges.partition_point(|(first, _)| *first <= code);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|(_, last)| code <= *last)
}

/// The first character of `bytes` and its length in bytes, or nothing and 1 where they are not
/// UTF-8 (or 0 at the end).
///
/// ```
/// # use rhumb_value::unicode::decode;
/// assert_eq!(decode("éa".as_bytes()), (Some('é'), 2));
/// assert_eq!(decode(b"\xff"), (None, 1));
/// ```
pub fn decode(bytes: &[u8]) -> (Option<char>, usize) {
    let Some(&first) = bytes.first() else { return (None, 0) };
    if first < 0x80 {
        return (Some(char::from(first)), 1);
    }
    let head = &bytes[..bytes.len().min(4)];
    let valid = match str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
    };
    match valid.chars().next() {
        Some(character) => (Some(character), character.len_utf8()),
        None => (None, 1),
    }
}

/// How many characters Go counts in `bytes`: each byte that is not UTF-8 is one.
pub fn count(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let mut rest = bytes;
    let mut characters = 0;
    while !rest.is_empty() {
        let (_, width) = decode(rest);
        rest = &rest[width..];
        characters += 1;
    }
    characters
}

/// Appends a character as UTF-8.
pub fn push(out: &mut Vec<u8>, character: char) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}
