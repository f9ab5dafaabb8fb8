use std::any::Any;
use std::fmt;

use crate::{Type, Value};

/// Why a function or method failed, in the words that Go or Helm has for it. The place is added by
/// whoever called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CallError {
    /// The message, without position.
    pub message: String,
}

impl CallError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// A Go value with fields or methods, such as a time, a version or `.Files`.
pub trait Object: Any + fmt::Debug {
    /// The Go type, as `%T` prints it.
    fn kind(&self) -> Type;

    /// An exported field, or nothing if the type has none of that name.
    fn field(&self, name: &str) -> Option<Value>;

    /// Whether the type has a method of that name.
    fn has_method(&self, name: &str) -> bool;

    /// Calls a method that [`has_method`](Self::has_method) knows.
    ///
    /// # Errors
    ///
    /// If the arguments are not what the method takes, or the method itself fails.
    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError>;

    /// How `%v` prints it.
    fn print(&self) -> Vec<u8>;

    /// Itself, for functions that know the type.
    fn as_any(&self) -> &dyn Any;
}
