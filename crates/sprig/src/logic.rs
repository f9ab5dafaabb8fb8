//! Defaults and conditions.

use rhumb_gotmpl::{Func, func};
use rhumb_value::Value;

use crate::cast::is_empty;

/// `default FALLBACK VALUE`: the value, or the fallback if the value is empty or missing.
///
/// `{{ default "nginx" "" }}` gives `nginx`.
fn default(fallback: Value, given: &[Value]) -> Value {
    given.first().filter(|value| !is_empty(value)).cloned().unwrap_or(fallback)
}

/// `empty VALUE`: whether it is nil, false, 0 or has no elements.
///
/// `{{ empty 0 }}` gives `true`.
fn empty(value: &Value) -> bool {
    is_empty(value)
}

/// `coalesce VALUE…`: the first that is not empty.
///
/// `{{ coalesce "" 0 "x" }}` gives `x`.
fn coalesce(values: &[Value]) -> Value {
    values.iter().find(|value| !is_empty(value)).cloned().unwrap_or_default()
}

/// `all VALUE…`: whether none is empty.
///
/// `{{ all 1 "" }}` gives `false`.
fn all(values: &[Value]) -> bool {
    !values.iter().any(is_empty)
}

/// `any VALUE…`: whether one is not empty.
///
/// `{{ any 1 "" }}` gives `true`.
fn any(values: &[Value]) -> bool {
    values.iter().any(|value| !is_empty(value))
}

/// `ternary YES NO CONDITION`: one of two values.
///
/// `{{ ternary "yes" "no" true }}` gives `yes`.
fn ternary(yes: Value, no: Value, condition: bool) -> Value {
    if condition { yes } else { no }
}

/// `hello`: `Hello!`, to try a template with.
///
/// `{{ hello }}` gives `Hello!`.
fn hello() -> &'static str {
    "Hello!"
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("all", all, [; values]),
    func!("any", any, [; values]),
    func!("coalesce", coalesce, [; values]),
    func!("default", default, [fallback; given]),
    func!("empty", empty, [value]),
    func!("hello", hello, []),
    func!("ternary", ternary, [yes, no, condition]),
];
