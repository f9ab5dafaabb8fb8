use std::borrow::Cow;

use rhumb_value::{float, quote};

use super::go_syntax;
use crate::number::yaml_float;
use crate::resolve::Scalar;

/// The key of a mapping, with the type that Go gives it. They are in the order in which the types
/// are in the memory of Helm, which is how Go prints maps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key<'t> {
    /// Null, which JSON cannot have.
    Null,
    /// Text.
    Text(Cow<'t, str>),
    /// An integer that is too large for the other; JSON cannot have it.
    Uint(u64),
    /// An integer.
    Int(i64),
    /// By its bits, which are equal for equal numbers but those of zero.
    Float(u64),
    /// True or false.
    Bool(bool),
}

impl<'t> Key<'t> {
    pub(crate) fn of(scalar: Scalar<'t>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::Int(number) => Self::Int(number),
            Scalar::Uint(number) => Self::Uint(number),
            // Both zeros are the same key.
            Scalar::Float(number) => Self::Float((number + 0.0).to_bits()),
            Scalar::Text(text) => Self::Text(text.into()),
            Scalar::Bytes(bytes) => Self::Text(go_syntax::text_of(&bytes).into()),
        }
    }

    pub(super) fn into_owned(self) -> Key<'static> {
        match self {
            Self::Null => Key::Null,
            Self::Bool(value) => Key::Bool(value),
            Self::Int(number) => Key::Int(number),
            Self::Uint(number) => Key::Uint(number),
            Self::Float(bits) => Key::Float(bits),
            Self::Text(text) => Key::Text(text.into_owned().into()),
        }
    }

    /// The key as JSON has it, if it can have it.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Int(number) => number.to_string().into(),
            Self::Float(bits) => key_float(f64::from_bits(*bits)).into(),
            Self::Null | Self::Uint(_) => return None,
        })
    }

    pub(super) const fn go_type(&self) -> &'static str {
        match self {
            Self::Null => "%!s(<nil>)",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint64",
            Self::Float(_) => "float64",
            Self::Text(_) => "string",
        }
    }

    /// The key as `%#v` prints it.
    pub(super) fn go_syntax(&self) -> String {
        match self {
            Self::Null => "<nil>".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(number) => number.to_string(),
            Self::Uint(number) => format!("{number:#x}"),
            Self::Float(bits) => float::text(f64::from_bits(*bits)),
            Self::Text(text) => quote::quote(text.as_bytes()),
        }
    }
}

/// A float as a key of JSON, which has the precision of a `float32`.
fn key_float(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "what Helm does")]
    let rounded = number as f32;
    yaml_float(f64::from(rounded), true)
}
