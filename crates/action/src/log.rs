/// A text as a word of Helm's log: in quotes if it would not stay one word.
pub(crate) fn word(text: &str) -> String {
    let is_plain = |char: char| match char {
        ' ' | '=' | '"' | '\u{fffd}' => false,
        char => !char.is_control() && !char.is_whitespace(),
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        rhumb_value::quote::quote(text.as_bytes())
    }
}
