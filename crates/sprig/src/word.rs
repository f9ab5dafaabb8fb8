//! Words: their case, their initials, and lines of them.

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::unicode::{is_digit, is_letter};
use rhumb_value::{CallError, Text};

use crate::rune::{self, chars, is_lower, is_title, is_upper, to_lower, to_title, to_upper};
use crate::word_case;

/// `title TEXT`: each word with a capital.
///
/// `{{ title "two words" }}` gives `Two Words`.
fn title(text: &Text) -> Vec<u8> {
    let mut last = ' ';
    rune::map(text.as_bytes(), |char| {
        let starts = is_separator(last);
        last = char;
        if starts { to_title(char) } else { char }
    })
}

fn is_separator(char: char) -> bool {
    if char.is_ascii() {
        return !char.is_ascii_alphanumeric() && char != '_';
    }
    !is_letter(char) && !is_digit(char) && char.is_whitespace()
}

/// `untitle TEXT`: each word with a small letter.
///
/// `{{ untitle "Two Words" }}` gives `two words`.
fn untitle(text: &Text) -> Vec<u8> {
    let mut starts = true;
    rune::map(text.as_bytes(), |char| {
        if char.is_whitespace() {
            starts = true;
            return char;
        }
        if std::mem::take(&mut starts) { to_lower(char) } else { char }
    })
}

/// `swapcase TEXT`: capitals for small letters and the other way round.
///
/// `{{ swapcase "Chart" }}` gives `cHART`.
fn swapcase(text: &Text) -> Vec<u8> {
    let mut starts = true;
    rune::map(text.as_bytes(), |char| {
        if is_upper(char) || is_title(char) {
            starts = false;
            to_lower(char)
        } else if is_lower(char) {
            if std::mem::take(&mut starts) { to_title(char) } else { to_upper(char) }
        } else {
            starts = char.is_whitespace();
            char
        }
    })
}

/// `initials TEXT`: the first byte of each word, as a character.
///
/// `{{ initials "Two Words" }}` gives `TW`.
fn initials(text: &Text) -> String {
    let mut starts = true;
    let mut result = String::new();
    for char in text.as_bytes().iter().copied().map(char::from) {
        if char.is_whitespace() {
            starts = true;
        } else if std::mem::take(&mut starts) {
            result.push(char);
        }
    }
    result
}

/// `nospace TEXT`: without white space; what is not ASCII is taken byte by byte if there is some.
///
/// `{{ nospace "a b c" }}` gives `abc`.
fn nospace(text: &Text) -> Text {
    let bytes = || text.as_bytes().iter().copied().map(char::from);
    if !bytes().any(char::is_whitespace) {
        return text.clone();
    }
    bytes().filter(|char| !char.is_whitespace()).collect::<String>().into()
}

/// `snakecase TEXT`: `such_words`.
///
/// `{{ snakecase "TwoWords" }}` gives `two_words`.
fn snakecase(text: &Text) -> Vec<u8> {
    word_case::lower_with(text.as_bytes(), '_')
}

/// `kebabcase TEXT`: `such-words`.
///
/// `{{ kebabcase "TwoWords" }}` gives `two-words`.
fn kebabcase(text: &Text) -> Vec<u8> {
    word_case::lower_with(text.as_bytes(), '-')
}

/// `camelcase TEXT`: `SuchWords`.
///
/// `{{ camelcase "two_words" }}` gives `TwoWords`.
fn camelcase(text: &Text) -> String {
    word_case::pascal(text.as_bytes())
}

/// `abbrev WIDTH TEXT`: cut to a width, with dots at its end.
///
/// `{{ abbrev 6 "long text" }}` gives `lon...`.
fn abbrev(width: i64, text: &Text) -> Text {
    if width < 4 {
        return text.clone();
    }
    abbreviate(text.as_bytes(), 0, width).into()
}

