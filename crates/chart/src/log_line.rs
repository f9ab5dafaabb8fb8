/// A line of Helm's log: a level such as `WARN`, what happened, and what it was about.
///
/// ```
/// let pairs = [("tag", "a"), ("chart", "my chart")];
/// assert_eq!(
///     rhumb_chart::log_line("WARN", "no value", &pairs),
///     "level=WARN msg=\"no value\" tag=a chart=\"my chart\""
/// );
/// ```
pub fn log_line(level: &str, message: &str, pairs: &[(&str, &str)]) -> String {
    let mut line = format!("level={level} msg={}", word(message));
    for (key, value) in pairs {
        line = format!("{line} {key}={}", word(value));
    }
    line
}

/// A text as one word: in quotes if it would not stay one.
fn word(text: &str) -> String {
    let is_plain = |char: char| match char {
        ' ' | '=' | '"' | '\u{fffd}' => false,
        char => !char.is_control() && !char.is_whitespace(),
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        crate::quote::quote(text)
    }
}
