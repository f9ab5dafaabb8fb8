use std::borrow::Cow;

use super::go_syntax::{self, quote};
use crate::number::format_float32;
use crate::resolve::Scalar;

/// The key of a mapping, with the type that Go gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key<'t> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    /// By its bits, which are equal for equal numbers but those of zero.
    Float(u64),
    Text(Cow<'t, str>),
}

impl<'t> Key<'t> {
    pub(super) fn of(scalar: Scalar<'t>) -> Self {
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
    pub(crate) fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Int(number) => number.to_string().into(),
            Self::Float(bits) => format_float32(f64::from_bits(*bits)).into(),
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
            Self::Float(bits) => crate::number::format_float(f64::from_bits(*bits)),
            Self::Text(text) => quote(text),
        }
    }
}
