use crate::{Error, ErrorKind};

/// Splits the first character off a pattern; at its end that is U+FFFD, as in Go.
///
/// # Errors
///
/// If the pattern does not start with a whole UTF-8 character; the fragment is all that is left.
pub(crate) fn next_char(text: &[u8]) -> Result<(char, &[u8]), Error> {
    match decode(text) {
        None if text.is_empty() => Ok((char::REPLACEMENT_CHARACTER, text)),
        Some((char, width)) => Ok((char, &text[width..])),
        None => Err(Error::syntax(ErrorKind::Utf8, text)),
    }
}

/// The first character and its width in bytes; nothing if it is no UTF-8, or there is none.
pub(crate) fn decode(text: &[u8]) -> Option<(char, usize)> {
    let width = match text.first()? {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let char = str::from_utf8(text.get(..width)?).ok()?.chars().next()?;
    Some((char, width))
}

/// Checks that all of a fragment is UTF-8; the error's fragment starts where it is not.
pub(crate) fn check_utf8(text: &[u8]) -> Result<(), Error> {
    match str::from_utf8(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::syntax(ErrorKind::Utf8, &text[error.valid_up_to()..])),
    }
}

/// What of `from` comes before its suffix `rest`.
pub(crate) fn before<'a>(from: &'a [u8], rest: &[u8]) -> &'a [u8] {
    &from[..from.len() - rest.len()]
}
