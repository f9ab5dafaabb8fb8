//! The words that Helm has for what does not fit a schema.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use boon::{CompileError, ErrorKind, ValidationError};
use serde_json::{Number, Value};

use super::{format, pattern, place};
use crate::quote::quote as go_quote;
use crate::values::number as float;

/// What is known of the schemas that a problem was found by.
pub(super) struct Printer<'d> {
    /// The document at a URL.
    pub(super) document: &'d dyn Fn(&str) -> Option<Value>,
    /// What was compared with the schema.
    pub(super) values: &'d Value,
    /// How many problems with a property's name were printed, by schema and name.
    pub(super) names: RefCell<BTreeMap<(String, String), usize>>,
}

/// A problem's line, what is below it being further to the right.
struct Line<'a> {
    /// How far to the right.
    indent: usize,
    /// The schema that the problem above was found by.
    schema: &'a str,
    /// How deep in the values the problem above is, and where.
    depth: usize,
    location: &'a str,
    /// Whether the problem above is that of a keyword which puts schemas together.
    is_combined: bool,
}

impl Printer<'_> {
    /// Prints an error and all its causes, each on a line of its own.
    pub(super) fn print(&self, error: &ValidationError<'_, '_>) -> String {
        let mut out = String::new();
        let url = error.schema_url;
        let top = Line { indent: 0, schema: url, depth: 0, location: "", is_combined: false };
        self.print_at(&mut out, error, &top);
        out
    }

    fn print_at(&self, out: &mut String, error: &ValidationError<'_, '_>, line: &Line<'_>) {
        let is_skipped =
            error.causes.len() == 1 && matches!(error.kind, ErrorKind::Reference { .. });
        let location = error.instance_location.to_string();
        let location = match &error.kind {
            // The name of a property has no place of its own: that of the object is meant.
            ErrorKind::PropertyName { prop } => self.place_of_name(error.schema_url, prop, line),
            _ => location,
        };
        let location = location.as_str();
        let mut indent = line.indent;
        let passed = place::passed(line.schema, error, line.depth);
        // What the line above speaks of is not said again, nor what this line will speak of.
        for passed in passed.iter().skip(usize::from(line.is_combined)) {
            let place = place::pointer(error, passed.depth);
            start_line(out, indent);
            push(out, format_args!("at {}: {}", quote(&place), passed.text));
            indent += 1;
        }
        if !is_skipped {
            start_line(out, indent);
            match &error.kind {
                ErrorKind::Schema { url } => {
                    push(out, format_args!("jsonschema validation failed with {}", quote(url)));
                }
                ErrorKind::Pattern { got, want } => {
                    let pattern = self.pattern(error.schema_url);
                    let (got, want) = (quote(got), quote(pattern.as_deref().unwrap_or(want)));
                    let place = quote(location);
                    push(out, format_args!("at {place}: {got} does not match pattern {want}"));
                }
                kind => push(out, format_args!("at {}: {}", quote(location), text(kind))),
            }
        }
        let below = Line {
            indent: indent + usize::from(!is_skipped),
            schema: match &error.kind {
                ErrorKind::Reference { url, .. } => url,
                _ => error.schema_url,
            },
            depth: error.instance_location.tokens.len(),
            location,
            is_combined: matches!(
                error.kind,
                ErrorKind::AllOf | ErrorKind::AnyOf | ErrorKind::OneOf(None)
            ),
        };
        for cause in &error.causes {
            self.print_at(out, cause, &below);
        }
    }

    /// Where the object is that has a property of a wrong name, of which the validator does not
    /// tell. Of several the next one is meant each time.
    fn place_of_name(&self, schema: &str, name: &str, line: &Line<'_>) -> String {
        let key = (schema.to_owned(), name.to_owned());
        let number = {
            let mut names = self.names.borrow_mut();
            let count = names.entry(key).or_default();
            *count += 1;
            *count - 1
        };
        let places = place::objects(self.values, line.location, line.schema, schema, name);
        let place = places.get(number).or(places.last());
        place.cloned().unwrap_or_else(|| line.location.to_owned())
    }

    /// The pattern as the schema has it: the validator shows what it made of it.
    fn pattern(&self, schema: &str) -> Option<String> {
        let (url, pointer) = schema.split_once('#')?;
        let document = (self.document)(url)?;
        let pattern = document.pointer(pointer)?.get("pattern")?;
        pattern.as_str().map(str::to_owned)
    }
}

