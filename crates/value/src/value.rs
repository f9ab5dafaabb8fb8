use std::rc::Rc;

use crate::{FloatKind, IntKind, List, Map, Object, Text, Type, UintKind};

/// A value of a template.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// The nil interface.
    #[default]
    Nil,
    /// A `bool`.
    Bool(bool),
    /// A signed integer.
    Int(IntKind, i64),
    /// An unsigned integer.
    Uint(UintKind, u64),
    /// A floating-point number.
    Float(FloatKind, f64),
    /// A `complex128`: the real and the imaginary part.
    Complex(f64, f64),
    /// A `string`.
    Text(Text),
    /// A slice.
    List(List),
    /// A map.
    Map(Map),
    /// Anything else: fields, methods, or a type of its own.
    Object(Rc<dyn Object>),
}

impl Value {
    /// An `int`.
    pub const fn int(number: i64) -> Self {
        Self::Int(IntKind::Int, number)
    }

    /// An `int64`.
    pub const fn int64(number: i64) -> Self {
        Self::Int(IntKind::Int64, number)
    }

    /// A `float64`.
    pub const fn float(number: f64) -> Self {
        Self::Float(FloatKind::Float64, number)
    }

    /// A `string`.
    pub fn text(text: impl Into<Text>) -> Self {
        Self::Text(text.into())
    }

    /// A `[]interface {}`.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(List::new(items))
    }

    /// Whether `if` takes it for true: what is neither nil nor the zero value of its type nor empty.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(truth) => *truth,
            Self::Int(_, number) => *number != 0,
            Self::Uint(_, number) => *number != 0,
            Self::Float(_, number) => *number != 0.0,
            Self::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Self::Text(text) => !text.as_bytes().is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => {
                !object.is_nil() && object.underlying().is_none_or(|inner| inner.is_true())
            }
        }
    }

    /// Whether both are sure to be the same: equal, or one and the same map or list.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nil, Self::Nil) => true,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            (Self::Int(kind, one), Self::Int(other, two)) => kind == other && one == two,
            (Self::Text(one), Self::Text(two)) => one == two,
            (Self::List(one), Self::List(two)) => one.is_same(two),
            (Self::Map(one), Self::Map(two)) => one.is_same(two) && one.kind() == two.kind(),
            _ => false,
        }
    }

    /// The Go type, or nothing for the nil interface, which has none.
    pub fn kind(&self) -> Option<Type> {
        Some(match self {
            Self::Nil => return None,
            Self::Bool(_) => Type::Bool,
            Self::Int(kind, _) => Type::Int(*kind),
            Self::Uint(kind, _) => Type::Uint(*kind),
            Self::Float(kind, _) => Type::Float(*kind),
            Self::Complex(..) => Type::Complex,
            Self::Text(_) => Type::String,
            Self::List(list) => list.kind(),
            Self::Map(map) => map.kind(),
            Self::Object(object) => object.kind(),
        })
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_small() {
        assert!(size_of::<Value>() <= 24);
    }

    #[test]
    fn deep_values_are_dropped_without_the_stack() {
        let mut value = Value::Nil;
        for _ in 0..100_000 {
            let map = Map::new();
            map.set("a", value);
            value = Value::list(vec![Value::Map(map)]);
        }
        drop(value);
    }

    #[test]
    fn maps_are_shared() {
        let map = Map::new();
        let other = Value::Map(map.clone());
        map.set("a", Value::int(1));
        let Value::Map(other) = other else { unreachable!() };
        assert_eq!(other.len(), 1);
        assert_eq!(other.kind().to_string(), "map[string]interface {}");
    }
}
