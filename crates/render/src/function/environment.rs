//! Functions as Sprig has them, which Helm takes from charts or changes, and leaves to names of releases.

use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text};

use super::rendering;

/// `env NAME`: a variable of the environment; empty if it is not set.
pub(crate) fn env(call: &Call<'_>, name: &Text) -> Result<String, CallError> {
    call.is_unique();
    Ok(rendering(call)?.world.variable(&name.to_lossy()).unwrap_or_default())
}

/// `expandenv TEXT`: the text with variables of the environment in place of `$NAME` and `${NAME}`.
pub(crate) fn expandenv(call: &Call<'_>, text: &Text) -> Result<String, CallError> {
    call.is_unique();
    let world = &rendering(call)?.world;
    Ok(expand(&text.to_lossy(), |name| world.variable(name).unwrap_or_default()))
}

/// `fail MESSAGE`: ends the rendering.
pub(crate) fn fail(message: &Text) -> Result<String, CallError> {
    Err(CallError::new(message.to_lossy()))
}

/// Expands as Go's `os.Expand` does.
fn expand(text: &str, variable: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$').filter(|at| at + 1 < rest.len()) {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (name, length) = name(after);
        match (name, length) {
            // Nothing that could be a name.
            ("", 0) => out.push('$'),
            // What begins like one and is none is dropped.
            ("", _) => {}
            (name, _) => out.push_str(&variable(name)),
        }
        rest = &after[length..];
    }
    out + rest
}

/// The name that a text begins with, and the bytes that it takes.
fn name(text: &str) -> (&str, usize) {
    let is_special = |byte: &u8| b"*#$@!?-0123456789".contains(byte);
    let bytes = text.as_bytes();
    match bytes {
        [b'{', ..] => match text.find('}') {
            Some(1) => ("", 2),
            Some(end) => (&text[1..end], end + 1),
            None => ("", 1),
        },
        [byte, ..] if is_special(byte) => (&text[..1], 1),
        _ => {
            let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            let end = bytes.iter().position(|byte| !is_part(byte)).unwrap_or(bytes.len());
            (&text[..end], end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn variables_are_expanded_as_by_go() {
        for (text, want) in [
            ("a-$X", "a-[X]"),
            ("${X}y$Y_1.z", "[X]y[Y_1].z"),
            ("$$ $1a", "[$] [1]a"),
            ("${}a${b", "ab"),
            ("100% $", "100% $"),
            ("$.a", "$.a"),
        ] {
            assert_eq!(expand(text, |name| format!("[{name}]")), want, "{text}");
        }
    }
}
