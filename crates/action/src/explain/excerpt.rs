use std::borrow::Cow;

use rhumb_chart::Chart;
use rhumb_report::Span;
use serde::{Deserialize, Serialize};

/// Characters of a line that are shown.
const MAX_LINE: usize = 200;

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

    fn new(path: &str, text: &str, span: &Span) -> Self {
        let boundary = |offset: usize| text.floor_char_boundary(offset.min(text.len()));
        let start = boundary(span.bytes.start);
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

/// Everything that a span can be in.
pub(super) struct Sources<'s> {
    pub(super) chart: &'s Chart,
    /// The user's files of values.
    pub(super) files: &'s [(String, Vec<u8>)],
}

impl Sources<'_> {
    /// The line of a span, if its source is known.
    pub(super) fn excerpt(&self, span: &Span) -> Option<Excerpt> {
        let source = &*span.source;
        let text = self.text(source)?;
        Some(Excerpt::new(source, &text, span))
    }

    fn text<'s>(&'s self, source: &'s str) -> Option<Cow<'s, str>> {
        if source.starts_with("--") {
            return Some(source.into());
        }
        let is_it = |file: &&(String, Vec<u8>)| file.0 == source;
        if let Some((_, text)) = self.files.iter().find(is_it) {
            return Some(String::from_utf8_lossy(text));
        }
        let template = template(self.chart, source);
        template.or_else(|| self.chart.raw_file(source).map(|file| file.text()))
    }
}

/// The text of a template, by its path from the whole chart.
fn template<'c>(chart: &'c Chart, path: &str) -> Option<Cow<'c, str>> {
    let inside = path.strip_prefix(chart.name())?.strip_prefix('/')?;
    if let Some(inner) = inside.strip_prefix("charts/") {
        let mut charts = chart.dependencies().iter();
        return charts.find_map(|chart| template(chart, inner));
    }
    let file = chart.templates.iter().find(|file| &*file.name == inside)?;
    Some(file.text())
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
        assert_eq!((beyond.line, beyond.width), (4, 1));
    }
}
