//! Snake, kebab and camel case by the rules of xstrings 1.5, which tell words apart by the kinds of
//! their characters.

use rhumb_value::unicode::{decode, is_letter};

use crate::rune::{is_number, is_punct, is_upper, to_lower, to_upper};

/// What a run of characters is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Invalid,
    Number,
    Upper,
    Letters,
    Connector,
    Punctuation,
    Other,
}

/// A run of characters, and what follows it.
#[derive(Clone, Copy)]
struct Word<'t> {
    kind: Kind,
    text: &'t [u8],
    rest: &'t [u8],
}

/// `such_words`, with the connector given.
pub(crate) fn lower_with(text: &[u8], connector: char) -> Vec<u8> {
    let mut writer = Writer { out: Vec::with_capacity(text.len()), connector };
    let mut word = next_word(text);
    while !word.rest.is_empty() {
        if word.kind != Kind::Connector {
            writer.write(word.kind, word.text);
        }
        let previous = word;
        word = next_word(word.rest);
        match previous.kind {
            Kind::Number => {
                word = writer.write_letters_and_numbers(word);
                writer.connect_unless(word.kind == Kind::Invalid, word.kind);
            }
            Kind::Connector => writer.write(Kind::Connector, previous.text),
            Kind::Punctuation => {}
            _ if word.kind != Kind::Number => writer.connect_unless(false, word.kind),
            _ if word.rest.is_empty() => {}
            _ => word = writer.write_number(word),
        }
    }
    writer.write(word.kind, word.text);
    writer.out
}

struct Writer {
    out: Vec<u8>,
    connector: char,
}

impl Writer {
    /// Writes a run; capitals become small and connectors the one wanted.
    fn write(&mut self, kind: Kind, mut text: &[u8]) {
        if kind != Kind::Upper && kind != Kind::Connector {
            self.out.extend_from_slice(text);
            return;
        }
        while !text.is_empty() {
            let (char, width) = decode(text);
            let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
            text = &text[width..];
            self.push(if is_connector(char) { self.connector } else { to_lower_if_upper(char) });
        }
    }

    fn push(&mut self, char: char) {
        rhumb_value::unicode::push(&mut self.out, char);
    }

    fn connect_unless(&mut self, is_end: bool, kind: Kind) {
        if !is_end && kind != Kind::Connector && kind != Kind::Punctuation {
            self.push(self.connector);
        }
    }

    fn write_letters_and_numbers<'t>(&mut self, mut word: Word<'t>) -> Word<'t> {
        while word.kind == Kind::Letters || word.kind == Kind::Number {
            self.write(word.kind, word.text);
            word = next_word(word.rest);
        }
        word
    }

    /// Writes a number after a word: part of it, unless small letters follow.
    fn write_number<'t>(&mut self, number: Word<'t>) -> Word<'t> {
        let word = next_word(number.rest);
        if word.kind != Kind::Letters {
            self.write(Kind::Number, number.text);
            self.connect_unless(false, word.kind);
            return word;
        }
        self.push(self.connector);
        self.write(Kind::Number, number.text);
        let word = self.write_letters_and_numbers(word);
        self.connect_unless(word.kind == Kind::Invalid, word.kind);
        word
    }
}

fn to_lower_if_upper(char: char) -> char {
    if is_upper(char) { to_lower(char) } else { char }
}

fn is_connector(char: char) -> bool {
    char == '-' || char == '_' || char.is_whitespace()
}

/// A letter that is no Chinese character.
fn is_alphabetic(char: char) -> bool {
    let is_chinese = matches!(
        char,
        '\u{4e00}'..='\u{9fcc}' | '\u{3400}'..='\u{4d85}' | '\u{20000}'..='\u{2b81d}'
    );
    is_letter(char) && !is_chinese
}

