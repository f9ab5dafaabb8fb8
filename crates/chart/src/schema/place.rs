//! Where in its schema a problem was found, and through what it came there.

use boon::{InstanceLocation, ValidationError};

/// A keyword that puts schemas together, passed on the way from one schema to one in it.
pub(super) struct Passed {
    /// What is said of it when it fails.
    pub(super) text: &'static str,
    /// How deep in the values it was.
    pub(super) depth: usize,
}

/// The keywords that a problem in `error`'s schema came through from the schema at `base`, which
/// is for values `depth` levels deep. Nothing if it is not in there.
///
/// The validator leaves out such a keyword where only one problem is below it.
pub(super) fn passed(base: &str, error: &ValidationError<'_, '_>, depth: usize) -> Vec<Passed> {
    let Some(path) = error.schema_url.strip_prefix(base) else { return Vec::new() };
    let mut passed = Vec::new();
    let mut depth = depth;
    let mut words = path.trim_start_matches('#').split('/').skip(1).peekable();
    while let Some(word) = words.next() {
        let (named, deeper) = match word {
            "properties" | "patternProperties" | "prefixItems" => (true, 1),
            "items" => (words.peek().is_some_and(|next| next.parse::<usize>().is_ok()), 1),
            "additionalProperties"
            | "unevaluatedProperties"
            | "additionalItems"
            | "unevaluatedItems"
            | "contains" => (false, 1),
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "dependencies" => (true, 0),
            _ => (false, 0),
        };
        let text = match word {
            "allOf" => "'allOf' failed",
            "anyOf" => "'anyOf' failed",
            "oneOf" => "'oneOf' failed, none matched",
            _ => "",
        };
        if !text.is_empty() {
            passed.push(Passed { text, depth });
        }
        if named {
            words.next();
        }
        depth += deeper;
    }
    passed
}

/// The first `depth` steps of where a problem is, as a pointer.
pub(super) fn pointer(error: &ValidationError<'_, '_>, depth: usize) -> String {
    let tokens = error.instance_location.tokens.iter().take(depth).cloned().collect();
    InstanceLocation { tokens }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use boon::ErrorKind;

    #[test]
    fn tells_what_a_problem_came_through() {
        let error = ValidationError {
            schema_url: "file:///s.json#/properties/allOf/allOf/1/items/anyOf/0",
            instance_location: InstanceLocation {
                tokens: vec!["allOf".to_owned().into(), 3.into(), "x".to_owned().into()],
            },
            kind: ErrorKind::AllOf,
            causes: Vec::new(),
        };
        let passed = passed("file:///s.json#", &error, 0);
        let shown = passed.iter().map(|at| (at.text, pointer(&error, at.depth)));
        let want = [("'allOf' failed", "/allOf"), ("'anyOf' failed", "/allOf/3")];
        assert!(shown.eq(want.map(|(text, place)| (text, place.to_owned()))));
        assert!(super::passed("file:///t.json#", &error, 0).is_empty());
    }
}
