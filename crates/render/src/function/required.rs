use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text, Value};

use super::rendering;
use crate::trace;

/// `required MESSAGE VALUE`: the value, which may be neither nothing nor an empty text.
///
/// `{{ required "name is needed" .Chart.Name }}` gives `demo`.
pub(crate) fn required(call: &Call<'_>, message: &Text, value: Value) -> Result<Value, CallError> {
    let missing = match &value {
        Value::Nil => true,
        Value::Text(text) => text.as_bytes().is_empty(),
        _ => false,
    };
    let rendering = rendering(call)?;
    if !missing {
        return Ok(value);
    }
    if !rendering.lint {
        return Err(CallError::new(trace::plain(&message.to_lossy())));
    }
    let is_nil = matches!(value, Value::Nil);
    let what = if is_nil { "missing required value" } else { "missing required values" };
    call.is_unique();
    rendering.world.passed("WARN", what, &message.to_lossy());
    Ok("".into())
}
