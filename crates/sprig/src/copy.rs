//! Deep copies.

use rhumb_value::{CallError, List, Map, Value, stack};

/// How deep values are copied. Only a map that contains itself is deeper.
const MAX_DEPTH: usize = 10_000;

/// A copy that shares no map with the value.
///
/// # Errors
///
/// Go's words for nil, which has no type to copy; and for a map that contains itself.
pub(crate) fn deep_copy(value: &Value) -> Result<Value, CallError> {
    if matches!(value, Value::Nil) {
        return Err(CallError::new("reflect: call of reflect.Value.Type on zero Value"));
    }
    copy(value, 0)
}

fn copy(value: &Value, depth: usize) -> Result<Value, CallError> {
    if depth > MAX_DEPTH {
        return Err(CallError::new(format!("value nests deeper than {MAX_DEPTH} levels")));
    }
    Ok(match value {
        Value::List(list) if list.is_nil() => value.clone(),
        Value::List(list) => {
            let items: Result<Vec<_>, _> =
                list.items().iter().map(|item| stack::grow(|| copy(item, depth + 1))).collect();
            List::typed(list.kind(), items?).into()
        }
        Value::Map(map) if map.is_nil() => value.clone(),
        Value::Map(map) => {
            let entries: Result<_, CallError> = map
                .snapshot()
                .into_iter()
                .map(|(key, value)| Ok((key, stack::grow(|| copy(&value, depth + 1))?)))
                .collect();
            Map::typed(map.kind(), entries?).into()
        }
        Value::Object(object) => object.deep_copied().unwrap_or_else(|| value.clone()),
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_to_a_copy_do_not_reach_the_original() {
        let inner = Map::new();
        let outer = Map::from_iter([("a".into(), Value::Map(inner.clone()))]);
        let Value::Map(copied) = deep_copy(&outer.into()).unwrap() else { unreachable!() };
        let Some(Value::Map(copied)) = copied.get(b"a") else { unreachable!() };
        copied.set("b", Value::int(1));
        assert!(inner.is_empty());
    }

    #[test]
    fn a_map_that_contains_itself_is_refused() {
        let map = Map::new();
        map.set("a", Value::Map(map.clone()));
        assert!(deep_copy(&map.into()).is_err());
    }
}