/// Splits off the first run of characters of one kind.
fn next_word(text: &[u8]) -> Word<'_> {
    let (first, width) = next_valid(text, char::REPLACEMENT_CHARACTER);
    let is_small = |char| is_alphabetic(char) && !is_upper(char);
    let (kind, end) = match first {
        char::REPLACEMENT_CHARACTER => (Kind::Invalid, width),
        _ if is_connector(first) => (Kind::Connector, run(text, width, first, is_connector)),
        _ if is_punct(first) => (Kind::Punctuation, run(text, width, first, is_punct)),
        _ if is_upper(first) => (Kind::Upper, upper_run(text, width, first)),
        _ if is_alphabetic(first) => (Kind::Letters, run(text, width, first, is_small)),
        _ if is_number(first) => (Kind::Number, run(text, width, first, is_number)),
        _ => {
            let is_other = |char| {
                !(is_connector(char) || is_alphabetic(char) || is_number(char) || is_punct(char))
            };
            (Kind::Other, run(text, width, first, is_other))
        }
    };
    let (text, rest) = text.split_at(end);
    Word { kind, text, rest }
}

/// The end of a run that starts with capitals: all of them but one before small letters, or one
/// and the small letters after it.
fn upper_run(text: &[u8], start: usize, first: char) -> usize {
    let (second, width) = next_valid(&text[start..], first);
    if width == 0 {
        return start;
    }
    if !is_upper(second) {
        let is_small = |char| is_alphabetic(char) && !is_upper(char);
        return run(text, start, first, is_small);
    }
    let (mut end, mut last, mut last_width) = (start, first, 0);
    while end < text.len() {
        let (char, width) = next_valid(&text[end..], last);
        last = char;
        if !is_upper(char) {
            break;
        }
        last_width = width;
        end += width;
    }
    if end < text.len() && is_alphabetic(last) { end - last_width } else { end }
}

/// The end of a run from a place on.
fn run(text: &[u8], start: usize, first: char, is_part: impl Fn(char) -> bool) -> usize {
    let (mut end, mut last) = (start, first);
    while end < text.len() {
        let (char, width) = next_valid(&text[end..], last);
        last = char;
        if !is_part(char) {
            break;
        }
        end += width;
    }
    end
}

/// The next character that is UTF-8, with what it takes to get past it; `last` if none follows.
fn next_valid(text: &[u8], last: char) -> (char, usize) {
    let mut size = 0;
    while size < text.len() {
        let (char, width) = decode(&text[size..]);
        size += width;
        if let Some(char) = char.filter(|char| *char != char::REPLACEMENT_CHARACTER) {
            return (char, size);
        }
    }
    (last, size)
}

/// `SuchWords`.
pub(crate) fn pascal(text: &[u8]) -> String {
    let characters: Vec<char> = crate::rune::chars(text).collect();
    let leading = characters.iter().take_while(|char| is_connector(**char)).count();
    let (connectors, word) = characters.split_at(leading);
    let mut out: String = connectors.iter().collect();
    let Some((first, rest)) = word.split_first() else {
        // The last of nothing but connectors is written twice.
        out.extend(connectors.last());
        return out;
    };
    let mut was_upper = is_upper(*first);
    let mut current = to_upper(*first);
    for char in rest {
        let previous = current;
        current = *char;
        if is_connector(current) && is_connector(previous) {
            out.push(previous);
            continue;
        }
        if is_connector(previous) {
            was_upper = is_upper(current);
            current = to_upper(current);
        } else {
            if was_upper {
                was_upper = is_upper(current);
                if was_upper {
                    current = to_lower(current);
                }
            }
            out.push(previous);
        }
    }
    out.push(current);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        for (text, want) in [
            ("FirstName", "first_name"),
            ("HTTPServer", "http_server"),
            ("http2xx", "http_2xx"),
            ("HTTP20xOK", "http_20x_ok"),
            ("Duration2m3s", "duration_2m3s"),
            ("Bld4Floor3rd", "bld4_floor_3rd"),
            ("GO PATH", "go_path"),
            ("", ""),
        ] {
            assert_eq!(
                String::from_utf8(lower_with(text.as_bytes(), '_')).unwrap(),
                want,
                "{text}"
            );
        }
    }

    #[test]
    fn words_are_joined() {
        for (text, want) in [
            ("some_words", "SomeWords"),
            ("_complex__case_", "_Complex_Case_"),
            ("GOLANG_IS_GREAT", "GolangIsGreat"),
            ("_", "__"),
            ("__", "___"),
            ("a", "A"),
            ("_a", "_A"),
        ] {
            assert_eq!(pascal(text.as_bytes()), want, "{text}");
        }
    }
}
