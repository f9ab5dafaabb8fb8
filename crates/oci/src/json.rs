//! JSON as Go's `encoding/json` prints it.

use serde::Serialize;

/// Prints a value as Go's `json.Marshal` does: compact, with `<`, `>`, `&` and the two Unicode
/// line separators escaped.
///
/// Keys come in the order in which `value` gives them, so maps must be sorted ones.
///
/// # Panics
///
/// If `value` cannot be JSON at all, such as a map whose keys are lists.
pub fn print(value: &impl Serialize) -> Vec<u8> {
    let text = serde_json::to_string(value).expect("plain data with text keys");
    // Outside of strings JSON has none of these characters.
    let mut printed = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => printed.push_str("\\u003c"),
            '>' => printed.push_str("\\u003e"),
            '&' => printed.push_str("\\u0026"),
            '\u{2028}' => printed.push_str("\\u2028"),
            '\u{2029}' => printed.push_str("\\u2029"),
            c => printed.push(c),
        }
    }
    printed.into_bytes()
}
