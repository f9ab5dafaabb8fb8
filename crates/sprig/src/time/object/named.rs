use std::any::Any;
use std::borrow::Cow;

use rhumb_value::{CallError, Object, Signature, Text, Type, Value};

use super::{INT, object, returns};
use crate::time::layout::{MONTHS, WEEKDAYS};

pub(super) const MONTH: Type = Type::Named("time.Month", &INT);
pub(super) const WEEKDAY: Type = Type::Named("time.Weekday", &INT);

/// A `time.Month` or `time.Weekday`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    kind: Type,
    type_name: &'static str,
    number: i64,
    names: &'static [&'static str],
    /// The number of the first name.
    first: i64,
}

impl Named {
    pub(super) fn month(number: i64) -> Self {
        Self { kind: MONTH, type_name: "Month", number, names: &MONTHS, first: 1 }
    }

    pub(super) fn weekday(index: usize) -> Self {
        let number = i64::try_from(index).unwrap_or_default();
        Self { kind: WEEKDAY, type_name: "Weekday", number, names: &WEEKDAYS, first: 0 }
    }

    /// Its name; of what has none, Go's text for a number in its place.
    pub(super) fn name(self) -> Cow<'static, str> {
        let index = usize::try_from(self.number - self.first).ok();
        match index.and_then(|index| self.names.get(index)) {
            Some(name) => (*name).into(),
            None => format!("%!{}({})", self.type_name, self.number).into(),
        }
    }
}

impl Object for Named {
    fn kind(&self) -> Type {
        self.kind
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "String").then_some(returns(&[], Type::String))
    }

    fn call(&self, _name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        Ok(Value::text(self.name().into_owned()))
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::int(self.number))
    }

    fn renumbered(&self, number: i64) -> Option<Value> {
        Some(object(Self { number, ..*self }))
    }

    fn text(&self) -> Option<Text> {
        Some(self.name().into_owned().into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
