use std::borrow::Cow;

use rhumb_value::{CallError, FloatKind, IntKind, List, Map, Text, Type, Value};

/// A Rust type that stands for a Go parameter.
///
/// The engine checks the Go type before the call and words the error; what arrives here fits, except
/// that a parameter which can be nil may get [`Value::Nil`].
pub trait FromValue<'v>: Sized {
    /// The Go type of the parameter.
    const TYPE: Type;

    /// Takes the argument.
    ///
    /// # Errors
    ///
    /// If the value is not of the type after all.
    fn from_value(value: &'v Value) -> Result<Self, CallError>;
}

/// A Rust type that stands for a variadic Go parameter, `...T`.
pub trait FromRest<'v>: Sized {
    /// `T`.
    const TYPE: Type;

    /// Takes the remaining arguments.
    ///
    /// # Errors
    ///
    /// If a value is not of the type after all.
    fn from_rest(values: &'v [Value]) -> Result<Self, CallError>;
}

/// A Go `int64`, as a parameter or as a result; a plain `i64` is an `int`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Int64(pub i64);

/// The argument at `index`; a missing one is nil.
///
/// # Errors
///
/// If the argument is not of the type.
pub fn argument<'v, T: FromValue<'v>>(values: &'v [Value], index: usize) -> Result<T, CallError> {
    T::from_value(values.get(index).unwrap_or(&Value::Nil))
}

/// The arguments from `index` on.
///
/// # Errors
///
/// If an argument is not of the type.
pub fn rest<'v, T: FromRest<'v>>(values: &'v [Value], index: usize) -> Result<T, CallError> {
    T::from_rest(values.get(index..).unwrap_or_default())
}

fn mismatch(want: Type, got: &Value) -> CallError {
    let got = got.kind().map_or_else(|| "nil".to_owned(), |kind| kind.to_string());
    CallError::new(format!("wrong type for value; expected {want}; got {got}"))
}

/// Looks through an object at what it is underneath.
fn plain(value: &Value) -> Cow<'_, Value> {
    match value {
        Value::Object(object) => object.underlying().map_or(Cow::Borrowed(value), Cow::Owned),
        other => Cow::Borrowed(other),
    }
}

impl<'v> FromValue<'v> for Value {
    const TYPE: Type = Type::Interface;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        Ok(value.clone())
    }
}

impl<'v> FromValue<'v> for &'v Value {
    const TYPE: Type = Type::Interface;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        Ok(value)
    }
}

impl<'v> FromValue<'v> for bool {
    const TYPE: Type = Type::Bool;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Bool(value) => Ok(*value),
            other => Err(mismatch(Self::TYPE, other)),
        }
    }
}

impl<'v> FromValue<'v> for i64 {
    const TYPE: Type = Type::Int(IntKind::Int);

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Int(_, number) => Ok(*number),
            other => Err(mismatch(Self::TYPE, other)),
        }
    }
}

impl<'v> FromValue<'v> for Int64 {
    const TYPE: Type = Type::Int(IntKind::Int64);

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Int(_, number) => Ok(Self(*number)),
            other => Err(mismatch(Self::TYPE, other)),
        }
    }
}

impl<'v> FromValue<'v> for f64 {
    const TYPE: Type = Type::Float(FloatKind::Float64);

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Float(_, number) => Ok(*number),
            other => Err(mismatch(Self::TYPE, other)),
        }
    }
}

impl<'v> FromValue<'v> for &'v Text {
    const TYPE: Type = Type::String;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(mismatch(Self::TYPE, other)),
        }
    }
}

impl<'v> FromValue<'v> for Text {
    const TYPE: Type = Type::String;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        <&Self>::from_value(value).cloned()
    }
}

impl<'v> FromValue<'v> for &'v [u8] {
    const TYPE: Type = Type::String;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        <&Text>::from_value(value).map(Text::as_bytes)
    }
}

/// What is not UTF-8 arrives as U+FFFD: use `&Text` or `&[u8]` where the bytes matter.
impl<'v> FromValue<'v> for Cow<'v, str> {
    const TYPE: Type = Type::String;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        <&Text>::from_value(value).map(Text::to_lossy)
    }
}

/// A `map[string]interface {}`; nil arrives as an empty map that nobody else sees.
impl<'v> FromValue<'v> for Map {
    const TYPE: Type = Type::MAP;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        Option::<Self>::from_value(value).map(Option::unwrap_or_default)
    }
}

/// A `map[string]interface {}` that tells a nil map from an empty one.
impl<'v> FromValue<'v> for Option<Map> {
    const TYPE: Type = Type::MAP;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match plain(value).as_ref() {
            Value::Nil => Ok(None),
            Value::Map(map) => Ok(Some(map.seen_as(&Type::MAP))),
            _ => Err(mismatch(Type::MAP, value)),
        }
    }
}

/// A `[]interface {}`; nil arrives as an empty list.
impl<'v> FromValue<'v> for List {
    const TYPE: Type = Type::LIST;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match plain(value).as_ref() {
            Value::Nil => Ok(Self::new(Vec::new())),
            Value::List(list) => Ok(list.clone()),
            _ => Err(mismatch(Type::LIST, value)),
        }
    }
}

/// A `map[string]interface {}` that may be nil.
impl<'v> FromValue<'v> for Option<&'v Map> {
    const TYPE: Type = Type::MAP;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Nil => Ok(None),
            Value::Map(map) => Ok(Some(map)),
            _ => Err(mismatch(Type::MAP, value)),
        }
    }
}

/// A `[]interface {}`; nil arrives as an empty one.
impl<'v> FromValue<'v> for &'v [Value] {
    const TYPE: Type = Type::LIST;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        match value {
            Value::Nil => Ok(&[]),
            Value::List(list) => Ok(list.items()),
            _ => Err(mismatch(Type::LIST, value)),
        }
    }
}

impl<'v> FromRest<'v> for &'v [Value] {
    const TYPE: Type = Type::Interface;

    fn from_rest(values: &'v [Value]) -> Result<Self, CallError> {
        Ok(values)
    }
}

impl<'v, T: FromValue<'v>> FromRest<'v> for Vec<T> {
    const TYPE: Type = T::TYPE;

    fn from_rest(values: &'v [Value]) -> Result<Self, CallError> {
        values.iter().map(T::from_value).collect()
    }
}
