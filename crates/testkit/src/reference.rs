//! The reference of the functions of templates.
//!
//! What a function is for stands in one place: the comment beside its Rust function, which says
//! how it is used and what it gives, and has an example. Names, parameters and types are those of
//! the tables that the engine uses.

mod comment;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rhumb_gotmpl::Functions;

pub use comment::{Answer, Comment};

use crate::conformance::{CLOCK, renderer};

/// What a function is listed under if no table of Sprig's has it.
const LANGUAGE: &str = "The language";
const HELM: &str = "Charts";

/// What the page begins with.
const HEAD: &str = "<!-- Written by `cargo xtask docs` from the comments beside the functions. -->

# Functions of templates

All functions that templates may call: those of Go's template language, Sprig's, and Helm's own.
The examples are run as tests, in a chart whose name is `demo`. Behind each way to use a function
stand the Go types that it takes and gives, where they are fixed: `interface {}` is anything.
";

/// A function of templates.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Another function that it is the same as.
    pub same_as: Option<String>,
    /// The Go types of its parameters and of what it gives; none for functions of the language.
    pub types: Option<String>,
    /// What is said of it.
    pub comment: Comment,
}

/// All functions by topic, each topic in order of names.
///
/// # Errors
///
/// If a comment cannot be read, or a function has none.
pub fn entries() -> Result<Vec<(&'static str, Vec<Entry>)>, String> {
    let source = comment::read().map_err(|error| error.to_string())?;
    let renderer = renderer(CLOCK);
    let functions = renderer.functions();
    let mut topics: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for name in functions.names() {
        let found = source.of(name).ok_or_else(|| format!("`{name}` has no comment to show"))?;
        let (same_as, comment) = found;
        let types = functions.row(name).map(|row| types(&row.signature));
        let entry = Entry { name: name.to_owned(), same_as, types, comment };
        topics.entry(topic(functions, name)).or_default().push(entry);
    }
    let sprig = rhumb_sprig::tables().iter().map(|(topic, _)| *topic);
    let order = [LANGUAGE, HELM].into_iter().chain(sprig);
    Ok(order.filter_map(|topic| Some((topic, topics.remove(topic)?))).collect())
}

fn topic(functions: &Functions, name: &str) -> &'static str {
    let Some(row) = functions.row(name) else { return LANGUAGE };
    let mut tables = rhumb_sprig::tables().iter();
    let of = tables.find(|(_, table)| table.iter().any(|one| std::ptr::eq(one, row)));
    of.map_or(HELM, |(topic, _)| *topic)
}

/// The types as Go writes them, such as `(int, string) string`.
fn types(signature: &rhumb_value::Signature) -> String {
    let last = signature.params.len().saturating_sub(1);
    let of = |(at, kind): (usize, &rhumb_value::Type)| {
        if signature.variadic && at == last { format!("...{kind}") } else { kind.to_string() }
    };
    let params: Vec<String> = signature.params.iter().enumerate().map(of).collect();
    format!("({}) {}", params.join(", "), signature.returns)
}

/// The page in Markdown.
///
/// # Errors
///
/// As [`entries`].
pub fn page() -> Result<String, String> {
    let mut page = HEAD.to_owned();
    for (topic, entries) in entries()? {
        let _ = write!(page, "\n## {topic}\n");
        for entry in entries {
            page.push_str(&section(&entry));
        }
    }
    Ok(page)
}

fn section(entry: &Entry) -> String {
    let Entry { name, same_as, types, comment } = entry;
    let Comment { usage, text, template, answer } = comment;
    let types = types.as_ref().map(|types| format!(" `{types}`")).unwrap_or_default();
    let text = match same_as {
        Some(other) => format!("The same as `{other}`: {text}"),
        None => capital(text),
    };
    format!("\n### {name}\n\n`{usage}`{types}\n\n{text}\n\n`{template}` {answer}.\n")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
