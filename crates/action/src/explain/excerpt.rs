use rhumb_report::Span;
use serde::{Deserialize, Serialize};

/// Characters of a line that are kept.
const MAX_LINE: usize = 2_000;

/// A line of a file or an argument, and a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The file, or an argument such as `--set a=1`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The characters before the part, from 1.
    pub column: usize,
    /// The line's text, cut if it is long.
    pub text: String,
    /// How many characters of the line are meant.
    pub width: usize,
}

impl Excerpt {
    /// The place in short, such as `web/values.yaml:12`.
    pub fn place(&self) -> String {
        let Self { path, line, .. } = self;
        if path.starts_with("--") { path.clone() } else { format!("{path}:{line}") }
    }

    pub(crate) fn new(path: &str, text: &str, span: &Span) -> Self {
        let boundary = |offset: usize| text.floor_char_boundary(offset.min(text.len()));
        // What is missing at the end is shown at the last thing that is there.
        let last = text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
        let is_end = text[boundary(span.bytes.start)..].trim().is_empty();
        let start = if is_end { last } else { boundary(span.bytes.start) };
        let end = boundary(span.bytes.end).max(start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let width = text[start..end.min(line_end)].chars().count();
        Self {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            text: text[line_start..line_end].trim_end().chars().take(MAX_LINE).collect(),
            width: width.max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_count_characters_and_stay_in_their_line() {
        let text = "a: 1\nbé: {{ x\n}}\n";
        let span = Span { source: "a.yaml".into(), bytes: 9..100 };
        let excerpt = Excerpt::new("a.yaml", text, &span);
        assert_eq!((excerpt.line, excerpt.column, excerpt.width), (2, 4, 5));
        assert_eq!((excerpt.text.as_str(), &*excerpt.place()), ("bé: {{ x", "a.yaml:2"));
        let beyond = Excerpt::new("a", text, &Span { source: "a".into(), bytes: 500..600 });
        assert_eq!((beyond.line, beyond.column, beyond.width), (3, 2, 1));
    }
}
