use super::field::{is_finite, is_text};
use super::scalar::quoted_end;
use super::{MAX_KEY, Skim};

/// The deepest nesting of brackets that is read here.
pub(super) const MAX_DEPTH: usize = 10;

/// Where the collection in brackets at `at` ends, if it is made of quoted texts and plain words.
pub(super) fn end(skim: &Skim<'_>, at: usize) -> Option<usize> {
    collection(skim, at, 0)
}

fn collection(skim: &Skim<'_>, at: usize, depth: usize) -> Option<usize> {
    if depth == MAX_DEPTH {
        return None;
    }
    let is_mapping = skim.bytes[at] == b'{';
    let close = if is_mapping { b'}' } else { b']' };
    let mut next = skip_gap(skim, at + 1);
    while *skim.bytes.get(next)? != close {
        if is_mapping {
            next = skip_gap(skim, key(skim, next)?);
        }
        next = skip_gap(skim, value(skim, next, depth)?);
        match *skim.bytes.get(next)? {
            b',' => next = skip_gap(skim, next + 1),
            byte if byte == close => {}
            _ => return None,
        }
    }
    Some(next + 1)
}

/// The place behind the `:` behind a key.
fn key(skim: &Skim<'_>, at: usize) -> Option<usize> {
    let (end, is_quoted) = match *skim.bytes.get(at)? {
        b'"' | b'\'' => (quoted_end(skim.bytes, at).filter(|end| end.is_on_one_line)?.behind, true),
        _ => (word(skim, at).filter(|&end| is_text(&skim.text[at..end]))?, false),
    };
    let is_colon = skim.bytes.get(end) == Some(&b':');
    let is_key = is_colon && (is_quoted || skim.bytes.get(end + 1) == Some(&b' '));
    (is_key && end - at < MAX_KEY).then_some(end + 1)
}

fn value(skim: &Skim<'_>, at: usize, depth: usize) -> Option<usize> {
    match *skim.bytes.get(at)? {
        b'"' | b'\'' => Some(quoted_end(skim.bytes, at)?.behind),
        b'[' | b'{' => collection(skim, at, depth + 1),
        _ => word(skim, at),
    }
}

/// Where a plain word ends.
fn word(skim: &Skim<'_>, at: usize) -> Option<usize> {
    let is_of_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/');
    let length = skim
        .rest(at)
        .iter()
        .take_while(|&&byte| is_of_word(byte) || matches!(byte, b'-' | b'.'))
        .count();
    let text = &skim.text[at..at + length];
    let is_word = text.as_bytes().first().is_some_and(|&byte| is_of_word(byte));
    (is_word && is_finite(text)).then_some(at + length)
}

/// Behind the spaces and line breaks at a place.
fn skip_gap(skim: &Skim<'_>, at: usize) -> usize {
    let mut next = skim.skip_spaces(at);
    while skim.bytes.get(next) == Some(&b'\n') {
        next = skim.skip_spaces(next + 1);
    }
    next
}
