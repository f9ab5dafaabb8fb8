use std::any::Any;
use std::fmt;
use std::rc::Rc;

use crate::{Text, Type, Value};

/// Why a function or method failed, in the words that Go or Helm has for it. The place is added by
/// whoever called.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct CallError {
    /// The message, without position.
    pub message: String,
    /// What went wrong below, whose words the message already holds: the error of an included
    /// template, with its own place.
    pub cause: Option<Rc<dyn std::error::Error>>,
}

impl CallError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), cause: None }
    }

    /// An error that says what another error says, and keeps it.
    pub fn caused(cause: Rc<dyn std::error::Error>) -> Self {
        Self { message: cause.to_string(), cause: Some(cause) }
    }
}

impl PartialEq for CallError {
    fn eq(&self, other: &Self) -> bool {
        self.message == other.message
    }
}

impl Eq for CallError {}

/// What a Go function takes and returns: checked before each call, and named in errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The parameters' types; with `variadic`, the last is the type of each further argument.
    pub params: &'static [Type],
    /// Whether the last parameter is `...T`.
    pub variadic: bool,
    /// The type of the result.
    pub returns: Type,
}

/// What `encoding/json` (and so YAML) sees of an object.
#[derive(Clone, Debug)]
pub enum Encoding {
    /// A struct: its fields under their JSON names, in order, without those left out when empty.
    Struct(Vec<(&'static str, Value)>),
    /// Another value, such as the text of a time.
    Plain(Value),
}

/// A Go value with fields or methods, such as a time, a version or `.Files`.
pub trait Object: Any + fmt::Debug {
    /// The Go type, as `%T` prints it.
    fn kind(&self) -> Type;

    /// All fields of a struct in order, to be printed; those with small initials cannot be reached
    /// from templates.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// Makes what is made only when someone looks at it. A template does this before it reads a
    /// field.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    fn ready(&self) -> Result<(), CallError> {
        Ok(())
    }

    /// An exported field, or nothing if the type has none of that name.
    fn field(&self, name: &str) -> Option<Value> {
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        self.fields().into_iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// What the method of that name takes and returns, or nothing if the type has none.
    fn method(&self, name: &str) -> Option<Signature> {
        let _ = name;
        None
    }

    /// Calls a method that [`method`](Self::method) knows, with arguments of the types it takes.
    ///
    /// # Errors
    ///
    /// If the method fails.
    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        let _ = arguments;
        Err(CallError::new(format!("no method {name}")))
    }

    /// The map, list, text or number that a named Go type with methods is underneath: `.Files` is a
    /// map, a duration is an `int64`. Nothing for a struct.
    fn underlying(&self) -> Option<Value> {
        None
    }

    /// Whether a method changes the value itself.
    fn is_changed_by(&self, method: &str) -> bool {
        let _ = method;
        false
    }

    /// A value of the same type with another number underneath, if it is a number there.
    fn renumbered(&self, number: i64) -> Option<Value> {
        let _ = number;
        None
    }

    /// What `String()` or `Error()` answers, if the type has one: then that is how it is printed.
    fn text(&self) -> Option<Text> {
        None
    }

    /// What `GoString()` answers, if the type has one: then that is how `%#v` prints it.
    fn go_text(&self) -> Option<Text> {
        None
    }

    /// Whether this pointer is the same as another one, where both are made anew each time.
    fn is_same(&self, other: &dyn Object) -> bool {
        let _ = other;
        false
    }

    /// Why `encoding/json` refuses the value, in the words of its method, if it does.
    fn refusal(&self) -> Option<String> {
        None
    }

    /// What `encoding/json` sees. By default the fields, or what is underneath.
    fn encoding(&self) -> Encoding {
        self.underlying().map_or_else(|| Encoding::Struct(self.fields()), Encoding::Plain)
    }

    /// Whether what this pointer points at has the method of [`text`](Self::text) by itself.
    fn target_has_text(&self) -> bool {
        false
    }

    /// What a function gets of it, if that is another thing: a copy does not have the methods that
    /// Go finds by the address of a field.
    fn copied(&self) -> Option<Value> {
        None
    }

    /// What a deep copy of it is, if that is another thing: fields that Go does not export are not
    /// copied.
    fn deep_copied(&self) -> Option<Value> {
        None
    }

    /// What Go says of a method without parameters that the type has, but that templates cannot call.
    fn uncallable(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }

    /// Whether this is a pointer that is nil.
    fn is_nil(&self) -> bool {
        false
    }

    /// Itself, for functions that know the type.
    fn as_any(&self) -> &dyn Any;
}
