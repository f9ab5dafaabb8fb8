//! Where in its schema a problem was found, and through what it came there.

use boon::{InstanceLocation, ValidationError};
use serde_json::Value;

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

/// The places of all objects that have a key, among those that the schema at `to` is for, as seen
/// from the schema at `from`, which is for what is at `location`.
pub(super) fn objects(
    values: &Value,
    location: &str,
    from: &str,
    to: &str,
    key: &str,
) -> Vec<String> {
    let Some(path) = to.strip_prefix(from).map(|rest| rest.trim_start_matches(['#', '/'])) else {
        return Vec::new();
    };
    let path: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some(value) = values.pointer(location) else { return Vec::new() };
    let mut found = Vec::new();
    descend(value, location.to_owned(), &path, &mut |place, value| {
        if value.get(key).is_some() {
            found.push(place);
        }
    });
    found
}

/// Follows the path of a schema through values.
fn descend(value: &Value, place: String, path: &[&str], visit: &mut dyn FnMut(String, &Value)) {
    let (keyword, rest) = match path {
        [] => return visit(place, value),
        [keyword, rest @ ..] => (*keyword, rest),
    };
    let after_name = rest.get(1..).unwrap_or_default();
    let number = rest.first().and_then(|number| number.parse::<usize>().ok());
    match keyword {
        "properties" => {
            let name = rest.first().copied().unwrap_or_default();
            let name = name.replace("%25", "%");
            if let Some(inner) = value.pointer(&format!("/{name}")) {
                descend(inner, format!("{place}/{name}"), after_name, visit);
            }
        }
        "items" | "prefixItems" if number.is_some() => {
            if let Some(inner) = number.and_then(|number| value.get(number)) {
                let number = number.unwrap_or_default();
                descend(inner, format!("{place}/{number}"), after_name, visit);
            }
        }
        "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "dependencies" => {
            descend(value, place, after_name, visit);
        }
        "if" | "then" | "else" | "not" => descend(value, place, rest, visit),
        "patternProperties" => descend_all(value, &place, after_name, visit),
        _ => descend_all(value, &place, rest, visit),
    }
}

/// Follows the path of a schema through everything in a value.
fn descend_all(value: &Value, place: &str, path: &[&str], visit: &mut dyn FnMut(String, &Value)) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let name = name.replace('~', "~0").replace('/', "~1");
                descend(inner, format!("{place}/{name}"), path, visit);
            }
        }
        Value::Array(items) => {
            for (number, inner) in items.iter().enumerate() {
                descend(inner, format!("{place}/{number}"), path, visit);
            }
        }
        _ => {}
    }
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
