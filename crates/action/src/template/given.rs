use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rhumb_chart::Values;
use rhumb_chart::values::UserValues;
use rhumb_report::{read_verb, system_words};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::explain::failure;

/// Everything by which a user gives values, in the order in which later ones win.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenValues {
    /// Files of values: names and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// Assignments of JSON.
    pub set_json: Vec<String>,
    /// Assignments with types.
    pub set: Vec<String>,
    /// Assignments of texts.
    pub set_string: Vec<String>,
    /// Assignments of the contents of files.
    pub set_file: Vec<String>,
    /// Assignments of texts that mean nothing but themselves.
    pub set_literal: Vec<String>,
    /// What was read already of what `set_file` names, such as `-`, or why it cannot be read.
    pub read: BTreeMap<String, Result<Vec<u8>, String>>,
}

impl GivenValues {
    /// The files that `set_file` names, in the order in which they are read.
    pub fn named_files(&self) -> Vec<String> {
        let names = RefCell::new(Vec::new());
        let read = |name: &str| {
            names.borrow_mut().push(name.to_owned());
            Ok(Vec::new())
        };
        // What is wrong is told where the values are put together.
        drop(UserValues { set_file: &self.set_file, ..UserValues::default() }.build(&read));
        names.into_inner()
    }

    /// Whether everything can be read.
    ///
    /// # Errors
    ///
    /// The first thing that cannot be read.
    pub fn check(&self) -> Result<(), Error> {
        user_values(self).map(drop)
    }
}

pub(crate) fn user_values(given: &GivenValues) -> Result<Values, Error> {
    let GivenValues { files, set_json, set, set_string, set_file, set_literal, read: known } =
        given;
    let user = UserValues { files, set_json, set, set_string, set_file, set_literal };
    let is_input_read = Cell::new(false);
    let read = |path: &str| {
        // Standard input is at its end once it was read.
        if path.trim() == "-" && is_input_read.replace(true) {
            return Ok(Vec::new());
        }
        if let Some(read) = known.get(path) {
            return read.clone();
        }
        std::fs::read(path)
            .map_err(|error| format!("{} {path}: {}", read_verb(&error), system_words(&error)))
    };
    user.build(&read).map_err(|error| failure::user_values(error.into(), files))
}
