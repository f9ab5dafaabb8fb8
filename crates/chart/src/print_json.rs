//! JSON as Go's `encoding/json` prints it: compact, `<`, `>`, `&` and the line separators escaped.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::values::{Data, Node, number};

/// Prints a text.
pub(crate) fn text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Prints a tree.
pub(crate) fn node(out: &mut String, value: &Node) {
    match &value.data {
        Data::Null => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Int(value) => out.push_str(&value.to_string()),
        Data::Float(value) => out.push_str(&number::print_json(*value)),
        Data::Text(bytes) => text(out, &String::from_utf8_lossy(bytes)),
        Data::List(items) => list(out, items.iter(), node),
        Data::Map(table) => {
            let mut object = Object::new(out);
            for (key, value) in table.iter() {
                object.field(key, |out| node(out, value));
            }
            object.end();
        }
    }
}

/// Prints a list.
pub(crate) fn list<T>(
    out: &mut String,
    items: impl Iterator<Item = T>,
    mut print: impl FnMut(&mut String, T),
) {
    out.push('[');
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.push(',');
        }
        print(out, item);
    }
    out.push(']');
}

/// Puts JSON without blanks on many lines, indented by two blanks.
pub(crate) fn indent(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let mut chars = json.chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str("  "));
    };
    while let Some(char) = chars.next() {
        if in_text {
            out.push(char);
            in_text = is_escaped || char != '"';
            is_escaped = !is_escaped && char == '\\';
            continue;
        }
        match char {
            '{' | '[' => {
                out.push(char);
                if let Some(end) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(char);
            }
            ',' => {
                out.push(char);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            char => {
                in_text = char == '"';
                out.push(char);
            }
        }
    }
    out
}

/// Prints an object field by field.
pub(crate) struct Object<'a> {
    out: &'a mut String,
    is_first: bool,
}

impl<'a> Object<'a> {
    pub(crate) fn new(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, is_first: true }
    }

    pub(crate) fn field(&mut self, key: &str, print: impl FnOnce(&mut String)) {
        if !self.is_first {
            self.out.push(',');
        }
        self.is_first = false;
        text(self.out, key);
        self.out.push(':');
        print(self.out);
    }

    /// A text, unless it is empty.
    pub(crate) fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.field(key, |out| text(out, value));
        }
    }

    /// A list of texts, unless it is empty.
    pub(crate) fn texts(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.field(key, |out| list(out, values.iter(), |out, value| text(out, value)));
        }
    }

    /// A map of texts, unless it is empty.
    pub(crate) fn text_map(&mut self, key: &str, map: Option<&BTreeMap<String, String>>) {
        if let Some(map) = map.filter(|map| !map.is_empty()) {
            self.field(key, |out| {
                let mut object = Object::new(out);
                for (key, value) in map {
                    object.field(key, |out| text(out, value));
                }
                object.end();
            });
        }
    }

    /// A truth value, unless it is false.
    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.field(key, |out| out.push_str("true"));
        }
    }

    pub(crate) fn end(self) {
        self.out.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::indent;

    #[test]
    fn lines_are_indented_as_by_go() {
        let json = "{\"a\":[1,\"x,\\\":{\"],\"b\":{},\"c\":[],\"d\":{\"e\":null}}";
        let want = "{\n  \"a\": [\n    1,\n    \"x,\\\":{\"\n  ],\n  \"b\": {},\n  \"c\": [],\n  \"d\": {\n    \"e\": null\n  }\n}";
        assert_eq!(indent(json), want);
    }
}
