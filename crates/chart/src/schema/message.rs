//! What Helm says of values that do not fit a schema, and of a schema that is none.
//!
//! Helm's validator tells of every keyword that failed and of every schema in which several did.
//! Ours leaves some of these out, which are put back here.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use boon::{CompileError, ErrorKind, ValidationError};
use rhumb_value::url::Url;
use serde_json::Value;

use super::fault::Fault;
use super::place::{self, Step};
use super::{Document, pattern, words};
use crate::quote::quote as go_quote;

/// What is known of the schemas that a problem was found by.
pub(super) struct Printer<'d> {
    /// The documents by their URLs.
    pub(super) documents: &'d BTreeMap<String, Document>,
    /// What was compared with the schema.
    pub(super) values: &'d Value,
    /// How many problems with a property's name were printed, by schema and name.
    pub(super) names: RefCell<BTreeMap<(String, String), usize>>,
}

/// The problem above, what is below it being further to the right.
struct Above<'a> {
    /// How far to the right the next line is.
    indent: usize,
    /// The schema that the problem was found by.
    schema: &'a str,
    /// Where in the values it is.
    place: &'a [String],
    /// Whether it is that of a keyword which puts schemas together.
    is_combined: bool,
}

impl Printer<'_> {
    /// Prints an error and all its causes, each on a line of its own; nothing if it is none.
    pub(super) fn print(&self, error: &ValidationError<'_, '_>) -> Option<String> {
        let fault = Fault::new(error)?;
        let mut out = String::new();
        let above = Above { indent: 0, schema: fault.schema, place: &[], is_combined: false };
        self.print_at(&mut out, &fault, &above);
        Some(out)
    }

    fn print_at(&self, out: &mut String, fault: &Fault<'_>, above: &Above<'_>) {
        let steps = place::steps(above.schema, fault.schema);
        let place = self.place(fault, above, &steps);
        let mut indent = above.indent;
        let mut depth = above.place.len();
        // What the line above speaks of is not said again.
        let mut is_said = above.is_combined;
        for step in &steps {
            if let Some(text) = step.combined()
                && !std::mem::take(&mut is_said)
            {
                print_line(out, indent, &place[..depth.min(place.len())], text);
                indent += 1;
            }
            depth += usize::from(step.is_deeper);
        }
        let is_skipped =
            matches!(fault.kind, Some(ErrorKind::Reference { .. })) && fault.causes.len() == 1;
        if !is_skipped {
            match fault.kind {
                Some(ErrorKind::Schema { url }) => {
                    out.push_str("jsonschema validation failed with ");
                    out.push_str(&words::quote(url));
                }
                kind => print_line(out, indent, &place, &self.text(kind, fault.schema)),
            }
            indent += 1;
        }
        let below = Above {
            indent,
            schema: match fault.kind {
                Some(ErrorKind::Reference { url, .. }) => url,
                _ => fault.schema,
            },
            place: match fault.kind {
                // What is wrong with a name or a text has places of its own.
                Some(ErrorKind::PropertyName { .. } | ErrorKind::ContentSchema) => &[],
                _ => &place,
            },
            is_combined: matches!(
                fault.kind,
                Some(ErrorKind::AllOf | ErrorKind::AnyOf | ErrorKind::OneOf(None))
            ),
        };
        for cause in &fault.causes {
            self.print_at(out, cause, &below);
        }
    }

    /// Where a problem is: the words of a pointer.
    fn place(&self, fault: &Fault<'_>, above: &Above<'_>, steps: &[Step<'_>]) -> Vec<String> {
        if let Some(ErrorKind::PropertyName { prop }) = fault.kind {
            // The name of a property has no place of its own: that of the object is meant.
            let place = self.place_of_name(fault.schema, prop, above);
            return place.split('/').skip(1).map(str::to_owned).collect();
        }
        let mut words = above.place.to_vec();
        words.extend(fault.way.iter().skip(words.len()).map(place::word));
        // The validator counts from the first item that a keyword is for.
        let deeper = steps.iter().filter(|step| step.is_deeper);
        for (step, word) in deeper.zip(words.iter_mut().skip(above.place.len())) {
            let before = self.items_before(step).unwrap_or_default();
            if before > 0
                && let Ok(number) = word.parse::<usize>()
            {
                *word = (number + before).to_string();
            }
        }
        words
    }

    /// How many items come before those that a keyword is for.
    fn items_before(&self, step: &Step<'_>) -> Option<usize> {
        let first = match step.keyword {
            "items" if step.to.ends_with("/items") => "prefixItems",
            "additionalItems" => "items",
            _ => return None,
        };
        Some(schema_at(self.documents, step.from)?.get(first)?.as_array()?.len())
    }

    /// Where the object is that has a property of a wrong name, of which the validator does not
    /// tell. Of several the next one is meant each time.
    fn place_of_name(&self, schema: &str, name: &str, above: &Above<'_>) -> String {
        let key = (schema.to_owned(), name.to_owned());
        let number = {
            let mut names = self.names.borrow_mut();
            let count = names.entry(key).or_default();
            *count += 1;
            *count - 1
        };
        let location = place::pointer(above.place);
        let places = place::objects(self.values, &location, above.schema, schema, name);
        let place = places.get(number).or(places.last());
        place.cloned().unwrap_or(location)
    }

    fn text(&self, kind: Option<&ErrorKind<'_, '_>>, schema: &str) -> String {
        match kind {
            None => "validation failed".to_owned(),
            Some(ErrorKind::Pattern { got, want }) => {
                // The validator shows what it made of the pattern.
                let pattern = schema_at(self.documents, schema)
                    .and_then(|schema| schema.get("pattern")?.as_str());
                let (got, want) = (words::quote(got), words::quote(pattern.unwrap_or(want)));
                format!("{got} does not match pattern {want}")
            }
            Some(kind) => words::text(kind),
        }
    }
}

