use std::path::Path;
use std::sync::Arc;

use rhumb_chart::values::DisabledChart;
use rhumb_chart::{Chart, SchemaError, Values};
use rhumb_render::resource::{ParseError, ResourceError};
use rhumb_render::{Frame, Renderer, Request, World, template_file, template_line};
use rhumb_report::{Diagnose as _, Span};

use super::sources::{Sources, in_unloaded};
use super::{Caller, Excerpt, Explained, ReadValue, look_up};
use crate::Error;

/// What errors call a text that `tpl` was given.
const TPL: &str = "gotpl";

/// Gathers what is known of a template that failed; with a `world` also which values it reads there, which means to
/// look at all templates.
pub(crate) fn rendering(
    error: &rhumb_render::Error,
    request: &Request<'_>,
    (files, disabled): (&[(String, Vec<u8>)], &[DisabledChart]),
    world: Option<Arc<dyn World>>,
) -> Explained {
    let sources = Sources { chart: Some(request.chart), files, disabled };
    let frames = error.frames();
    let Some((last, above)) = frames.split_last() else {
        let place = error.span().and_then(|span| sources.excerpt(span));
        return Explained { place, hints: error.hints(), ..Explained::default() };
    };
    let mut callers = Vec::new();
    let mut inner = last;
    for frame in above.iter().rev() {
        callers.push(Caller { template: name(inner), place: excerpt(frame) });
        inner = frame;
    }
    let mut values: Vec<ReadValue> = Vec::new();
    let all = world
        .and_then(|world| Renderer::new(world).explain(request.chart, request.values, "").ok());
    for read in all.map(|all| all.reads).unwrap_or_default() {
        // Of each item of a list, the list is told of.
        let path = read.path.split(".*").next().unwrap_or_default();
        let is_new = !values.iter().any(|one| one.path == path);
        if is_new && frames.iter().any(|frame| reads(frame, &read.span, &sources)) {
            values.push(look_up(request.values, path, &sources));
        }
    }
    let place = Some(excerpt(last));
    Explained { place, callers, values, hints: error.hints(), made_by: None }
}

fn excerpt(frame: &Frame) -> Excerpt {
    let text = String::from_utf8_lossy(frame.text());
    let path = if &*frame.span.source == TPL { "text of tpl" } else { &frame.span.source };
    Excerpt::new(path, &text, &frame.span)
}

/// What the template is called, if that is not its file.
fn name(frame: &Frame) -> Option<String> {
    let is_named = frame.template != *frame.span.source;
    is_named.then(|| frame.template.clone())
}

/// Whether a place that reads is on the line on which an action starts. A text of `tpl` stands in
/// the values.
fn reads(frame: &Frame, span: &Span, sources: &Sources<'_>) -> bool {
    let text = frame.text();
    if &*frame.span.source == TPL {
        let line = excerpt(frame).text;
        return sources.part(span).is_some_and(|text| text.contains(line.trim()));
    }
    let start = frame.span.bytes.start.min(text.len());
    let line_start = text[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let length = text[start..].iter().position(|byte| *byte == b'\n');
    let line_end = length.map_or(text.len(), |length| start + length);
    span.source == frame.span.source && (line_start..=line_end).contains(&span.bytes.start)
}

/// Tells which values do not fit their schemas, and where they are.
pub(crate) fn schema(
    error: SchemaError,
    (chart, values): (&Chart, &Values),
    files: &[(String, Vec<u8>)],
) -> Error {
    let sources = Sources { chart: Some(chart), files, disabled: &[] };
    let paths = error.paths(chart);
    let wrong = paths.iter().filter(|path| !path.is_empty());
    let values_read = wrong.map(|path| look_up(values, &path.join("."), &sources)).collect();
    let place = error.span(chart, values).and_then(|span| sources.excerpt(&span));
    let explained = Explained { place, values: values_read, ..Explained::default() };
    Error::Schema(error).with(explained)
}

/// Shows the line of the user's values that cannot be read.
pub(crate) fn user_values(error: Error, files: &[(String, Vec<u8>)]) -> Error {
    let place =
        error.span().and_then(|span| Sources { chart: None, files, disabled: &[] }.excerpt(span));
    error.with(Explained { place, ..Explained::default() })
}

/// Shows the line of the chart that cannot be read.
pub(crate) fn loading(error: Error, chart: &str) -> Error {
    let place = error.span().and_then(|span| in_unloaded(Path::new(chart.trim()), span));
    error.with(Explained { place, ..Explained::default() })
}

/// Shows the line of a rendered document that is no YAML, and what made it.
pub(crate) fn document(error: Error, problem: &ResourceError, chart: &Chart) -> Error {
    let ResourceError { path, text, error: parse, .. } = problem;
    let ParseError::Convert(convert) = parse else { return error };
    let Some(offset) = convert.offset().map(|offset| offset as usize) else { return error };
    let shown = format!("what {path} renders to");
    let span = Span { source: shown.as_str().into(), bytes: offset..offset };
    let text = &String::from_utf8_lossy(text);
    let place = Some(Excerpt::new(&shown, text, &span));
    let made_by = template_file(chart, path).and_then(|file| {
        let template = file.text();
        let bytes = template_line(&template, text, &span.bytes)?;
        Some(Excerpt::new(path, &template, &Span { source: path.as_str().into(), bytes }))
    });
    error.with(Explained { place, made_by, ..Explained::default() })
}
