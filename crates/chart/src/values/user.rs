use std::sync::Arc;

use rhumb_report::{Diagnose, Span};

use super::json;
use super::node::Table;
use super::{ReadError, SetError, SetMode, Values, merge, read, set};

/// Everything by which a user gives values, in the order in which later ones win.
#[derive(Clone, Copy, Default)]
pub struct UserValues<'a> {
    /// Files of `-f`: names and contents.
    pub files: &'a [(String, Vec<u8>)],
    /// Arguments of `--set-json`.
    pub set_json: &'a [String],
    /// Arguments of `--set`.
    pub set: &'a [String],
    /// Arguments of `--set-string`.
    pub set_string: &'a [String],
    /// Arguments of `--set-file`.
    pub set_file: &'a [String],
    /// Arguments of `--set-literal`.
    pub set_literal: &'a [String],
}

/// Why what a user gives cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UserValuesError {
    /// A file that is no values.
    #[error("failed to parse {name}: {error}")]
    File {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        error: Box<ReadError>,
    },
    /// An argument that begins like a JSON object and is none.
    #[error("failed parsing --set-json data JSON: {argument}")]
    JsonObject {
        /// The argument.
        argument: String,
    },
    /// An argument of `--set-json` that is not in its language.
    #[error("failed parsing --set-json data {argument}")]
    Json {
        /// The argument.
        argument: String,
    },
    /// An argument that is not in the language of its flag.
    #[error("failed parsing {flag} data: {error}")]
    Set {
        /// The flag.
        flag: &'static str,
        /// What is wrong.
        error: SetError,
    },
}

impl Diagnose for UserValuesError {
    fn span(&self) -> Option<&Span> {
        if let Self::File { error, .. } = self { error.span() } else { None }
    }
}

impl UserValues<'_> {
    /// Puts everything together. `read_file` reads what `--set-file` names.
    ///
    /// # Errors
    ///
    /// The first thing that cannot be read.
    pub fn build(
        &self,
        read_file: &dyn Fn(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Values, UserValuesError> {
        let mut table = Table::default();
        for (name, text) in self.files {
            let over = read(text, &Arc::from(name.as_str())).map_err(|error| {
                UserValuesError::File { name: name.clone(), error: Box::new(error) }
            })?;
            merge(&mut table, &over);
        }
        for argument in self.set_json {
            set_json(&mut table, argument)?;
        }
        let modes = [
            ("--set", self.set, SetMode::Typed),
            ("--set-string", self.set_string, SetMode::Text),
            ("--set-file", self.set_file, SetMode::File(read_file)),
            ("--set-literal", self.set_literal, SetMode::Literal),
        ];
        for (flag, arguments, mode) in modes {
            for argument in arguments {
                set(&mut table, flag, argument, mode)
                    .map_err(|error| UserValuesError::Set { flag, error })?;
            }
        }
        Ok(table.into())
    }
}

/// Reads an argument of `--set-json`: a whole object, or assignments of JSON.
fn set_json(table: &mut Table, argument: &str) -> Result<(), UserValuesError> {
    const FLAG: &str = "--set-json";
    let text = argument.trim();
    if !text.starts_with('{') {
        return set(table, FLAG, argument, SetMode::Json)
            .map_err(|_| UserValuesError::Json { argument: argument.to_owned() });
    }
    let source = Arc::from(format!("{FLAG} {text}"));
    let node = json::Reader::new(text, &source, FLAG.len() + 1).whole();
    match node.as_ref().map(super::Node::table) {
        Ok(Some(over)) => {
            merge(table, over);
            Ok(())
        }
        _ => Err(UserValuesError::JsonObject { argument: argument.to_owned() }),
    }
}
