//! Dropping of values that nest deep: without the stack, which templates could exhaust.

use std::rc::Rc;

use crate::Value;

/// Whether dropping a value may drop others.
pub(crate) fn is_nested(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

/// Drops values and all that only they hold.
pub(crate) fn bury(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value {
            Value::List(mut list) => {
                if let Some(content) = Rc::get_mut(&mut list.0) {
                    values.append(&mut content.take());
                }
            }
            Value::Map(mut map) => {
                if let Some(content) = Rc::get_mut(&mut map.inner) {
                    values.extend(std::mem::take(content.entries.get_mut()).into_values());
                }
            }
            _ => {}
        }
    }
}
