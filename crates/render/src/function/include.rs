use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text, Value};

use super::rendering;

/// How often a template may be included within itself, as in Helm.
const MAX_INCLUDES: u32 = 1000;

/// `include NAME DOT`: the text of a template.
///
/// `{{ define "greet" }}Hello {{ . }}{{ end }}{{ include "greet" "you" | upper }}` gives `HELLO
/// YOU`.
pub(crate) fn include(call: &Call<'_>, name: &Text, dot: Value) -> Result<Text, CallError> {
    let rendering = rendering(call)?;
    {
        let mut included = rendering.included.borrow_mut();
        let count = included.entry(name.clone()).or_default();
        if *count > MAX_INCLUDES {
            return Err(CallError::new(format!(
                "rendering template has a nested reference name: {}: unable to execute template",
                name.to_lossy()
            )));
        }
        *count += 1;
    }
    let text = rendering.deeper(|| call.execute(&name.to_lossy(), dot));
    if let Some(count) = rendering.included.borrow_mut().get_mut(name.as_bytes()) {
        *count -= 1;
    }
    text
}
