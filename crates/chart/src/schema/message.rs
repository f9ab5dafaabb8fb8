//! What Helm says of values that do not fit a schema, and of a schema that is none.
//!
//! Helm's validator tells of every keyword that failed and of every schema in which several did.
//! Ours leaves some of these out, which are put back here.

use std::cell::RefCell;
use std::fmt::Write as _;

use boon::{CompileError, ErrorKind, ValidationError};
use serde_json::Value;

use super::document::Documents;
use super::fault::{Base, Fault, Finder};
use super::{pattern, place, url, words};
use crate::quote::quote;

/// Prints an error that was found in values, and all its causes, each on a line of its own; nothing
/// if it is none.
pub(super) fn print(
    error: &ValidationError<'_, '_>,
    values: &Value,
    documents: &Documents,
) -> Option<String> {
    let base = Base { schema: error.schema_url, place: &[] };
    let names = RefCell::default();
    let fault = Finder { documents, values, names }.find(error, base)?;
    let mut out = String::new();
    Printer { documents }.print(&mut out, &fault, &Above { indent: 0, base, is_combined: false });
    Some(out)
}

struct Printer<'d> {
    documents: &'d Documents,
}

/// The problem above, what is below it being further to the right.
struct Above<'a> {
    /// How far to the right the next line is.
    indent: usize,
    /// What problems are seen from.
    base: Base<'a>,
    /// Whether it is that of a keyword which puts schemas together.
    is_combined: bool,
}

impl Printer<'_> {
    fn print(&self, out: &mut String, fault: &Fault<'_>, above: &Above<'_>) {
        let mut indent = above.indent;
        let mut depth = above.base.place.len();
        // What the line above speaks of is not said again.
        let mut is_said = above.is_combined;
        for step in place::steps(above.base.schema, fault.schema) {
            if let Some(text) = step.combined()
                && !std::mem::take(&mut is_said)
            {
                print_line(out, indent, fault.place.get(..depth).unwrap_or_default(), text);
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
                kind => print_line(out, indent, &fault.place, &self.text(kind, fault.schema)),
            }
            indent += 1;
        }
        let is_combined = matches!(
            fault.kind,
            Some(ErrorKind::AllOf | ErrorKind::AnyOf | ErrorKind::OneOf(None))
        );
        for cause in &fault.causes {
            self.print(out, cause, &Above { indent, base: fault.base(), is_combined });
        }
    }

    fn text(&self, kind: Option<&ErrorKind<'_, '_>>, schema: &str) -> String {
        match kind {
            None => "validation failed".to_owned(),
            Some(ErrorKind::Pattern { got, want }) => {
                // The validator shows what it made of the pattern.
                let schema = self.documents.schema(schema);
                let pattern = schema.and_then(|schema| schema.get("pattern")?.as_str());
                let (got, want) = (words::quote(got), words::quote(pattern.unwrap_or(want)));
                format!("{got} does not match pattern {want}")
            }
            Some(ErrorKind::Const { want }) => {
                words::constant(want, self.documents.written(schema, "const").first().copied())
            }
            Some(ErrorKind::Enum { want }) => {
                words::one_of(want, &self.documents.written(schema, "enum"))
            }
            Some(kind) => words::text(kind),
        }
    }
}

fn print_line(out: &mut String, indent: usize, place: &[String], text: &str) {
    let place = words::quote(&place::pointer(place));
    let start = "  ".repeat(indent.saturating_sub(1));
    // Writing to a `String` cannot fail.
    let _ = write!(out, "\n{start}- at {place}: {text}");
}

/// Why a schema is no schema.
pub(super) fn compile_error(error: &CompileError, documents: &Documents) -> String {
    match error {
        CompileError::ValidationError { url, src } => {
            let values = documents.schema(url).unwrap_or(&Value::Null);
            let problems = print(src, values, documents).unwrap_or_default();
            format!("{} is not valid against metaschema: {problems}", url::location(url))
        }
        CompileError::ParseUrlError { url, src } => {
            let reference = pattern::original(url);
            let why = url::problem(&reference).unwrap_or_else(|| src.to_string());
            format!("error in parsing {}: {why}", quote(&reference))
        }
        CompileError::InvalidMetaSchemaUrl { url, src } => {
            format!("invalid $schema in {}: {src}", quote(url))
        }
        CompileError::UnsupportedUrlScheme { url } => {
            format!("no URLLoader registered for {}", quote(url))
        }
        CompileError::UnsupportedDraft { url } => format!("draft {} is not supported", quote(url)),
        CompileError::MetaSchemaCycle { url } => {
            format!("cycle in resolving $schema in {}", quote(url))
        }
        CompileError::ParseIdError { loc } => {
            format!("error in parsing id at {}", url::location(loc))
        }
        CompileError::ParseAnchorError { loc } => {
            format!("error in parsing anchor at {}", url::location(loc))
        }
        CompileError::DuplicateId { url, id, ptr1, ptr2 } => {
            let (last, first) = (ptr1.max(ptr2), ptr1.min(ptr2));
            let (id, url, last, first) = (quote(id), quote(url), quote(last), quote(first));
            format!("duplicate id {id} in {url} at {last} and {first}")
        }
        CompileError::DuplicateAnchor { anchor, url, ptr1, ptr2 } => {
            let (last, first) = (ptr1.max(ptr2), ptr1.min(ptr2));
            let (anchor, url, last, first) = (quote(anchor), quote(url), quote(last), quote(first));
            format!("duplicate anchor {anchor} in {url} at {first} and {last}")
        }
        CompileError::InvalidJsonPointer(url) => {
            format!("invalid json-pointer {}", url::location(url))
        }
        CompileError::JsonPointerNotFound(url) => {
            format!("json-pointer in {} not found", url::location(url))
        }
        CompileError::AnchorNotFound { url, reference } => {
            let (url, reference) = (quote(url), url::location(reference));
            format!("anchor in {reference} not found in schema {url}")
        }
        CompileError::UnsupportedVocabulary { url, vocabulary } => {
            format!("unsupported vocabulary {} in {}", quote(vocabulary), quote(url))
        }
        CompileError::InvalidRegex { url, regex, src } => {
            let regex = pattern::original(regex);
            let why = pattern::check(&regex).err().unwrap_or_else(|| src.to_string());
            format!("invalid regex {} at {}: {why}", quote(&regex), url::location(url))
        }
        error => format!("{error:#}"),
    }
}
