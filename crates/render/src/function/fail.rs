use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text};

use super::rendering;
use crate::trace;

/// `fail MESSAGE`: ends the rendering, but not for `lint`.
///
/// `{{ fail "no replicas" }}` fails with `no replicas`.
pub(crate) fn fail(call: &Call<'_>, message: &Text) -> Result<String, CallError> {
    let rendering = rendering(call)?;
    if rendering.lint {
        call.is_unique();
        rendering.world.passed("INFO", "funcMap fail", &message.to_lossy());
        return Ok(String::new());
    }
    Err(CallError::new(trace::plain(&message.to_lossy())))
}
