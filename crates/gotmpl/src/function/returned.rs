use std::borrow::Cow;
use std::rc::Rc;

use rhumb_value::{CallError, FloatKind, IntKind, List, Map, Object, Text, Type, Value};

use super::Int64;

/// What a template function may return: a Go value, or a failure.
pub trait IntoReturn {
    /// The Go type of the result.
    const TYPE: Type;

    /// The result as a value.
    ///
    /// # Errors
    ///
    /// If the function failed.
    fn into_return(self) -> Result<Value, CallError>;
}

impl<T: IntoReturn> IntoReturn for Result<T, CallError> {
    const TYPE: Type = T::TYPE;

    fn into_return(self) -> Result<Value, CallError> {
        self.and_then(T::into_return)
    }
}

macro_rules! returns {
    ($($rust:ty: $go:expr, $value:ident => $made:expr;)*) => {$(
        impl IntoReturn for $rust {
            const TYPE: Type = $go;

            fn into_return(self) -> Result<Value, CallError> {
                let $value = self;
                Ok($made)
            }
        }
    )*};
}

returns! {
    Value: Type::Interface, value => value;
    bool: Type::Bool, value => Value::Bool(value);
    i64: Type::Int(IntKind::Int), value => Value::int(value);
    Int64: Type::Int(IntKind::Int64), value => Value::int64(value.0);
    f64: Type::Float(FloatKind::Float64), value => Value::float(value);
    Text: Type::String, value => Value::Text(value);
    &Text: Type::String, value => Value::Text(value.clone());
    &str: Type::String, value => Value::text(value);
    &[u8]: Type::String, value => Value::text(value);
    String: Type::String, value => Value::text(value);
    Vec<u8>: Type::String, value => Value::text(value);
    Cow<'_, str>: Type::String, value => Value::text(value.as_ref());
    Map: Type::MAP, value => Value::Map(value);
    List: Type::LIST, value => Value::List(value);
    Vec<Value>: Type::LIST, value => Value::list(value);
    Rc<dyn Object>: Type::Interface, value => Value::Object(value);
}

/// A `[]string`.
impl<T: Into<Text>> IntoReturn for Vec<T>
where
    Self: Strings,
{
    const TYPE: Type = Type::List(&Type::String);

    fn into_return(self) -> Result<Value, CallError> {
        let items = self.into_iter().map(Value::text).collect();
        Ok(Value::List(List::typed(Self::TYPE, items)))
    }
}

/// Lists of texts, told apart from a `Vec<u8>`, which is one text.
pub trait Strings {}

impl Strings for Vec<String> {}
impl Strings for Vec<Text> {}
impl Strings for Vec<&str> {}
impl Strings for Vec<&[u8]> {}
