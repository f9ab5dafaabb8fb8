use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text, Value};

use super::rendering;
use crate::trace;

/// `required MESSAGE VALUE`: the value, which may be neither nothing nor an empty text.
pub(crate) fn required(call: &Call<'_>, message: &Text, value: Value) -> Result<Value, CallError> {
    let missing = match &value {
        Value::Nil => true,
        Value::Text(text) => text.as_bytes().is_empty(),
        _ => false,
    };
    match (missing, rendering(call)?.lint) {
        (false, _) => Ok(value),
        (true, true) => Ok("".into()),
        (true, false) => Err(CallError::new(trace::plain(&message.to_lossy()))),
    }
}
