//! The functions that Helm adds to Sprig's.

mod toml;

use rhumb_gotmpl::{Func, func};

/// Each function, by name.
pub(crate) const FUNCS: &[Func] = &[
    func!("fromToml", toml::from_toml, [text]),
    func!("mustToToml", toml::must_to_toml, [value]),
    func!("toToml", toml::to_toml, [value]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(FUNCS.is_sorted_by_key(|func| func.name));
    }
}
