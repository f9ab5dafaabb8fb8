use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text, Value};

use super::rendering;

/// How often a template may be included within itself, as in Helm.
const MAX_INCLUDES: usize = 1000;

/// `include NAME DOT`: the text of a template.
///
/// `{{ define "greet" }}Hello {{ . }}{{ end }}{{ include "greet" "you" | upper }}` gives `HELLO
/// YOU`.
pub(crate) fn include(call: &Call<'_>, name: &Text, dot: &Value) -> Result<Text, CallError> {
    let rendering = rendering(call)?;
    let outer = rendering.included.borrow().len();
    if outer > MAX_INCLUDES && is_nested_too_deeply(name, &rendering.included.borrow()) {
        return Err(CallError::new(format!(
            "rendering template has a nested reference name: {}: unable to execute template",
            name.to_lossy()
        )));
    }
    rendering.included.borrow_mut().push(name.clone());
    let text = rendering.deeper(|| call.execute(&name.to_lossy(), dot));
    rendering.included.borrow_mut().truncate(outer);
    text
}

fn is_nested_too_deeply(name: &Text, included: &[Text]) -> bool {
    included.iter().filter(|included| *included == name).count() > MAX_INCLUDES
}
