//! Where in its schema a problem was found, and through what it came there.

use boon::InstanceToken;
use serde_json::Value;

/// A keyword on the way from one schema to one in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step<'u> {
    /// The keyword.
    pub(super) keyword: &'u str,
    /// The URL of the schema that has the keyword.
    pub(super) from: &'u str,
    /// The URL of the schema within.
    pub(super) to: &'u str,
    /// Whether that one is for what is within the value.
    pub(super) is_deeper: bool,
}

impl Step<'_> {
    /// What is said when the keyword fails because of the schemas that it puts together.
    pub(super) fn combined(&self) -> Option<&'static str> {
        match self.keyword {
            "allOf" => Some("'allOf' failed"),
            "anyOf" => Some("'anyOf' failed"),
            "oneOf" => Some("'oneOf' failed, none matched"),
            _ => None,
        }
    }
}

/// The keywords on the way from the schema at `base` to the one at `url`. Nothing if it is not in
/// there.
pub(super) fn steps<'u>(base: &str, url: &'u str) -> Vec<Step<'u>> {
    let Some(path) = url.strip_prefix(base) else { return Vec::new() };
    let mut steps = Vec::new();
    let mut words = path.split('/').peekable();
    let mut at = base.len() + words.next().map_or(0, str::len);
    while let Some(keyword) = words.next() {
        let from = &url[..at];
        at += 1 + keyword.len();
        let (has_name, is_deeper) = match keyword {
            "properties" | "patternProperties" | "prefixItems" => (true, true),
            "items" => (words.peek().is_some_and(|next| next.parse::<usize>().is_ok()), true),
            "additionalProperties"
            | "unevaluatedProperties"
            | "additionalItems"
            | "unevaluatedItems"
            | "contains" => (false, true),
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "dependencies" => (true, false),
            _ => (false, false),
        };
        if has_name && let Some(name) = words.next() {
            at += 1 + name.len();
        }
        steps.push(Step { keyword, from, to: &url[..at], is_deeper });
    }
    steps
}

/// One word of the pointer to a value.
pub(super) fn word(token: &InstanceToken<'_>) -> String {
    match token {
        InstanceToken::Prop(name) => escape(name),
        InstanceToken::Item(number) => number.to_string(),
    }
}

/// The pointer of such words.
pub(super) fn pointer(words: &[String]) -> String {
    words.iter().flat_map(|word| ["/", word]).collect()
}

/// The word of a pointer for a name.
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
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
                descend(inner, format!("{place}/{}", escape(name)), path, visit);
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

    #[test]
    fn tells_what_a_problem_came_through() {
        let url = "file:///s.json#/properties/allOf/allOf/1/items/anyOf/0/then";
        let steps = steps("file:///s.json#", url);
        let shown: Vec<_> = steps.iter().map(|step| (step.keyword, step.is_deeper)).collect();
        let want = [
            ("properties", true),
            ("allOf", false),
            ("items", true),
            ("anyOf", false),
            ("then", false),
        ];
        assert_eq!(shown, want);
        assert_eq!(steps[2].from, "file:///s.json#/properties/allOf/allOf/1");
        assert_eq!(steps[2].to, "file:///s.json#/properties/allOf/allOf/1/items");
        assert_eq!(steps[4].to, url);
        assert!(super::steps("file:///t.json#", url).is_empty());
        assert!(super::steps(url, url).is_empty());
    }
}
