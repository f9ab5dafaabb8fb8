use std::rc::Rc;

use bytes::Bytes;
use rhumb_gotmpl::{Call, Parsed, Set};
use rhumb_value::quote::quote;
use rhumb_value::{CallError, Text, Value};

use super::rendering;
use crate::renderer::{SET, without_no_value};

/// `tpl TEXT DOT`: the text as a template, which sees all others and may define its own.
///
/// `{{ tpl "{{ .Chart.Name | upper }}" . }}` gives `DEMO`.
pub(crate) fn tpl(call: &Call<'_>, text: &Text, dot: Value) -> Result<Text, CallError> {
    let rendering = rendering(call)?;
    let Some(set) = call.set() else {
        return Err(CallError::new("only works in templates"));
    };
    let parsed = parsed(call, set, text)?;
    let mut own = set.over();
    own.add(&parsed);
    let made = rendering.deeper(|| call.execute_parsed(&own, &parsed, dot));
    let plain = |made: Text| without_no_value(made.as_bytes()).map_or(made, Text::from);
    made.map(plain).map_err(|error| {
        let text = quote(text.as_bytes());
        let message = format!("error during tpl function execution for {text}: {error}");
        CallError { message, ..error }
    })
}

/// The text as a template, parsed when it is first used.
fn parsed(call: &Call<'_>, set: &Set<'_>, text: &Text) -> Result<Rc<Parsed>, CallError> {
    let rendering = rendering(call)?;
    if let Some(parsed) = rendering.parsed.borrow().get(text) {
        return Ok(Rc::clone(parsed));
    }
    let copy = Bytes::copy_from_slice(text.as_bytes());
    let parsed = Parsed::new(SET, &copy, set.functions()).map_err(|error| {
        let text = quote(text.as_bytes());
        CallError::new(format!("cannot parse template {text}: {error}"))
    })?;
    let parsed = Rc::new(parsed);
    rendering.parsed.borrow_mut().insert(text.clone(), Rc::clone(&parsed));
    Ok(parsed)
}
