//! Checking values against `values.schema.json`.

mod decimal;
mod document;
mod fault;
mod format;
mod instance;
mod message;
mod pattern;
mod place;
mod quick;
mod span;
mod url;
mod words;

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use boon::{CompileError, Compiler, SchemaIndex, Schemas, UrlLoader};
use serde_json::Value;

use self::document::{Document, Documents};
use crate::quote::quote;
use crate::values::{Data, Table};
use crate::{Chart, Values, log_line};

/// Where the schema is, as far as references in it and messages go.
const LOCATION: &str = "file:///values.schema.json";
/// How many other documents a schema may refer to, counted through all of them.
const MAX_DOCUMENTS: usize = 100;

/// Fetches the documents that schemas refer to.
pub trait SchemaLoader {
    /// The JSON at an address of the scheme `file`, `http` or `https`.
    ///
    /// # Errors
    ///
    /// In one line, why it cannot be had.
    fn load(&self, url: &str) -> Result<Vec<u8>, String>;
}

/// Values that do not fit the schemas: what Helm says, chart by chart, with the line break at the
/// end that it has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "values don't meet the specifications of the schema(s) in the following chart(s):\n{message}"
)]
pub struct SchemaError {
    /// The problems without the sentence before them.
    pub message: String,
}

impl Chart {
    /// Checks coalesced values against the schemas of this chart and of all charts in it. Warnings
    /// are added to `warnings`.
    ///
    /// # Errors
    ///
    /// If the values do not fit, or a schema is no schema.
    pub fn check_schema(
        &self,
        values: &Values,
        loader: &dyn SchemaLoader,
        warnings: &mut Vec<String>,
    ) -> Result<(), SchemaError> {
        let mut message = String::new();
        self.collect(values.table(), loader, warnings, &mut message);
        if message.is_empty() { Ok(()) } else { Err(SchemaError { message }) }
    }

    fn collect(
        &self,
        values: &Table,
        loader: &dyn SchemaLoader,
        warnings: &mut Vec<String>,
        message: &mut String,
    ) {
        if let Some(schema) = &self.schema
            && !quick::surely_fit(values, &schema.data)
            && let Err(problems) = check(values, &schema.data, loader, warnings)
        {
            message.push_str(self.name());
            message.push_str(":\n");
            message.push_str(&problems);
        }
        for inner in &self.dependencies {
            let Some(node) = values.get(inner.name()).filter(|node| !node.is_null()) else {
                continue;
            };
            if let Data::Map(table) = &node.data {
                inner.collect(table, loader, warnings, message);
            } else {
                let (name, found) = (inner.name(), node.go_type());
                // Writing to a `String` cannot fail.
                let _ = writeln!(
                    message,
                    "{name}:\ninvalid type for values: expected object (map), got {found}"
                );
            }
        }
    }
}

/// Checks values against one schema; an error is Helm's text.
fn check(
    values: &Table,
    schema: &[u8],
    loader: &dyn SchemaLoader,
    warnings: &mut Vec<String>,
) -> Result<(), String> {
    let schema = Document::read(schema)?;
    if let Some(dialect) = schema.json.get("$schema").and_then(Value::as_str)
        && let Some(problem) = url::dialect(dialect, &format!("{LOCATION}#"))
    {
        return Err(problem);
    }
    let documents = Documents([(LOCATION.to_owned(), schema)].into());
    let known = Known::new(RefCell::new(documents));
    let (schemas, index) = Attempts { known: Rc::clone(&known), loader, warnings }.compile()?;
    let values = instance::from_table(values);
    let Err(error) = schemas.validate(&values, index) else { return Ok(()) };
    let Some(text) = message::print(&error, &values, &known.borrow()) else { return Ok(()) };
    let start = format!("jsonschema validation failed with '{LOCATION}#'\n");
    Err(format!("{}\n", text.strip_prefix(&start).unwrap_or(&text)))
}

type Known = Rc<RefCell<Documents>>;

/// Compiles a schema. The documents that it refers to are fetched between the attempts, so that the
/// loader may be borrowed.
struct Attempts<'a> {
    known: Known,
    loader: &'a dyn SchemaLoader,
    warnings: &'a mut Vec<String>,
}

impl Attempts<'_> {
    fn compile(&mut self) -> Result<(Schemas, SchemaIndex), String> {
        for _ in 0..MAX_DOCUMENTS {
            let mut schemas = Schemas::new();
            let mut compiler = Compiler::new();
            format::register(&mut compiler);
            compiler.use_loader(Box::new(KnownLoader(Rc::clone(&self.known))));
            match compiler.compile(LOCATION, &mut schemas) {
                Ok(index) => return Ok((schemas, index)),
                Err(CompileError::LoadUrlError { url, .. }) => self.fetch(url)?,
                Err(error) => return Err(message::compile_error(&error, &self.known.borrow())),
            }
        }
        Err(format!("the schema refers to more than {MAX_DOCUMENTS} documents"))
    }

    fn fetch(&mut self, url: String) -> Result<(), String> {
        let scheme = url.split(':').next().unwrap_or_default();
        let document = match scheme {
            "urn" => {
                self.warnings.push(log_line(
                    "WARN",
                    "unresolved URN reference ignored; using permissive schema",
                    &[("urn", &url)],
                ));
                Document::read(b"true")
            }
            "file" | "http" | "https" => {
                self.loader.load(&url).and_then(|text| Document::read(&text))
            }
            _ => Err(format!("no URLLoader registered for {}", quote(&url))),
        };
        let document =
            document.map_err(|error| format!("failing loading {}: {error}", quote(&url)))?;
        self.known.borrow_mut().0.insert(url, document);
        Ok(())
    }
}

/// Gives what was fetched before, and fails for all else.
struct KnownLoader(Known);

impl UrlLoader for KnownLoader {
    fn load(&self, url: &str) -> Result<Value, Box<dyn std::error::Error>> {
        let known = self.0.borrow();
        let mut schema = known.0.get(url).ok_or("not fetched yet")?.json.clone();
        pattern::translate(&mut schema);
        Ok(schema)
    }
}
