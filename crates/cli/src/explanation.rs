//! What is known of a failed rendering, for people.

use rhumb_action::{Caller, Excerpt, Explained, ReadValue, TurnedOff};

/// Values that are told of.
const MAX_VALUES: usize = 10;
/// Callers that are told of.
const MAX_CALLERS: usize = 20;
/// Characters of a line that are shown, and how many of them before what is meant.
const MAX_LINE: usize = 160;
const MAX_BEFORE: usize = 80;

/// The line with a caret, what led there, the origins of values, and hints.
pub(crate) fn text(explained: &Explained) -> String {
    let Explained { place, made_by, callers, values, hints } = explained;
    let mut lines: Vec<String> = place.iter().map(excerpt).collect();
    lines.extend(made_by.iter().map(|made_by| format!("  made by {}", action(made_by))));
    lines.extend(callers.iter().take(MAX_CALLERS).map(caller));
    if let Some(more) = callers.len().checked_sub(MAX_CALLERS).filter(|more| *more > 0) {
        lines.push(format!("  and {more} callers more"));
    }
    lines.extend(values.iter().take(MAX_VALUES).map(value));
    lines.extend(hints.iter().map(|hint| format!("hint: {hint}")));
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

fn caller(caller: &Caller) -> String {
    let Caller { template, place } = caller;
    let place = action(place);
    match template {
        Some(template) => format!("  in `{template}`, called from {place}"),
        None => format!("  called from {place}"),
    }
}

/// The place of an action with its line.
fn action(excerpt: &Excerpt) -> String {
    let shown: String = excerpt.text.trim().chars().take(MAX_LINE).collect();
    format!("{}:{}: {shown}", excerpt.place(), excerpt.column)
}

/// The line with carets below what is meant.
pub(crate) fn excerpt(excerpt: &Excerpt) -> String {
    let Excerpt { line, column, text, width, .. } = excerpt;
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    // Of a long line, the part around what is meant.
    let skipped = column.saturating_sub(1 + MAX_BEFORE);
    let shown: String = text.chars().skip(skipped).take(MAX_LINE).collect();
    // Tabs stay tabs, so that the caret stands below what it means.
    let before: String = shown
        .chars()
        .take(column.saturating_sub(1 + skipped))
        .map(|char| if char == '\t' { '\t' } else { ' ' })
        .collect();
    let room = shown.chars().count().saturating_sub(before.chars().count());
    let carets = "^".repeat((*width).min(room).max(1));
    format!(
        "{gutter}--> {}:{column}\n{gutter} |\n{number} | {shown}\n{gutter} | {before}{carets}",
        excerpt.place()
    )
}

/// What turns a chart off.
pub(crate) fn turned_off(TurnedOff { chart, switch, origin }: &TurnedOff) -> String {
    let place = origin.as_ref().map(|origin| format!(", {}", origin.place()));
    format!("the chart {chart} is turned off by {switch}{}", place.unwrap_or_default())
}

fn value(value: &ReadValue) -> String {
    let ReadValue { path, exists, origin, nearest, parent, turned_off: off } = value;
    if *exists {
        let place = origin.as_ref().map(|origin| format!("comes from {}", origin.place()));
        return format!("  .Values.{path} {}", place.as_deref().unwrap_or("is there"));
    }
    let why = match (off, nearest, parent) {
        (Some(off), ..) => format!("; {}", turned_off(off)),
        (None, Some(nearest), _) => format!("; is `{nearest}` meant?"),
        (None, None, Some((parent, place))) => {
            format!("; .Values.{parent} comes from {}", place.place())
        }
        (None, None, None) => String::new(),
    };
    format!("  .Values.{path} has no value{why}")
}
