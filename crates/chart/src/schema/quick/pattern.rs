//! Patterns, as Go and the whole validator read them.

use std::borrow::Cow;

use regex::Regex;

use super::{Surely, Unsure};
use crate::schema::pattern::is_plain;

/// What Go takes for a space.
const SPACES: &str = " \t\n\r\u{c}";

/// Whether a pattern may be none in Go for all that others take it: what repeats a repetition, and
/// numbers past 1,000.
fn may_be_none_in_go(pattern: &str) -> bool {
    let pairs = pattern.as_bytes().windows(2);
    let is_nested = |pair: &[u8]| {
        matches!(pair, [b'*' | b'+' | b'?' | b'}', b'*' | b'+' | b'{'] | [b'?', b'?'])
    };
    let is_number = |run: &[u8]| run.iter().all(u8::is_ascii_digit);
    pairs.into_iter().any(is_nested) || pattern.as_bytes().windows(4).any(is_number)
}

/// Makes a pattern ready, if it surely is one and means the same everywhere.
pub(super) fn compile(pattern: &str) -> Surely<Regex> {
    // It matches everything, as the empty one does, which is a hundred times as fast to make.
    let pattern = if pattern == ".*" { "" } else { pattern };
    if may_be_none_in_go(pattern) || !is_plain(pattern) {
        return Err(Unsure);
    }
    Regex::new(&translate(pattern)?).map_err(|_| Unsure)
}

/// Writes out the classes that Go has only ASCII in.
fn translate(pattern: &str) -> Surely<Cow<'_, str>> {
    if !pattern.contains('\\') {
        return Ok(Cow::Borrowed(pattern));
    }
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let kind = chars.next().ok_or(Unsure)?;
        let is_class = matches!(kind, 'd' | 'D' | 'w' | 'W' | 's' | 'S');
        // A class is no end of a range.
        if is_class && (out.ends_with('-') || chars.peek() == Some(&'-')) {
            return Err(Unsure);
        }
        match kind {
            'd' => out.push_str("[0-9]"),
            'D' => out.push_str("[^0-9]"),
            'w' => out.push_str("[A-Za-z0-9_]"),
            'W' => out.push_str("[^A-Za-z0-9_]"),
            's' => out.extend(["[", SPACES, "]"]),
            'S' => out.extend(["[^", SPACES, "]"]),
            _ => out.extend([c, kind]),
        }
    }
    Ok(Cow::Owned(out))
}
