//! Patterns of schemas, which Helm reads as Go's regular expressions and the validator reads as
//! others.

use rhumb_goregexp::Regex;
use serde_json::Value;

use super::{decimal, url};

/// What is put behind a pattern that is none in Go, so that it is none for the validator either.
const BROKEN: &str = "\u{10FFFE}(";

/// What stands for the format `regex` once translated: the validator's own cannot be replaced.
pub(super) const FORMAT: &str = "go-regex";

/// A pattern, or what is wrong with it in Go's words.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    Regex::compile(pattern.as_bytes()).map(drop).map_err(|error| error.to_string())
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
        (
            "minLength" | "minItems" | "minProperties" | "minContains" | "maxLength" | "maxItems"
            | "maxProperties" | "maxContains",
            Value::Number(count),
        ) => {
            if let Some(wrapped) = decimal::wrapped(count) {
                *count = wrapped.into();
            }
        }
        ("$id" | "id" | "$ref" | "$recursiveRef" | "$dynamicRef", Value::String(reference)) => {
            *reference = url::translated(reference);
        }
        ("patternProperties", Value::Object(members)) => {
            let patterns = std::mem::take(members).into_iter().map(|(pattern, mut schema)| {
                translate(&mut schema);
                (translated(&pattern), schema)
            });
            for (mut pattern, schema) in patterns {
                // Two that mean the same are two still.
                while members.contains_key(&pattern) {
                    pattern.push_str("(?:)");
                }
                members.insert(pattern, schema);
            }
        }
        // Each has a name, which is no keyword.
        (
            "properties" | "definitions" | "$defs" | "dependentSchemas" | "dependencies",
            Value::Object(members),
        ) => members.values_mut().for_each(translate),
        (_, member) => translate(member),
    }
}

/// A pattern that the validator takes as Go takes this one.
pub(super) fn translated(pattern: &str) -> String {
    let has_spaces = pattern.contains("\\s") || pattern.contains("\\S");
    if is_plain(pattern) && !has_spaces && check(pattern).is_ok() {
        return pattern.to_owned();
    }
    Regex::in_rust(pattern.as_bytes()).unwrap_or_else(|_| format!("{pattern}{BROKEN}"))
}

/// Whether a pattern, if it is one in Go, means the same to all others; they may not agree on what
/// is a space.
pub(super) fn is_plain(pattern: &str) -> bool {
    let (mut is_escaped, mut is_class) = (false, false);
    pattern.char_indices().all(|(at, char)| {
        let rest = &pattern[at + char.len_utf8()..];
        if std::mem::take(&mut is_escaped) {
            let is_mark = char.is_ascii_punctuation() && !matches!(char, '<' | '>');
            return is_mark || "dDwWsSnrt".contains(char);
        }
        match char {
            '\\' => is_escaped = true,
            // A class in a class, or one that begins with its own end.
            '[' if is_class || rest.trim_start_matches('^').starts_with(']') => return false,
            '[' => is_class = true,
            ']' => is_class = false,
            '&' | '-' | '~' if is_class => return !rest.starts_with(char),
            '(' if !is_class && rest.starts_with('?') => return rest.starts_with("?:"),
            '{' if !is_class => return repeats(rest),
            _ => {}
        }
        true
    })
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
            ("^v\\d+(?:\\.[\\w-]{1,3})?$", "^v\\d+(?:\\.[\\w-]{1,3})?$"),
            ("[^a&b~c]|x{2,}", "[^a&b~c]|x{2,}"),
            ("{}x", "(?:\\{\\}x)"),
            ("a{,2}", "(?:a\\{,2\\})"),
            ("[^[]", "[\0-Z\\\\-\u{10ffff}]"),
            ("[a&&b]", "[\\&ab]"),
            ("[]]", "\\]"),
            ("(?i)a", "[Aa]"),
            ("\\s\\a\\<", "(?:[\t\n\u{c}\r ](?:\u{7}<))"),
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
            "patternProperties": { "a{": { "$ref": "#/ü" }, "pattern": { "pattern": "[[b]" } },
            "properties": { "enum": { "pattern": "c{" }, "patternProperties": { "const": "d{" } },
        });
        translate(&mut schema);
        let want = json!({
            "enum": [{ "pattern": "a{" }],
            "patternProperties": { "(?:a\\{)": { "$ref": "#/%C3%BC" }, "pattern": { "pattern": "[\\[b]" } },
            "properties": { "enum": { "pattern": "(?:c\\{)" }, "patternProperties": { "const": "d{" } },
        });
        assert_eq!(schema, want);
    }
}
