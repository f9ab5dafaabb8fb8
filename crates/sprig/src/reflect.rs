//! What a value is.

use rhumb_gotmpl::{Func, func};
use rhumb_value::{CallError, Text, Value};

use crate::cast::{kind_name, type_name};
use crate::{copy, equal};

/// `typeOf VALUE`: its Go type.
///
/// `{{ typeOf (list 1) }}` gives `[]interface {}`.
fn type_of(value: &Value) -> String {
    type_name(value)
}

/// `typeIs TYPE VALUE`: whether that is its Go type.
///
/// `{{ typeIs "string" "a" }}` gives `true`.
fn type_is(name: &Text, value: &Value) -> bool {
    name.as_bytes() == type_name(value).as_bytes()
}

/// `typeIsLike TYPE VALUE`: whether that is its Go type, or what its pointer points at.
///
/// `{{ typeIsLike "string" "a" }}` gives `true`.
fn type_is_like(name: &Text, value: &Value) -> bool {
    let got = type_name(value);
    let target = got.strip_prefix('*').unwrap_or(&got);
    [got.as_bytes(), target.as_bytes()].contains(&name.as_bytes())
}

/// `kindOf VALUE`: the kind of its type: `map`, `slice`, `string`, `int` and so on.
///
/// `{{ kindOf (dict) }}` gives `map`.
fn kind_of(value: &Value) -> String {
    kind_name(value)
}

/// `kindIs KIND VALUE`: whether that is the kind of its type.
///
/// `{{ kindIs "map" (dict) }}` gives `true`.
fn kind_is(name: &Text, value: &Value) -> bool {
    name.as_bytes() == kind_name(value).as_bytes()
}

/// `deepEqual LEFT RIGHT`: whether both are the same, types included, all the way down.
///
/// `{{ deepEqual (list 1) (list 1) }}` gives `true`.
fn deep_equal(left: &Value, right: &Value) -> bool {
    equal::deep_equal(left, right)
}

/// `deepCopy VALUE`: a copy that shares no map with it.
///
/// `{{ $old := dict "a" 1 }}{{ $new := deepCopy $old }}{{ $_ := set $new "a" 2 }}{{ $old.a }}`
/// gives `1`.
fn deep_copy(value: &Value) -> Result<Value, CallError> {
    copy::deep_copy(value)
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("deepCopy", deep_copy, [value]),
    func!("deepEqual", deep_equal, [left, right]),
    func!("kindIs", kind_is, [kind, value]),
    func!("kindOf", kind_of, [value]),
    func!("mustDeepCopy", deep_copy, [value]),
    func!("typeIs", type_is, [type_name, value]),
    func!("typeIsLike", type_is_like, [type_name, value]),
    func!("typeOf", type_of, [value]),
];
