//! Dictionaries.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a parameter's Rust type stands for its Go type"
)]

use rhumb_gotmpl::{Func, func};
use rhumb_value::{CallError, List, Map, Text, Type, Value};

use crate::cast::{assert_map, assert_text, to_text};
use crate::list::Texts;
use crate::merge::{Conflict, merge as merge_into};

/// `dict KEY VALUE…`: a new dictionary; a last key without a value gets an empty text.
///
/// `{{ dict "a" 1 "b" 2 | toJson }}` gives `{"a":1,"b":2}`.
fn dict(entries: &[Value]) -> Result<Map, CallError> {
    let map = Map::new();
    for entry in entries.chunks(2) {
        let value = entry.get(1).cloned().unwrap_or_else(|| Value::text(""));
        map.set(to_text(&entry[0])?, value);
    }
    Ok(map)
}

/// `get DICT KEY`: the value, or an empty text.
///
/// `{{ get (dict "a" 1) "a" }}` gives `1`.
fn get(dict: Map, key: &Text) -> Value {
    dict.get(key.as_bytes()).unwrap_or_else(|| Value::text(""))
}

/// `set DICT KEY VALUE`: the dictionary itself, changed.
///
/// `{{ set (dict "a" 1) "b" 2 | toJson }}` gives `{"a":1,"b":2}`.
fn set(dict: Option<Map>, key: Text, value: Value) -> Result<Map, CallError> {
    let dict = dict.filter(|dict| !dict.is_nil());
    let dict = dict.ok_or_else(|| CallError::new("assignment to entry in nil map"))?;
    dict.set(key, value);
    Ok(plain(&dict))
}

/// `unset DICT KEY`: the dictionary itself, without the key.
///
/// `{{ unset (dict "a" 1 "b" 2) "b" | toJson }}` gives `{"a":1}`.
fn unset(dict: Option<Map>, key: &Text) -> Map {
    let dict = dict.unwrap_or_else(|| Map::nil(Type::MAP));
    dict.remove(key.as_bytes());
    plain(&dict)
}

/// The dictionary itself as the parameter of Go sees it, without a name of its type.
fn plain(dict: &Map) -> Map {
    dict.seen_as(&Type::MAP)
}

/// `hasKey DICT KEY`: whether it is there.
///
/// `{{ hasKey (dict "a" 1) "a" }}` gives `true`.
fn has_key(dict: Map, key: &Text) -> bool {
    dict.contains(key.as_bytes())
}

/// `pluck KEY DICT…`: its values in those that have it.
///
/// `{{ pluck "a" (dict "a" 1) (dict "b" 2) (dict "a" 3) }}` gives `[1 3]`.
fn pluck(key: &Text, dicts: Vec<Map>) -> List {
    List::grown(dicts.iter().filter_map(|dict| dict.get(key.as_bytes())).collect())
}

/// `keys DICT…`: the keys of each, in order; Go has them in no order.
///
/// `{{ keys (dict "a" 1 "b" 2) | sortAlpha }}` gives `[a b]`.
fn keys(dicts: Vec<Map>) -> Texts {
    let keys = dicts.iter().flat_map(Map::snapshot).map(|(key, _)| key);
    let keys = keys.map(Value::Text).collect();
    Texts(List::grown_of(Type::List(&Type::String), keys))
}

/// `values DICT`: its values in the order of their keys; Go has them in no order.
///
/// `{{ values (dict "a" 1) }}` gives `[1]`.
fn values(dict: Map) -> List {
    List::grown(dict.snapshot().into_iter().map(|(_, value)| value).collect())
}

/// `pick DICT KEY…`: a new dictionary with these keys alone.
///
/// `{{ pick (dict "a" 1 "b" 2) "a" | toJson }}` gives `{"a":1}`.
fn pick(dict: Map, keys: Vec<&Text>) -> Map {
    let found = |key: &Text| Some((key.clone(), dict.get(key.as_bytes())?));
    keys.into_iter().filter_map(found).collect()
}

/// `omit DICT KEY…`: a new dictionary without these keys.
///
/// `{{ omit (dict "a" 1 "b" 2) "a" | toJson }}` gives `{"b":2}`.
fn omit(dict: Map, keys: Vec<&Text>) -> Map {
    dict.snapshot().into_iter().filter(|(key, _)| !keys.contains(&key)).collect()
}