/// The schema at a URL.
fn schema_at<'d>(documents: &'d BTreeMap<String, Document>, url: &str) -> Option<&'d Value> {
    let (document, _) = url.split_once('#')?;
    let pointer = Url::parse(url.as_bytes()).ok()?.fragment;
    documents.get(document)?.json.pointer(str::from_utf8(&pointer).ok()?)
}

fn print_line(out: &mut String, indent: usize, place: &[String], text: &str) {
    let place = words::quote(&place::pointer(place));
    let start = "  ".repeat(indent.saturating_sub(1));
    // Writing to a `String` cannot fail.
    let _ = write!(out, "\n{start}- at {place}: {text}");
}

/// Why a schema is no schema.
pub(super) fn compile_error(
    error: &CompileError,
    documents: &BTreeMap<String, Document>,
) -> String {
    match error {
        CompileError::ValidationError { url, src } => {
            let values = schema_at(documents, url).unwrap_or(&Value::Null);
            let printer = Printer { documents, values, names: RefCell::default() };
            let problems = printer.print(src).unwrap_or_default();
            format!("{} is not valid against metaschema: {problems}", go_quote(url))
        }
        CompileError::ParseUrlError { url, src } => {
            format!("error in parsing {}: {src}", go_quote(url))
        }
        CompileError::InvalidMetaSchemaUrl { url, src } => {
            format!("invalid $schema in {}: {src}", go_quote(url))
        }
        CompileError::UnsupportedUrlScheme { url } => {
            format!("no URLLoader registered for {}", go_quote(url))
        }
        CompileError::UnsupportedDraft { url } => {
            format!("draft {} is not supported", go_quote(url))
        }
        CompileError::MetaSchemaCycle { url } => {
            format!("cycle in resolving $schema in {}", go_quote(url))
        }
        CompileError::InvalidJsonPointer(url) => format!("invalid json-pointer {}", go_quote(url)),
        CompileError::JsonPointerNotFound(url) => {
            format!("json-pointer in {} not found", go_quote(url))
        }
        CompileError::AnchorNotFound { url, reference } => {
            let (url, reference) = (go_quote(url), go_quote(reference));
            format!("anchor in {reference} not found in schema {url}")
        }
        CompileError::UnsupportedVocabulary { url, vocabulary } => {
            format!("unsupported vocabulary {} in {}", go_quote(vocabulary), go_quote(url))
        }
        CompileError::InvalidRegex { url, regex, src } => {
            let why = pattern::problem(regex).unwrap_or_else(|| src.to_string());
            format!("invalid regex {} at {}: {why}", go_quote(regex), go_quote(url))
        }
        error => format!("{error:#}"),
    }
}
