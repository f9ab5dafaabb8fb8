use rhumb_gotmpl::Func;

/// The tables, by topic; each is sorted by name, and no name is in two.
pub fn tables() -> &'static [(&'static str, &'static [Func])] {
    TABLES
}

/// All functions, topic after topic.
pub fn functions() -> impl Iterator<Item = &'static Func> {
    TABLES.iter().flat_map(|(_, functions)| functions.iter())
}

const TABLES: &[(&str, &[Func])] = &[
    ("Conditions", crate::logic::FUNCS),
    ("Texts", crate::string::FUNCS),
    ("Words", crate::word::FUNCS),
    ("Regular expressions", crate::regex::FUNCS),
    ("Numbers", crate::math::FUNCS),
    ("Lists", crate::list::FUNCS),
    ("Dictionaries", crate::dict::FUNCS),
    ("Types", crate::reflect::FUNCS),
    ("Encodings", crate::encoding::FUNCS),
    ("JSON", crate::json::FUNCS),
    ("Checksums", crate::hash::FUNCS),
    ("Randomness", crate::random::FUNCS),
    ("Dates", crate::time::FUNCS),
    ("Durations", crate::time::SPAN_FUNCS),
    ("Hosts", crate::network::FUNCS),
    ("Paths", crate::path::FUNCS),
    ("URLs", crate::url::FUNCS),
    ("Versions", crate::version::FUNCS),
    #[cfg(feature = "crypto")]
    ("Keys and passwords", crate::crypto::FUNCS),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tables_are_sorted_and_share_no_name() {
        for (topic, functions) in tables() {
            assert!(functions.is_sorted_by(|a, b| a.name < b.name), "{topic}");
        }
        let names: BTreeSet<&str> = functions().map(|function| function.name).collect();
        assert_eq!(names.len(), functions().count());
    }
}
