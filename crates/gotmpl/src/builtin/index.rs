use std::any::Any;

use rhumb_value::{CallError, List, Object, Text, Type, UintKind, Value};

fn fail<T>(message: impl Into<String>) -> Result<T, CallError> {
    Err(CallError::new(message))
}

fn name(value: &Value) -> String {
    value.kind().unwrap_or(Type::Interface).to_string()
}

/// The type of a value, or of what it points at.
fn target(value: &Value) -> String {
    let name = name(value);
    name.strip_prefix('*').map(str::to_owned).unwrap_or(name)
}

/// An index in an `interface {}`: `slice`, unlike `index`, does not look into it.
#[derive(Debug)]
pub(crate) struct Boxed;

impl Object for Boxed {
    fn kind(&self) -> Type {
        Type::Interface
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Looks through an object at what it is underneath.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(object) => object.underlying().unwrap_or(Value::Object(object)),
        other => other,
    }
}

/// An index as a number, which may be as large as the length.
fn position(index: &Value, length: usize) -> Result<usize, CallError> {
    let number = match plain(index.clone()) {
        Value::Int(_, number) => number,
        Value::Uint(_, number) => number.cast_signed(),
        Value::Nil => return fail("cannot index slice/array with nil"),
        _ => return fail(format!("cannot index slice/array with type {}", name(index))),
    };
    match usize::try_from(number) {
        Ok(position) if position <= length => Ok(position),
        _ => fail(format!("index out of range: {number}")),
    }
}

/// `index x 1 "a"` is `x[1]["a"]`.
pub(super) fn index(value: &Value, indexes: &[Value]) -> Result<Value, CallError> {
    if matches!(value, Value::Nil) {
        return fail("index of untyped nil");
    }
    let mut item = value.clone();
    for index in indexes {
        item = step(item, index)?;
    }
    Ok(item)
}

fn step(item: Value, index: &Value) -> Result<Value, CallError> {
    let kind = target(&item);
    match plain(item) {
        Value::Nil => fail("index of nil pointer"),
        Value::Object(object) if object.is_nil() => fail("index of nil pointer"),
        Value::List(list) => {
            let at = position(index, list.items().len())?;
            let item = list.items().get(at).cloned();
            item.ok_or_else(|| CallError::new("reflect: slice index out of range"))
        }
        Value::Text(text) => {
            let at = position(index, text.as_bytes().len())?;
            match text.as_bytes().get(at) {
                Some(byte) => Ok(Value::Uint(UintKind::Uint8, u64::from(*byte))),
                None => fail("reflect: string index out of range"),
            }
        }
        Value::Map(map) => {
            let key = match plain(index.clone()) {
                Value::Text(key) if matches!(index, Value::Text(_)) => key,
                Value::Nil => return fail("value is nil; should be of type string"),
                _ => return fail(format!("value has type {}; should be string", name(index))),
            };
            Ok(map.get(key.as_bytes()).unwrap_or_else(|| map.element().zero()))
        }
        _ => fail(format!("can't index item of type {kind}")),
    }
}

/// `slice x 1 2` is `x[1:2]`.
pub(super) fn slice(value: &Value, indexes: &[Value]) -> Result<Value, CallError> {
    if matches!(value, Value::Nil) {
        return fail("slice of untyped nil");
    }
    if indexes.len() > 3 {
        return fail(format!("too many slice indexes: {}", indexes.len()));
    }
    let item = plain(value.clone());
    let length = match &item {
        Value::Object(object) if object.is_nil() => return fail("slice of nil pointer"),
        Value::Text(_) if indexes.len() == 3 => return fail("cannot 3-index slice a string"),
        Value::Text(text) => text.as_bytes().len(),
        Value::List(list) => list.items().len(),
        _ => return fail(format!("can't slice item of type {}", target(value))),
    };
    let mut bounds = [0, length, length];
    for (bound, index) in bounds.iter_mut().zip(indexes) {
        *bound = position(index, length)?;
    }
    let [start, end, capacity] = bounds;
    if start > end {
        return fail(format!("invalid slice index: {start} > {end}"));
    }
    if indexes.len() == 3 && end > capacity {
        return fail(format!("invalid slice index: {end} > {capacity}"));
    }
    Ok(match item {
        Value::Text(text) => Value::Text(Text::from(&text.as_bytes()[start..end])),
        Value::List(list) => {
            Value::List(List::typed(list.kind(), list.items()[start..end].to_vec()))
        }
        other => other,
    })
}

/// The length of a text, list or map.
pub(super) fn length(value: &Value) -> Result<i64, CallError> {
    let length = match plain(value.clone()) {
        // What Go's reflection says of the zero value; a nil that has a type does not come here.
        Value::Nil => return fail("reflect: call of reflect.Value.Type on zero Value"),
        Value::Object(object) if object.is_nil() => return fail("len of nil pointer"),
        Value::Text(text) => text.as_bytes().len(),
        Value::List(list) => list.items().len(),
        Value::Map(map) => map.len(),
        _ => return fail(format!("len of type {}", target(value))),
    };
    Ok(i64::try_from(length).unwrap_or(i64::MAX))
}