/// `merge DICT SOURCE…`: the first dictionary, changed, with what the others have and it lacks.
///
/// `{{ merge (dict "a" 1) (dict "a" 2 "b" 3) | toJson }}` gives `{"a":1,"b":3}`.
fn merge(dict: Option<Map>, sources: Vec<Option<Map>>) -> Result<Value, CallError> {
    lenient(must_merge(dict, sources))
}

/// `mergeOverwrite DICT SOURCE…`: the first dictionary, changed, with what the others have.
///
/// `{{ mergeOverwrite (dict "a" 1) (dict "a" 2 "b" 3) | toJson }}` gives `{"a":2,"b":3}`.
fn merge_overwrite(dict: Option<Map>, sources: Vec<Option<Map>>) -> Result<Value, CallError> {
    lenient(must_merge_overwrite(dict, sources))
}

/// `mustMerge DICT SOURCE…`: as `merge`, with an error where that gives an empty text.
///
/// `{{ mustMerge (dict "a" 1) (dict "a" 2 "b" 3) | toJson }}` gives `{"a":1,"b":3}`.
fn must_merge(dict: Option<Map>, sources: Vec<Option<Map>>) -> Result<Value, CallError> {
    merge_all(dict, sources, Conflict::Keep)
}

/// `mustMergeOverwrite DICT SOURCE…`: as `mergeOverwrite`, with an error where that gives an empty
/// text.
///
/// `{{ mustMergeOverwrite (dict "a" 1) (dict "a" 2 "b" 3) | toJson }}` gives `{"a":2,"b":3}`.
fn must_merge_overwrite(dict: Option<Map>, sources: Vec<Option<Map>>) -> Result<Value, CallError> {
    merge_all(dict, sources, Conflict::Overwrite)
}

/// A nil dictionary is a new one as soon as anything is merged into it.
fn merge_all(
    dict: Option<Map>,
    sources: Vec<Option<Map>>,
    conflict: Conflict,
) -> Result<Value, CallError> {
    let is_there = |dict: &Map| !dict.is_nil();
    let mut target = dict.filter(is_there);
    for source in sources.into_iter().flatten().filter(is_there) {
        merge_into(target.get_or_insert_with(Map::new), &source, conflict)?;
    }
    Ok(plain(&target.unwrap_or_else(|| Map::nil(Type::MAP))).into())
}

/// What the merge itself refuses is an empty text; what breaks it is an error all the same.
fn lenient(merged: Result<Value, CallError>) -> Result<Value, CallError> {
    match merged {
        Err(error) if error.message == crate::merge::DIFFERENT_TYPES => Ok(Value::text("")),
        other => other,
    }
}

/// `dig KEY… DEFAULT DICT`: the value at the end of a path of keys, or the default.
///
/// `{{ dig "image" "tag" "latest" (dict "image" (dict)) }}` gives `latest`.
fn dig(arguments: &[Value]) -> Result<Value, CallError> {
    let [path @ .., default, dict] = arguments else {
        return Err(CallError::new("dig needs at least three arguments"));
    };
    if path.is_empty() {
        return Err(CallError::new("dig needs at least three arguments"));
    }
    let mut dict = assert_map(dict)?.clone();
    let path: Vec<&Text> = path.iter().map(assert_text).collect::<Result<_, _>>()?;
    for (index, key) in path.iter().enumerate() {
        let Some(value) = dict.get(key.as_bytes()) else { return Ok(default.clone()) };
        if index + 1 == path.len() {
            return Ok(value);
        }
        dict = assert_map(&value)?.clone();
    }
    Ok(default.clone())
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("dict", dict, [; entries]),
    func!("dig", dig, [; arguments]),
    func!("get", get, [dict, key]),
    func!("hasKey", has_key, [dict, key]),
    func!("keys", keys, [; dicts]),
    func!("merge", merge, [dict; sources]),
    func!("mergeOverwrite", merge_overwrite, [dict; sources]),
    func!("mustMerge", must_merge, [dict; sources]),
    func!("mustMergeOverwrite", must_merge_overwrite, [dict; sources]),
    func!("omit", omit, [dict; keys]),
    func!("pick", pick, [dict; keys]),
    func!("pluck", pluck, [key; dicts]),
    func!("set", set, [dict, key, value]),
    func!("unset", unset, [dict, key]),
    func!("values", values, [dict]),
];