/// `abbrevboth START WIDTH TEXT`: cut to a width, with dots at both ends.
///
/// `{{ abbrevboth 5 10 "1234 5678 9123" }}` gives `...5678...`.
fn abbrev_both(start: i64, width: i64, text: &Text) -> Text {
    if width < 4 || start > 0 && width < 7 {
        return text.clone();
    }
    abbreviate(text.as_bytes(), start, width).into()
}

/// Cuts a text to a width from a place on; empty where no width is left for that.
fn abbreviate(text: &[u8], start: i64, width: i64) -> Vec<u8> {
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if width < 4 {
        return Vec::new();
    }
    if length <= width {
        return text.to_vec();
    }
    let mut start = start.min(length);
    let kept = width - 3;
    if length.wrapping_sub(start) < kept {
        start = length - kept;
    }
    let place = |place: i64| usize::try_from(place).unwrap_or_default();
    if start <= 4 {
        return [&text[..place(kept)], b"..."].concat();
    }
    if width < 7 {
        return Vec::new();
    }
    if start + kept < length {
        return [b"...", &*abbreviate(&text[place(start)..], 0, kept)].concat();
    }
    [b"...", &text[place(length - kept)..]].concat()
}

/// `wrap COLUMN TEXT`: with line breaks instead of spaces, so that lines have at most so many
/// bytes; longer words stay whole.
///
/// `{{ wrap 5 "one two three" | quote }}` gives `"one\ntwo\nthree"`.
fn wrap(call: &Call<'_>, column: i64, text: &Text) -> Result<Vec<u8>, CallError> {
    wrapped(call, text.as_bytes(), column, (b"\n", false))
}

/// `wrapWith COLUMN BREAK TEXT`: as `wrap` with another line break; longer words are cut.
///
/// `{{ wrapWith 5 "/" "one two three" }}` gives `one/two/three`.
fn wrap_with(
    call: &Call<'_>,
    column: i64,
    line_break: &Text,
    text: &Text,
) -> Result<Vec<u8>, CallError> {
    let line_break = line_break.as_bytes();
    let line_break = if line_break.is_empty() { b"\n" } else { line_break };
    wrapped(call, text.as_bytes(), column, (line_break, true))
}

fn wrapped(
    call: &Call<'_>,
    mut text: &[u8],
    column: i64,
    (line_break, cuts_words): (&[u8], bool),
) -> Result<Vec<u8>, CallError> {
    let column = usize::try_from(column).unwrap_or(1).max(1);
    let mut out = Vec::new();
    while text.len() > column {
        if text[0] == b' ' {
            text = &text[1..];
            continue;
        }
        let space = memchr::memrchr(b' ', &text[..=column]);
        let (end, next) = match space {
            Some(space) => (space, space + 1),
            None if cuts_words => (column, column),
            None => match memchr::memchr(b' ', &text[column..]) {
                Some(space) => (column + space, column + space + 1),
                None => break,
            },
        };
        call.charge(end + line_break.len())?;
        out.extend_from_slice(&text[..end]);
        out.extend_from_slice(line_break);
        text = &text[next..];
    }
    out.extend_from_slice(text);
    Ok(out)
}

/// `shuffle TEXT`: its characters in a random order.
///
/// `{{ shuffle "abc" | len }}` gives `3`.
fn shuffle(call: &Call<'_>, text: &Text) -> String {
    let mut characters: Vec<char> = chars(text.as_bytes()).collect();
    for index in (1..characters.len()).rev() {
        characters.swap(index, crate::random::below(call, index + 1));
    }
    characters.into_iter().collect()
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("abbrev", abbrev, [width, text]),
    func!("abbrevboth", abbrev_both, [start, width, text]),
    func!("camelcase", camelcase, [text]),
    func!("initials", initials, [text]),
    func!("kebabcase", kebabcase, [text]),
    func!("nospace", nospace, [text]),
    func!("shuffle", shuffle, call, [text]),
    func!("snakecase", snakecase, [text]),
    func!("swapcase", swapcase, [text]),
    func!("title", title, [text]),
    func!("untitle", untitle, [text]),
    func!("wrap", wrap, call, [column, text]),
    func!("wrapWith", wrap_with, call, [column, line_break, text]),
];
