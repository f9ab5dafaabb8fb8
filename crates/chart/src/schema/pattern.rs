//! Patterns of schemas, which Helm reads as Go's regular expressions and the validator reads as
//! others.

use rhumb_goregexp::Regex;
use serde_json::Value;

use super::url;

/// What is put behind a pattern that is none in Go, so that it is none for the validator either.
const BROKEN: &str = "\u{10FFFE}(";

/// What stands for the format `regex` once translated: the validator's own cannot be replaced.
pub(super) const FORMAT: &str = "go-regex";

/// What is wrong with a pattern, in Go's words.
pub(super) fn problem(pattern: &str) -> Option<String> {
    Regex::compile(pattern.as_bytes()).err().map(|error| error.to_string())
}

/// The text as it was before [`translate`].
pub(super) fn original(text: &str) -> String {
    url::original(text).unwrap_or_else(|| text.replace(BROKEN, ""))
}

/// Makes the validator take the patterns and references of a schema as Go does: what is none is
/// broken, and braces that repeat nothing stand for themselves. Values that only look like schemas
/// stay as they are.
pub(super) fn translate(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                translate_member(key, member);
            }
        }
        _ => {}
    }
}

fn translate_member(key: &str, member: &mut Value) {
    match (key, member) {
        ("enum" | "const" | "default" | "examples", _) => {}
        ("format", Value::String(format)) if format == "regex" => FORMAT.clone_into(format),
        ("pattern", Value::String(pattern)) => *pattern = translated(pattern),
        ("$id" | "id" | "$ref" | "$recursiveRef" | "$dynamicRef", Value::String(reference)) => {
            *reference = url::translated(reference);
        }
        ("patternProperties", Value::Object(members)) => {
            let patterns = std::mem::take(members).into_iter().map(|(pattern, mut schema)| {
                translate(&mut schema);
                (translated(&pattern), schema)
            });
            *members = patterns.collect();
        }
        // Each has a name, which is no keyword.
        (
            "properties" | "definitions" | "$defs" | "dependentSchemas" | "dependencies",
            Value::Object(members),
        ) => members.values_mut().for_each(translate),
        (_, member) => translate(member),
    }
}

fn translated(pattern: &str) -> String {
    if problem(pattern).is_some() {
        return format!("{pattern}{BROKEN}");
    }
    let mut out = String::with_capacity(pattern.len());
    let (mut is_escaped, mut has_name, mut is_class) = (false, false, false);
    for (at, char) in pattern.char_indices() {
        match char {
            _ if is_escaped => {}
            '[' => is_class = true,
            ']' => is_class = false,
            '{' if !is_class && !has_name && !repeats(&pattern[at + 1..]) => out.push('\\'),
            _ => {}
        }
        has_name = is_escaped && matches!(char, 'p' | 'P' | 'x');
        is_escaped = char == '\\' && !is_escaped;
        out.push(char);
    }
    out
}

/// Whether the brace before this begins a repetition.
fn repeats(rest: &str) -> bool {
    let Some((inner, _)) = rest.split_once('}') else { return false };
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && is_number(least) && is_number(most)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patterns_are_as_in_go() {
        for (pattern, want) in [
            ("{}^x", "\\{}^x"),
            ("a{2", "a\\{2"),
            ("a{2}b{1,}c{1,2}", "a{2}b{1,}c{1,2}"),
            ("[{]\\{", "[{]\\{"),
            ("a{,2}", "a\\{,2}"),
            ("\\p{Greek}\\x{41}{", "\\p{Greek}\\x{41}\\{"),
        ] {
            assert_eq!(translated(pattern), want);
        }
        let broken = translated("(?=x)");
        assert_eq!(original(&broken), "(?=x)");
        assert_ne!(broken, "(?=x)");
    }

    #[test]
    fn only_what_is_in_schemas_is_translated() {
        let mut schema = json!({
            "enum": [{ "pattern": "a{" }],
            "patternProperties": { "a{": { "$ref": "#/ü" }, "pattern": { "pattern": "b{" } },
            "properties": { "enum": { "pattern": "c{" }, "patternProperties": { "const": "d{" } },
        });
        translate(&mut schema);
        let want = json!({
            "enum": [{ "pattern": "a{" }],
            "patternProperties": { "a\\{": { "$ref": "#/%C3%BC" }, "pattern": { "pattern": "b\\{" } },
            "properties": { "enum": { "pattern": "c\\{" }, "patternProperties": { "const": "d{" } },
        });
        assert_eq!(schema, want);
    }
}
