//! Characters as Go sees them: simple case mappings of Unicode 15.0, and a U+FFFD for each byte
//! that is no UTF-8.

use std::sync::LazyLock;

use rhumb_goregexp::Regex;
use rhumb_value::unicode::decode;

/// The characters of a text.
pub(crate) fn chars(mut text: &[u8]) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let (char, width) = decode(text);
        text = text.get(width..)?;
        (width > 0).then_some(char.unwrap_or(char::REPLACEMENT_CHARACTER))
    })
}

/// The text with each character put through a function.
pub(crate) fn map(text: &[u8], change: impl FnMut(char) -> char) -> Vec<u8> {
    chars(text).map(change).collect::<String>().into_bytes()
}

/// The one character that a mapping gives, or the character itself where it gives several.
fn simple(char: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(single), None) => single,
        _ => char,
    }
}

fn shifted(char: char, by: u32) -> char {
    char::from_u32(u32::from(char) + by).unwrap_or(char)
}

/// `unicode.ToUpper`.
pub(crate) fn to_upper(char: char) -> char {
    match char {
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => {
            shifted(char, 8)
        }
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => shifted(char, 9),
        // Pairs that came after Unicode 15.0.
        '\u{19b}'
        | '\u{264}'
        | '\u{1c8a}'
        | '\u{a7cd}'
        | '\u{a7cf}'
        | '\u{a7d3}'
        | '\u{a7d5}'
        | '\u{a7db}'
        | '\u{10d70}'..='\u{10d85}'
        | '\u{16ebb}'..='\u{16ed3}' => char,
        _ => simple(char, char.to_uppercase()),
    }
}

/// `unicode.ToLower`.
pub(crate) fn to_lower(char: char) -> char {
    match char {
        '\u{130}' => 'i',
        // Pairs that came after Unicode 15.0.
        '\u{1c89}'
        | '\u{a7cb}'
        | '\u{a7cc}'
        | '\u{a7ce}'
        | '\u{a7d2}'
        | '\u{a7d4}'
        | '\u{a7da}'
        | '\u{a7dc}'
        | '\u{10d50}'..='\u{10d65}'
        | '\u{16ea0}'..='\u{16eb8}' => char,
        _ => simple(char, char.to_lowercase()),
    }
}

/// `unicode.ToTitle`.
pub(crate) fn to_title(char: char) -> char {
    match char {
        '\u{1c4}'..='\u{1c6}' => '\u{1c5}',
        '\u{1c7}'..='\u{1c9}' => '\u{1c8}',
        '\u{1ca}'..='\u{1cc}' => '\u{1cb}',
        '\u{1f1}'..='\u{1f3}' => '\u{1f2}',
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' => char,
        _ => to_upper(char),
    }
}

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident, $ascii:expr, $pattern:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(char: char) -> bool {
            static CLASS: LazyLock<Regex> =
                LazyLock::new(|| Regex::compile($pattern).expect("a class"));
            if char.is_ascii() {
                let is_ascii_member: fn(&char) -> bool = $ascii;
                return is_ascii_member(&char);
            }
            CLASS.is_match(char.encode_utf8(&mut [0; 4]).as_bytes())
        }
    )*};
}

classes! {
    /// `unicode.IsUpper`.
    is_upper, char::is_ascii_uppercase, br"\p{Lu}";
    /// `unicode.IsLower`.
    is_lower, char::is_ascii_lowercase, br"\p{Ll}";
    /// `unicode.IsTitle`.
    is_title, |_| false, br"\p{Lt}";
    /// `unicode.IsNumber`.
    is_number, char::is_ascii_digit, br"\p{N}";
    /// `unicode.IsPunct`.
    is_punct, |char| char.is_ascii_punctuation() && !"$+<=>^`|~".contains(*char), br"\p{P}";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_simple_mappings() {
        assert_eq!(to_upper('ß'), 'ß');
        assert_eq!(to_upper('\u{1f80}'), '\u{1f88}');
        assert_eq!(to_title('ǆ'), 'ǅ');
        assert_eq!(to_lower('İ'), 'i');
        assert!(
            is_upper('Ü') && !is_upper('Ⅰ') && is_number('Ⅰ') && is_punct('-') && !is_punct('+')
        );
        assert_eq!(map(b"a\xff", to_upper), "A\u{fffd}".as_bytes());
    }
}
