use std::any::Any;

use rhumb_gotmpl::IntoReturn;
use rhumb_value::{CallError, FloatKind, Object, Signature, Text, Type, Value};

use super::{INT64, object, returns};
use crate::time::span::{self, in_units};

const FLOAT: Type = Type::Float(FloatKind::Float64);
pub(super) const DURATION: Type = Type::Named("time.Duration", &INT64);

/// A `time.Duration` in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(in crate::time) struct Duration(pub(in crate::time) i64);

/// The span that a duration is.
pub(in crate::time) fn duration(value: &Value) -> Option<i64> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Duration>().map(|span| span.0),
        _ => None,
    }
}

impl IntoReturn for Duration {
    const TYPE: Type = DURATION;

    fn into_return(self) -> Result<Value, CallError> {
        Ok(object(self))
    }
}

impl Object for Duration {
    fn kind(&self) -> Type {
        DURATION
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Hours" | "Minutes" | "Seconds" => returns(&[], FLOAT),
            "Milliseconds" | "Microseconds" | "Nanoseconds" => returns(&[], INT64),
            "Abs" => returns(&[], DURATION),
            "String" => returns(&[], Type::String),
            "Round" | "Truncate" => returns(&[DURATION], DURATION),
            _ => return None,
        })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        let span = self.0;
        let unit = arguments
            .first()
            .map_or(0, |value| duration(value).unwrap_or_else(|| crate::cast::to_int64(value)));
        Ok(match name {
            "Hours" => Value::float(in_units(span, 3600 * span::SECOND)),
            "Minutes" => Value::float(in_units(span, 60 * span::SECOND)),
            "Seconds" => Value::float(in_units(span, span::SECOND)),
            "Milliseconds" => Value::int64(span / 1_000_000),
            "Microseconds" => Value::int64(span / 1_000),
            "Nanoseconds" => Value::int64(span),
            "Abs" => object(Self(span.saturating_abs())),
            "String" => Value::text(span::print(span)),
            "Round" => object(Self(span::round(span, unit))),
            "Truncate" => object(Self(span::truncate(span, unit))),
            _ => return Err(CallError::new(format!("no method {name}"))),
        })
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::int64(self.0))
    }

    fn renumbered(&self, number: i64) -> Option<Value> {
        Some(object(Self(number)))
    }

    fn text(&self) -> Option<Text> {
        Some(span::print(self.0).into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
