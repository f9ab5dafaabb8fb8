use std::borrow::Cow;
use std::path::Path;

use rhumb_chart::Chart;
use rhumb_chart::values::{Data, DisabledChart, Node};
use rhumb_render::template_file;
use rhumb_report::Span;

use super::Excerpt;

/// Everything that a span can be in.
pub(super) struct Sources<'s> {
    pub(super) chart: Option<&'s Chart>,
    /// The user's files of values.
    pub(super) files: &'s [(String, Vec<u8>)],
    /// The charts in it that are off.
    pub(super) disabled: &'s [DisabledChart],
}

impl Sources<'_> {
    /// The line of a span, if its source is known.
    pub(super) fn excerpt(&self, span: &Span) -> Option<Excerpt> {
        let source = &*span.source;
        let text = self.text(source)?;
        Some(Excerpt::new(source, &text, span))
    }

    /// The line on which a value was written; of a map or a list, that of its key.
    pub(super) fn origin(&self, node: &Node) -> Option<Excerpt> {
        let span = node.origin.as_ref()?.span();
        let text = self.text(&span.source)?;
        let start = text.floor_char_boundary(span.bytes.start.min(text.len()));
        let (above, own) = text[..start].rsplit_once('\n').unwrap_or(("", &text[..start]));
        let is_block = matches!(node.data, Data::Map(_) | Data::List(_)) && own.trim().is_empty();
        let mut end = above.len();
        for line in above.rsplit('\n').take_while(|_| is_block) {
            let start = end - line.len();
            if line.split(" #").next().unwrap_or_default().trim_end().ends_with(':') {
                let indent = line.len() - line.trim_start().len();
                let bytes = start + indent..start + line.trim_end().len();
                return Some(Excerpt::new(&span.source, &text, &Span { bytes, ..span.clone() }));
            }
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                break;
            }
            end = start.saturating_sub(1);
        }
        Some(Excerpt::new(&span.source, &text, &span))
    }

    /// A part of a text.
    pub(super) fn part(&self, span: &Span) -> Option<String> {
        let text = self.text(&span.source)?;
        Some(text.get(span.bytes.clone())?.to_owned())
    }

    fn text<'s>(&'s self, source: &'s str) -> Option<Cow<'s, str>> {
        if source.starts_with("--") {
            return Some(source.into());
        }
        let is_it = |file: &&(String, Vec<u8>)| file.0 == source;
        if let Some((_, text)) = self.files.iter().find(is_it) {
            return Some(String::from_utf8_lossy(text));
        }
        let chart = self.chart?;
        let file = template_file(chart, source).or_else(|| chart.raw_file(source));
        file.map(|file| file.text())
    }
}

/// The line of a span in a file of a chart that could not be loaded.
pub(super) fn in_unloaded(chart: &Path, span: &Span) -> Option<Excerpt> {
    let source = &*span.source;
    let text = if chart.is_dir() {
        std::fs::read(chart.join(source)).ok()?
    } else {
        let packed = std::fs::read(chart).ok()?;
        let files = rhumb_chart::read_archive(&packed).ok()?;
        files.into_iter().find(|file| &*file.name == source)?.data.to_vec()
    };
    let path = chart.join(source);
    Some(Excerpt::new(&path.to_string_lossy(), &String::from_utf8_lossy(&text), span))
}
