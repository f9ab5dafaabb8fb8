use std::borrow::Cow;
use std::rc::Rc;

use rhumb_value::{CallError, Object, Value, format};

/// A value as comparisons see it: a named type is what it is underneath.
fn plain(value: &Value) -> Cow<'_, Value> {
    match value {
        Value::Object(object) => object.underlying().map_or(Cow::Borrowed(value), Cow::Owned),
        other => Cow::Borrowed(other),
    }
}

/// The kinds that can be compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Basic<'v> {
    Bool(bool),
    Complex,
    Int(i64),
    Float(Number),
    Text(&'v [u8]),
    Uint(u64),
}

/// A float by its bits, so that the enum around it can be compared.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Number(u64);

impl<'v> Basic<'v> {
    fn of(value: &'v Value) -> Option<Self> {
        Some(match value {
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Int(_, number) => Self::Int(*number),
            Value::Uint(_, number) => Self::Uint(*number),
            Value::Float(_, number) => Self::Float(Number(number.to_bits())),
            Value::Complex(..) => Self::Complex,
            Value::Text(text) => Self::Text(text.as_bytes()),
            Value::Nil | Value::List(_) | Value::Map(_) | Value::Object(_) => return None,
        })
    }
}

fn incompatible(left: &Value, right: &Value) -> CallError {
    let name = |value: &Value| value.kind().map(|kind| kind.to_string()).unwrap_or_default();
    let (left, right) = (name(left), name(right));
    CallError::new(format!("incompatible types for comparison: {left} and {right}"))
}

/// Whether the first value equals one of the others.
pub(super) fn equal_any(first: &Value, others: &[Value]) -> Result<bool, CallError> {
    if others.is_empty() {
        return Err(CallError::new("missing argument for comparison"));
    }
    for other in others {
        if equal(first, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn equal(left: &Value, right: &Value) -> Result<bool, CallError> {
    match (left, right) {
        (Value::Text(one), Value::Text(two)) => return Ok(one == two),
        (Value::Bool(one), Value::Bool(two)) => return Ok(one == two),
        (Value::Int(_, one), Value::Int(_, two)) => return Ok(one == two),
        _ => {}
    }
    let (one, two) = (plain(left), plain(right));
    Ok(match (one.as_ref(), two.as_ref()) {
        (Value::Text(one), Value::Text(two)) => one == two,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Int(_, one), Value::Int(_, two)) => one == two,
        (Value::Uint(_, one), Value::Uint(_, two)) => one == two,
        #[expect(clippy::float_cmp, reason = "Go compares them so")]
        (Value::Float(_, one), Value::Float(_, two)) => one == two,
        #[expect(clippy::float_cmp, reason = "Go compares them so")]
        (Value::Complex(real, imaginary), Value::Complex(other, another)) => {
            real == other && imaginary == another
        }
        (Value::Int(_, int), Value::Uint(_, uint)) | (Value::Uint(_, uint), Value::Int(_, int)) => {
            u64::try_from(*int) == Ok(*uint)
        }
        (Value::Nil, Value::Nil) => true,
        (Value::Nil, other) | (other, Value::Nil) => is_nil(other),
        (one, two) => match (Basic::of(one), Basic::of(two)) {
            (None, None) => return equal_others(left, right, one, two),
            _ => return Err(incompatible(left, right)),
        },
    })
}

/// Maps, lists and objects: most of them cannot be compared.
fn equal_others(left: &Value, right: &Value, one: &Value, two: &Value) -> Result<bool, CallError> {
    let name = |value: &Value| value.kind().map(|kind| kind.to_string()).unwrap_or_default();
    let shown = |value: &Value, verb: &[u8]| {
        let text = format::sprintf(verb, std::slice::from_ref(value))?;
        Ok::<_, CallError>(String::from_utf8_lossy(&text).into_owned())
    };
    if !same_kind(one, two) {
        let (left_text, right_text) = (shown(left, b"%s")?, shown(right, b"%v")?);
        let (left, right) = (name(left), name(right));
        return Err(CallError::new(format!(
            "non-comparable types {left_text}: {left}, {right}: {right_text}"
        )));
    }
    if is_nil(one) || is_nil(two) {
        return Ok(is_nil(one) && is_nil(two));
    }
    if let (Value::Object(one), Value::Object(two)) = (one, two) {
        return Ok(same_object(one, two));
    }
    let (text, kind) = (shown(right, b"%s")?, name(right));
    Err(CallError::new(format!("non-comparable type {text}: {kind}")))
}

fn is_nil(value: &Value) -> bool {
    match value {
        Value::List(list) => list.is_nil(),
        Value::Map(map) => map.is_nil(),
        Value::Object(object) => object.is_nil(),
        _ => false,
    }
}

fn same_kind(one: &Value, two: &Value) -> bool {
    let is_pointer = |object: &Rc<dyn Object>| object.kind().to_string().starts_with('*');
    match (one, two) {
        (Value::Map(_), Value::Map(_)) | (Value::List(_), Value::List(_)) => true,
        (Value::Object(one), Value::Object(two)) => is_pointer(one) == is_pointer(two),
        _ => false,
    }
}

/// Pointers are equal if they are the same, structs if their fields are.
fn same_object(one: &Rc<dyn Object>, two: &Rc<dyn Object>) -> bool {
    if Rc::ptr_eq(one, two) || one.is_same(two.as_ref()) {
        return true;
    }
    if one.kind() != two.kind() || one.kind().to_string().starts_with('*') {
        return false;
    }
    let (fields, others) = (one.fields(), two.fields());
    !fields.is_empty()
        && fields.len() == others.len()
        && fields.iter().zip(&others).all(|((_, one), (_, two))| equal(one, two).unwrap_or(false))
}

/// Whether the first of two values is smaller.
pub(super) fn less((left, right): (&Value, &Value)) -> Result<bool, CallError> {
    const BAD: &str = "invalid type for comparison";
    let (one, two) = (plain(left), plain(right));
    let (Some(one), Some(two)) = (Basic::of(&one), Basic::of(&two)) else {
        return Err(CallError::new(BAD));
    };
    Ok(match (one, two) {
        (Basic::Bool(_), Basic::Bool(_)) | (Basic::Complex, Basic::Complex) => {
            return Err(CallError::new(BAD));
        }
        (Basic::Int(one), Basic::Int(two)) => one < two,
        (Basic::Uint(one), Basic::Uint(two)) => one < two,
        (Basic::Float(one), Basic::Float(two)) => f64::from_bits(one.0) < f64::from_bits(two.0),
        (Basic::Text(one), Basic::Text(two)) => one < two,
        (Basic::Int(one), Basic::Uint(two)) => {
            u64::try_from(one).is_ok_and(|one| one < two) || one < 0
        }
        (Basic::Uint(one), Basic::Int(two)) => u64::try_from(two).is_ok_and(|two| one < two),
        _ => return Err(incompatible(left, right)),
    })
}

/// Whether the first of two values is smaller or equal.
pub(super) fn less_or_equal((left, right): (&Value, &Value)) -> Result<bool, CallError> {
    Ok(less((left, right))? || equal(left, right)?)
}
