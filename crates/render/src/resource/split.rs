use super::is_space;

/// Splits a rendered template into its YAML documents; blank ones are left out.
///
/// A document starts at each `---` that starts a line, whatever follows on the line. White space
/// before a document is dropped, newlines at its end are kept.
///
/// ```
/// # use rhumb_render::resource::split;
/// assert_eq!(split("---\na: 1\n---\n\n---b: 2\n"), ["a: 1\n", "b: 2\n"]);
/// ```
pub fn split(text: &str) -> Vec<&str> {
    let mut documents = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    let mut line_start = true;
    while !rest.is_empty() {
        let end = next_separator(rest, line_start).unwrap_or(rest.len());
        let document = rest[..end].trim_start_matches(is_space);
        if !document.is_empty() {
            documents.push(document);
        }
        let after = rest.get(end + 3..).unwrap_or_default();
        rest = after.trim_start_matches([' ', '\t']);
        line_start = false;
    }
    documents
}

/// Where the next `---` at the start of a line is; `line_start` says whether the text starts one.
fn next_separator(text: &str, line_start: bool) -> Option<usize> {
    if line_start && text.starts_with("---") {
        return Some(0);
    }
    memchr::memmem::find(text.as_bytes(), b"\n---").map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_split_at_lines_that_start_with_three_dashes() {
        assert_eq!(split("a: 1\n--- \nb: 2\n\n"), ["a: 1\n", "b: 2\n\n"]);
        assert_eq!(split("\n\n  a: 1\n---apiVersion: v1"), ["a: 1\n", "apiVersion: v1"]);
        assert_eq!(split("a: '---'\n ---\n"), ["a: '---'\n ---\n"]);
        assert_eq!(split("------\na: 1"), ["---\na: 1"]);
    }

    #[test]
    fn blank_documents_do_not_count() {
        assert!(split("---\n\n--- \t\n").is_empty());
        assert!(split("").is_empty());
    }
}
