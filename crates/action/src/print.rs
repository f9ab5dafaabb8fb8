use serde::Serialize;

use crate::Error;

/// Prints a result as Helm prints YAML: keys sorted, two spaces for a level.
///
/// # Errors
///
/// If it is larger or deeper than what is printed at most.
pub fn print_yaml(result: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_vec(result).map_err(|source| Error::Json { source })?;
    let value = rhumb_value::json::parse(&json);
    let value = value.map_err(|error| Error::Reread { why: error.to_string() })?;
    let limits = rhumb_yaml::PrintLimits::default();
    rhumb_yaml::print(&value, limits).map_err(|source| Error::PrintYaml { source })
}
