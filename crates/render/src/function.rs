//! The functions that Helm adds to Sprig's, and those of Sprig's that it replaces.

mod environment;
mod fail;
mod include;
mod json;
mod lookup;
mod required;
mod toml;
mod tpl;
pub(crate) mod yaml;

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::CallError;

use crate::world::Rendering;

/// Each function, by name.
pub(crate) const FUNCS: &[Func] = &[
    func!("fail", fail::fail, call, [message]),
    func!("fromJson", json::from_json, [text]),
    func!("fromJsonArray", json::from_json_array, [text]),
    func!("fromToml", toml::from_toml, [text]),
    func!("fromYaml", yaml::from_yaml, [text]),
    func!("fromYamlArray", yaml::from_yaml_array, [text]),
    func!("include", include::include, call, [name, dot]),
    func!("lookup", lookup::lookup, call, [api_version, kind, namespace, name]),
    func!("mustToJson", json::must_to_json, [value]),
    func!("mustToToml", toml::must_to_toml, [value]),
    func!("mustToYaml", yaml::must_to_yaml, [value]),
    func!("required", required::required, call, [message, value]),
    func!("toJson", json::to_json, [value]),
    func!("toToml", toml::to_toml, [value]),
    func!("toYaml", yaml::to_yaml, [value]),
    func!("toYamlPretty", yaml::to_yaml_pretty, [value]),
    func!("tpl", tpl::tpl, call, [text, dot]),
];

/// Functions that texts have which belong to no chart, besides Sprig's.
pub(crate) const TEXT_FUNCS: &[Func] = &[
    func!("env", environment::env, call, [name]),
    func!("expandenv", environment::expandenv, call, [text]),
    func!("fail", environment::fail, [message]),
];

/// What the functions of one rendering share.
fn rendering<'c>(call: &Call<'c>) -> Result<&'c Rendering, CallError> {
    call.host().ok_or_else(|| CallError::new("only works while a chart is rendered"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        for table in [FUNCS, TEXT_FUNCS] {
            assert!(table.is_sorted_by(|a, b| a.name < b.name));
        }
    }
}