fn start_line(out: &mut String, indent: usize) {
    if indent > 0 {
        out.push('\n');
        out.push_str(&"  ".repeat(indent - 1));
        out.push_str("- ");
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = out.write_fmt(text);
}

fn text(kind: &ErrorKind<'_, '_>) -> String {
    match kind {
        ErrorKind::Type { got, want } => {
            let want: Vec<_> = want.iter().map(|kind| kind.to_string()).collect();
            format!("got {got}, want {}", want.join(" or "))
        }
        ErrorKind::Required { want } if want.len() == 1 => {
            format!("missing property {}", quote(want[0]))
        }
        ErrorKind::Required { want } => format!("missing properties {}", quote_all(want)),
        ErrorKind::AdditionalProperties { got } => {
            format!("additional properties {} not allowed", quote_all(got))
        }
        ErrorKind::Enum { want } => one_of(want),
        ErrorKind::Const { want: Value::Array(_) | Value::Object(_) } => {
            "'const' failed".to_owned()
        }
        ErrorKind::Const { want } => format!("value must be {}", display(want)),
        ErrorKind::Format { got, want, err } => {
            let problem = got.as_str().and_then(|text| format::problem(want, text));
            let why = problem.unwrap_or_else(|| err.to_string());
            let got =
                got.as_str().map_or_else(|| display(got), |text| quote(pattern::original(text)));
            let want = if *want == pattern::FORMAT { "regex" } else { want };
            format!("{got} is not valid {want}: {why}")
        }
        ErrorKind::PropertyName { prop } => format!("invalid propertyName {}", quote(prop)),
        ErrorKind::Dependency { prop, missing }
        | ErrorKind::DependentRequired { prop, missing } => {
            format!("properties {} required, if {} exists", quote_all(missing), quote(prop))
        }
        ErrorKind::Not => "'not' failed".to_owned(),
        ErrorKind::AllOf => "'allOf' failed".to_owned(),
        ErrorKind::AnyOf => "'anyOf' failed".to_owned(),
        ErrorKind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        ErrorKind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {first}, {second} matched")
        }
        ErrorKind::ContentSchema => "'contentSchema' failed".to_owned(),
        ErrorKind::RefCycle { url, kw_loc1, kw_loc2 } => {
            format!(
                "both {kw_loc1} and {kw_loc2} resolve to {} causing reference cycle",
                go_quote(url)
            )
        }
        kind => amount(kind),
    }
}

/// What is too much or too little.
fn amount(kind: &ErrorKind<'_, '_>) -> String {
    let counts = |name: &str, got: &usize, want: &usize| {
        format!("{name}: got {}, want {}", group(&got.to_string()), group(&want.to_string()))
    };
    let numbers = |name: &str, got: &Number, want: &Number| {
        format!("{name}: got {}, want {}", english(got), english(want))
    };
    match kind {
        ErrorKind::MinProperties { got, want } => counts("minProperties", got, want),
        ErrorKind::MaxProperties { got, want } => counts("maxProperties", got, want),
        ErrorKind::MinItems { got, want } => counts("minItems", got, want),
        ErrorKind::MaxItems { got, want } => counts("maxItems", got, want),
        ErrorKind::MinLength { got, want } => counts("minLength", got, want),
        ErrorKind::MaxLength { got, want } => counts("maxLength", got, want),
        ErrorKind::Minimum { got, want } => numbers("minimum", got, want),
        ErrorKind::Maximum { got, want } => numbers("maximum", got, want),
        ErrorKind::ExclusiveMinimum { got, want } => numbers("exclusiveMinimum", got, want),
        ErrorKind::ExclusiveMaximum { got, want } => numbers("exclusiveMaximum", got, want),
        ErrorKind::MultipleOf { got, want } => numbers("multipleOf", got, want),
        ErrorKind::AdditionalItems { got } => format!("last {got} additionalItem(s) not allowed"),
        ErrorKind::MinContains { got, want } if got.is_empty() => {
            format!("min {want} items required to match contains schema, but none matched")
        }
        ErrorKind::MinContains { got, want } => matched("min", got, *want),
        ErrorKind::MaxContains { got, want } => matched("max", got, *want),
        // The others have the same words in both.
        kind => kind.to_string(),
    }
}

fn matched(name: &str, got: &[usize], want: usize) -> String {
    let places: Vec<_> = got.iter().map(usize::to_string).collect();
    let (count, places) = (got.len(), places.join(" "));
    format!(
        "{name} {want} items required to match contains schema, but matched {count} items at {places}"
    )
}

fn one_of(want: &[Value]) -> String {
    if want.iter().any(|value| value.is_array() || value.is_object()) {
        return "'enum' failed".to_owned();
    }
    let shown: Vec<_> = want.iter().map(display).collect();
    let one_of = if want.len() == 1 { "" } else { "one of " };
    format!("value must be {one_of}{}", shown.join(", "))
}

/// A value in a message; lists and maps are not shown.
fn display(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => quote(text),
        Value::Array(_) | Value::Object(_) => "value".to_owned(),
        value => go_exponent(&value.to_string()),
    }
}

/// A number with an exponent of two digits at least, as Go writes it.
fn go_exponent(text: &str) -> String {
    match text.split_once("e-") {
        Some((mantissa, exponent)) if exponent.len() == 1 => format!("{mantissa}e-0{exponent}"),
        _ => text.to_owned(),
    }
}

/// A number as English has it: commas between thousands, powers of ten as such.
fn english(number: &Number) -> String {
    let number = number.as_f64().unwrap_or_default();
    let text = float::print(if number == 0.0 { 0.0 } else { number });
    let Some((mantissa, exponent)) = text.split_once('e') else { return group(&text) };
    let raised = exponent.chars().filter_map(|c| match c {
        '-' => Some('⁻'),
        '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize),
        _ => None,
    });
    format!("{mantissa}×10{}", raised.collect::<String>())
}

fn group(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let mut grouped = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.push_str(rest);
    grouped
}

/// Puts a text into single quotes, as Helm's validator does: a backslash at the end loses its twin.
fn quote(text: &str) -> String {
    let quoted = go_quote(text).replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{}'", quoted.get(1..quoted.len() - 1).unwrap_or_default())
}

fn quote_all(texts: &[impl AsRef<str>]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quote(text.as_ref())).collect();
    quoted.join(", ")
}

/// Why a schema is no schema.
pub(super) fn compile_error(error: &CompileError) -> String {
    match error {
        CompileError::ValidationError { url, src } => {
            let printer =
                Printer { document: &|_| None, values: &Value::Null, names: RefCell::default() };
            let problems = printer.print(src);
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
