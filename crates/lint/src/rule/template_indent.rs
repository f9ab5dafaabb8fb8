use rhumb_value::quote::quote;

use crate::finding::Finding;

/// Bytes that a line must have fewer of, or Go's scanner of lines gives up.
const MAX_LINE: usize = 64 << 10;

/// The first line that is not blank has no indent.
pub(super) fn check(text: &str) -> Option<Finding> {
    let mut start = 0;
    for line in text.split('\n') {
        if line.len() >= MAX_LINE {
            return Some(Finding::new("bufio.Scanner: token too long", Some(start..start)));
        }
        let shown = line.strip_suffix('\r').unwrap_or(line);
        if !shown.trim().is_empty() {
            let bad = shown.starts_with([' ', '\t']);
            return bad.then(|| indented(shown, start));
        }
        start += line.len() + 1;
    }
    None
}

fn indented(line: &str, start: usize) -> Finding {
    let quoted = quote(line.as_bytes());
    let text = format!(
        "document starts with an illegal indent: {quoted}, which may cause parsing problems"
    );
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    Finding::new(text, Some(start..start + indent))
}
