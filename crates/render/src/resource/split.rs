use std::ops::Range;

use super::is_space;

/// Bytes of a character at most.
const CHARACTER: usize = 4;

/// Where the YAML documents of a rendered template are; blank ones are left out.
///
/// A document starts at each `---` that starts a line, whatever follows on the line. White space
/// before a document is dropped, newlines at its end are kept.
///
/// ```
/// # use rhumb_render::resource::split;
/// assert_eq!(split(b"---\na: 1\n---\n\n---b: 2\n"), [4..9, 17..22]);
/// ```
pub fn split(text: &[u8]) -> Vec<Range<usize>> {
    let mut documents = Vec::new();
    let mut start = spaces(text);
    let mut line_start = true;
    while start < text.len() {
        let rest = &text[start..];
        let end = next_separator(rest, line_start).unwrap_or(rest.len());
        let blank = spaces(&rest[..end]);
        if blank < end {
            documents.push(start + blank..start + end);
        }
        let after = rest.get(end + 3..).unwrap_or_default();
        let blank = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        start = text.len() - after.len() + blank;
        line_start = false;
    }
    documents
}

/// Bytes of white space that a text begins with.
fn spaces(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(character) = first_character(&text[at..]).filter(|first| is_space(*first)) {
        at += character.len_utf8();
    }
    at
}

fn first_character(text: &[u8]) -> Option<char> {
    let start = &text[..text.len().min(CHARACTER)];
    start.utf8_chunks().next()?.valid().chars().next()
}

/// Where the next `---` at the start of a line is; `line_start` says whether the text starts one.
fn next_separator(text: &[u8], line_start: bool) -> Option<usize> {
    if line_start && text.starts_with(b"---") {
        return Some(0);
    }
    memchr::memmem::find(text, b"\n---").map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text.as_bytes()).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn documents_are_split_at_lines_that_start_with_three_dashes() {
        assert_eq!(texts("a: 1\n--- \nb: 2\n\n"), ["a: 1\n", "b: 2\n\n"]);
        assert_eq!(texts("\n\n  a: 1\n---apiVersion: v1"), ["a: 1\n", "apiVersion: v1"]);
        assert_eq!(texts("a: '---'\n ---\n"), ["a: '---'\n ---\n"]);
        assert_eq!(texts("------\na: 1"), ["---\na: 1"]);
    }

    #[test]
    fn blank_documents_do_not_count() {
        assert!(texts("---\n\n--- \t\n").is_empty());
        assert!(texts("").is_empty());
        assert_eq!(texts("\u{a0}\u{2028}\n---\n\u{3000}a: 1"), ["a: 1"]);
    }

    #[test]
    fn what_is_no_text_belongs_to_its_document() {
        assert_eq!(split(b" \xff\n---\n\xe2\x80"), [1..3, 7..9]);
    }
}
