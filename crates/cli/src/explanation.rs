//! What is known of a failed rendering, for people.

use rhumb_action::{Excerpt, Explained, ReadValue};

/// Values that are told of.
const MAX_VALUES: usize = 10;
/// Callers that are told of.
const MAX_CALLERS: usize = 10;

/// The line with a caret, what led there, the origins of values, and hints.
pub(crate) fn text(explained: &Explained) -> String {
    let Explained { place, callers, values, hints } = explained;
    let mut lines: Vec<String> = place.iter().map(excerpt).collect();
    for caller in callers.iter().take(MAX_CALLERS) {
        lines.push(format!(
            "  called from {}:{}: {}",
            caller.place(),
            caller.column,
            caller.text.trim()
        ));
    }
    if let Some(more) = callers.len().checked_sub(MAX_CALLERS).filter(|more| *more > 0) {
        lines.push(format!("  and {more} callers more"));
    }
    lines.extend(values.iter().take(MAX_VALUES).map(value));
    lines.extend(hints.iter().map(|hint| format!("hint: {hint}")));
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

fn excerpt(excerpt: &Excerpt) -> String {
    let Excerpt { line, column, text, width, .. } = excerpt;
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    // Tabs stay tabs, so that the caret stands below what it means.
    let before: String = text
        .chars()
        .take(column.saturating_sub(1))
        .map(|char| if char == '\t' { '\t' } else { ' ' })
        .collect();
    let carets = "^".repeat((*width).min(text.chars().count().saturating_sub(column - 1)).max(1));
    format!(
        "{gutter}--> {}:{column}\n{gutter} |\n{number} | {text}\n{gutter} | {before}{carets}",
        excerpt.place()
    )
}

fn value(value: &ReadValue) -> String {
    let ReadValue { path, exists, origin, nearest } = value;
    match (exists, origin, nearest) {
        (true, Some(origin), _) => format!("  .Values.{path} comes from {}", origin.place()),
        (true, None, _) => format!("  .Values.{path} is there"),
        (false, _, Some(name)) => {
            format!("  .Values.{path} has no value; is `{name}` meant?")
        }
        (false, _, None) => format!("  .Values.{path} has no value"),
    }
}
