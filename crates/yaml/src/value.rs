use rhumb_value::{List, Map, Text, Value};

use crate::decode::{Build, Key, text_of};
use crate::resolve::Scalar;
use crate::span::Span;

/// Builds values as Go's `encoding/json` does: every number is a `float64`.
pub(crate) struct BuildValue;

impl Build for BuildValue {
    type Value = Value;
    type Key = Text;

    #[expect(clippy::cast_precision_loss, reason = "as JSON in Go")]
    fn scalar(&mut self, scalar: Scalar<'_>, _: Span) -> Value {
        match scalar {
            Scalar::Null => Value::Nil,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::Int(number) => Value::float(number as f64),
            Scalar::Uint(number) => Value::float(number as f64),
            Scalar::Float(number) => Value::float(number),
            Scalar::Text(text) => Value::text(text),
            Scalar::Bytes(bytes) => Value::text(text_of(&bytes)),
        }
    }

    fn key(&mut self, key: &Key<'_>, _: Span) -> Text {
        Text::from(&*key.to_text().unwrap_or_default())
    }

    fn list(&mut self, items: Vec<Value>, _: Span) -> Value {
        List::grown(items).into()
    }

    fn map(&mut self, entries: Vec<(Text, Value)>, _: Span) -> Value {
        Value::Map(entries.into_iter().collect::<Map>())
    }
}
