//! Merging of dictionaries by the rules of mergo 1.0.1, which has several of its own: a list or a
//! dictionary is never replaced by one of the other kind unless overwriting, an empty value is
//! always filled, and merged parts are shared, not copied.

use rhumb_value::{CallError, List, Map, Text, Type, Value, stack};

use crate::cast::{is_empty, kind_name};

/// What the library says when a pointer meets something else.
pub(crate) const DIFFERENT_TYPES: &str = "src and dst must be of same type";

/// How deep dictionaries are merged. Only one that contains itself is deeper.
const MAX_DEPTH: usize = 10_000;

/// What happens to a value that both have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// The first one stays, unless it is empty.
    Keep,
    /// The second one takes its place.
    Overwrite,
}

/// Merges a dictionary into another.
///
/// # Errors
///
/// The library's words, or Go's where the types do not allow it.
pub(crate) fn merge(target: &Map, source: &Map, conflict: Conflict) -> Result<(), CallError> {
    merge_at(target, source, conflict, 0)
}

fn merge_at(target: &Map, source: &Map, conflict: Conflict, depth: usize) -> Result<(), CallError> {
    if depth > MAX_DEPTH {
        return Err(CallError::new(format!("dictionary nests deeper than {MAX_DEPTH} levels")));
    }
    let merging = Merging { target, source: source.kind(), conflict, depth };
    let overwrites = conflict == Conflict::Overwrite;
    for (key, value) in source.snapshot() {
        let old = target.get(key.as_bytes());
        match kind_name(&value).as_str() {
            "invalid" => {
                if overwrites {
                    merging.set(key, value)?;
                }
                continue;
            }
            "map" | "struct" | "ptr" => merging.merge_value(old.as_ref(), &value)?,
            "slice" => merging.merge_list(&key, old.as_ref(), &value)?,
            _ => {}
        }
        let is_missing = old.as_ref().is_none_or(is_empty);
        if let Some(old) = old.filter(|old| !is_empty(old)) {
            let kinds = (kind_name(&value), kind_name(&old));
            if kinds.0 == "slice" || kinds.0 == "map" && kinds.1 == "map" {
                continue;
            }
        }
        if overwrites || is_missing {
            merging.set(key, value)?;
        }
    }
    Ok(())
}

fn not_assignable(value: Type, target: Type) -> String {
    format!("reflect.Value.SetMapIndex: value of type {value} is not assignable to type {target}")
}

/// One dictionary being merged into another.
struct Merging<'m> {
    target: &'m Map,
    source: Type,
    conflict: Conflict,
    depth: usize,
}

impl Merging<'_> {
    /// Merges a dictionary or an object into what is there.
    fn merge_value(&self, old: Option<&Value>, value: &Value) -> Result<(), CallError> {
        let Some(old) = old else { return Ok(()) };
        if let (Value::Map(old), Value::Map(value)) = (old, value) {
            return stack::grow(|| merge_at(old, value, self.conflict, self.depth + 1));
        }
        let meets_pointer = kind_name(old) == "ptr" && kind_name(value) != "ptr";
        if meets_pointer && self.conflict == Conflict::Keep {
            return Err(CallError::new(DIFFERENT_TYPES));
        }
        Ok(())
    }

    /// Puts a list where it belongs: an empty one first, where there is none.
    fn merge_list(&self, key: &Text, old: Option<&Value>, value: &Value) -> Result<(), CallError> {
        let target = element(self.target.kind());
        if target == Type::String {
            // Go asks the old text whether it is nil, before it puts the list where none fits.
            return Err(CallError::new(match (old, value.kind()) {
                (None, Some(kind)) => not_assignable(kind, target),
                _ => "reflect: call of reflect.Value.IsNil on string Value".to_owned(),
            }));
        }
        let replaces = self.conflict == Conflict::Overwrite || self.target.is_empty();
        let list = match old {
            _ if replaces => value.clone(),
            None | Some(Value::Nil) => List::new(Vec::new()).into(),
            Some(old) => old.clone(),
        };
        self.target.set(key.clone(), list);
        Ok(())
    }

    fn set(&self, key: Text, value: Value) -> Result<(), CallError> {
        let (element, target) = (element(self.source), element(self.target.kind()));
        if !element.assignable_to(&target) {
            return Err(CallError::new(not_assignable(element, target)));
        }
        self.target.set(key, value);
        Ok(())
    }
}

/// The type of a map's values.
fn element(map: Type) -> Type {
    match map.underlying() {
        Type::Map(element) => *element,
        _ => Type::Interface,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dict(entries: &[(&str, Value)]) -> Map {
        entries.iter().map(|(key, value)| (Text::from(*key), value.clone())).collect()
    }

    #[test]
    fn what_is_empty_is_filled() {
        let target = dict(&[("a", Value::int(0)), ("b", Value::int(1))]);
        let source = dict(&[("a", Value::int(2)), ("b", Value::int(3)), ("c", Value::int(4))]);
        merge(&target, &source, Conflict::Keep).unwrap();
        let numbers = ["a", "b", "c"].map(|key| match target.get(key.as_bytes()) {
            Some(Value::Int(_, number)) => number,
            other => panic!("{other:?}"),
        });
        assert_eq!(numbers, [2, 1, 4]);
    }

    #[test]
    fn a_dictionary_that_contains_itself_is_refused() {
        let maps = [Map::new(), Map::new()];
        for map in &maps {
            map.set("a", Value::Map(map.clone()));
        }
        assert!(merge(&maps[0], &maps[1], Conflict::Keep).is_err());
    }
}
