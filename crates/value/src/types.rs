use std::fmt;

use crate::{List, Map, Value};

/// Go's signed integer types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IntKind {
    /// `int`, 64 bits wide here.
    #[default]
    Int,
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int32`, which is also `rune`
    Int32,
    /// `int64`
    Int64,
}

/// Go's unsigned integer types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UintKind {
    /// `uint`, 64 bits wide here.
    #[default]
    Uint,
    /// `uint8`, which is also `byte`
    Uint8,
    /// `uint16`
    Uint16,
    /// `uint32`
    Uint32,
    /// `uint64`
    Uint64,
    /// `uintptr`
    Uintptr,
}

/// Go's floating-point types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FloatKind {
    /// `float32`
    Float32,
    /// `float64`
    #[default]
    Float64,
}

/// A Go type, as `%T` and error messages print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `interface {}`
    Interface,
    /// `bool`
    Bool,
    /// A signed integer.
    Int(IntKind),
    /// An unsigned integer.
    Uint(UintKind),
    /// A floating-point number.
    Float(FloatKind),
    /// `complex128`
    Complex,
    /// `string`
    String,
    /// `[]T`
    List(&'static Self),
    /// `map[string]T`
    Map(&'static Self),
    /// A named type, such as `common.Values`, over another.
    Named(&'static str, &'static Self),
    /// A type known by its name alone, such as `time.Time`.
    Opaque(&'static str),
}

impl Type {
    /// `[]interface {}`, the type of lists in values.
    pub const LIST: Self = Self::List(&Self::Interface);
    /// `map[string]interface {}`, the type of maps in values.
    pub const MAP: Self = Self::Map(&Self::Interface);

    /// The type that a named type is made of; any other is its own.
    #[must_use]
    pub fn underlying(&self) -> Self {
        match self {
            Self::Named(_, inner) => inner.underlying(),
            other => *other,
        }
    }

    /// The zero value of the type: what a map answers for a key that it does not have.
    pub fn zero(&self) -> Value {
        match self.underlying() {
            Self::Bool => Value::Bool(false),
            Self::Int(kind) => Value::Int(kind, 0),
            Self::Uint(kind) => Value::Uint(kind, 0),
            Self::Float(kind) => Value::Float(kind, 0.0),
            Self::Complex => Value::Complex(0.0, 0.0),
            Self::String => Value::text(""),
            Self::List(_) => Value::List(List::nil(*self)),
            Self::Map(_) => Value::Map(Map::nil(*self)),
            Self::Interface | Self::Named(..) | Self::Opaque(_) => Value::Nil,
        }
    }

    /// Whether nil is a value of the type.
    pub fn can_be_nil(&self) -> bool {
        match self.underlying() {
            Self::Interface | Self::List(_) | Self::Map(_) => true,
            Self::Opaque(name) => name.starts_with('*'),
            _ => false,
        }
    }

    /// Whether Go lets a value of this type be assigned to `target` as it is: the types are the
    /// same, or the same underneath and one of them has no name.
    pub fn assignable_to(&self, target: &Self) -> bool {
        if matches!(target, Self::Interface) || self == target {
            return true;
        }
        let unnamed = |kind: &Self| matches!(kind, Self::List(_) | Self::Map(_));
        (unnamed(self) || unnamed(target)) && self.underlying() == target.underlying()
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Interface => "interface {}",
            Self::Bool => "bool",
            Self::Int(IntKind::Int) => "int",
            Self::Int(IntKind::Int8) => "int8",
            Self::Int(IntKind::Int16) => "int16",
            Self::Int(IntKind::Int32) => "int32",
            Self::Int(IntKind::Int64) => "int64",
            Self::Uint(UintKind::Uint) => "uint",
            Self::Uint(UintKind::Uint8) => "uint8",
            Self::Uint(UintKind::Uint16) => "uint16",
            Self::Uint(UintKind::Uint32) => "uint32",
            Self::Uint(UintKind::Uint64) => "uint64",
            Self::Uint(UintKind::Uintptr) => "uintptr",
            Self::Float(FloatKind::Float32) => "float32",
            Self::Float(FloatKind::Float64) => "float64",
            Self::Complex => "complex128",
            Self::String => "string",
            Self::List(element) => return write!(f, "[]{element}"),
            Self::Map(element) => return write!(f, "map[string]{element}"),
            Self::Named(name, _) | Self::Opaque(name) => name,
        };
        f.write_str(name)
    }
}
