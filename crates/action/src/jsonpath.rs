//! `JSONPath` templates as Kubernetes has them, which `--jsonpath` and `-o jsonpath=…` take.
//!
//! A template is text with actions in braces: `{.a.b}`, `{.list[*].name}`, `{range .list[*]}{@}{end}`. What Go
//! leaves to chance, the order of what is in maps, is the order of the keys here.

mod compare;
mod error;
mod evaluate;
mod node;
mod parse;

use rhumb_value::{Value, json};

pub use error::JsonPathError;
use evaluate::{Evaluation, Item};
use node::Node;

/// A template that was parsed.
#[derive(Clone, Debug)]
pub struct JsonPath {
    nodes: Vec<Node>,
}

impl JsonPath {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// If it is none, in the words of Kubernetes.
    pub fn parse(template: &str) -> Result<Self, JsonPathError> {
        Ok(Self { nodes: parse::parse(template)? })
    }

    /// Fills in the template: texts and numbers are printed as they are, lists and maps as JSON, with
    /// blanks between what one action finds.
    ///
    /// # Errors
    ///
    /// If something is not found or not of the kind that it should be.
    pub fn print(&self, data: &Value) -> Result<Vec<u8>, JsonPathError> {
        let results = Evaluation::new(&self.nodes).find(0, &Item::Value(data.clone()))?;
        let mut out = Vec::new();
        for result in results {
            for (number, item) in result.iter().enumerate() {
                if number > 0 {
                    out.push(b' ');
                }
                print_item(&mut out, item)?;
            }
        }
        Ok(out)
    }
}

fn print_item(out: &mut Vec<u8>, item: &Item) -> Result<(), JsonPathError> {
    match item {
        Item::Nothing => out.extend_from_slice(b"<no value>"),
        Item::Value(Value::Nil) => out.extend_from_slice(b"null"),
        Item::Value(value @ (Value::List(_) | Value::Map(_) | Value::Object(_))) => {
            json::append(out, value, json::Style::COMPACT)?;
        }
        Item::Value(value) => rhumb_value::format::append(out, value)
            .map_err(|error| JsonPathError::Unprintable { why: error.to_string() })?,
    }
    Ok(())
}
