//! YAML as Helm prints it: by way of JSON, with sorted keys.

use rhumb_yaml::{Options, PrintError, PrintLimits, parse, print_node};

use crate::{Lock, Metadata};

/// Prints JSON as YAML.
pub(crate) fn from_json(json: &str) -> Result<String, PrintError> {
    let node = parse(json.as_bytes(), &Options::default()).map_err(PrintError::Reread)?;
    print_node(&node, PrintLimits::default())
}

impl Metadata {
    /// Prints the YAML that `show chart`, archives and provenance files have.
    ///
    /// # Errors
    ///
    /// If a text has characters that YAML does not, such as some control characters.
    pub fn to_yaml(&self) -> Result<String, PrintError> {
        from_json(&self.to_json())
    }
}

impl Lock {
    /// Prints the YAML of `Chart.lock`.
    ///
    /// # Errors
    ///
    /// If a text has characters that YAML does not.
    pub fn to_yaml(&self) -> Result<String, PrintError> {
        from_json(&self.to_json())
    }
}
