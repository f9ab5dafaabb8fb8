//! How Go prints values: package `fmt`.
//!
//! All of it can fail: a map that contains itself ends Go's program, and must end ours with an error.

mod directive;
mod number;
mod printer;
mod text;

use crate::{CallError, Type, Value};
use printer::Printer;

/// How deeply lists and maps may nest to be printed: as deep as what Helm reads.
pub const MAX_DEPTH: usize = 10_000;

/// How many bytes one call may print: 256 MiB.
pub const MAX_BYTES: usize = 256 << 20;

/// Appends a value as `%v` prints it.
///
/// # Errors
///
/// If the value nests deeper than [`MAX_DEPTH`] or prints more than [`MAX_BYTES`].
pub fn append(out: &mut Vec<u8>, value: &Value) -> Result<(), CallError> {
    match value {
        Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(_, number) => number::decimal(out, number.unsigned_abs(), *number < 0),
        Value::Uint(_, number) => number::decimal(out, *number, false),
        other => {
            let mut printer = Printer::new(out);
            printer.argument(other, 'v');
            printer.finish()?;
        }
    }
    Ok(())
}

/// Appends a value as a template prints it: as [`append`], but that nil is `<no value>`, and of a
/// pointer what it points at.
///
/// # Errors
///
/// As [`append`].
pub fn append_indirect(out: &mut Vec<u8>, value: &Value) -> Result<(), CallError> {
    match value {
        Value::Nil => out.extend_from_slice(b"<no value>"),
        Value::Object(_) => {
            let mut printer = Printer::new(out);
            printer.indirect = true;
            printer.argument(value, 'v');
            printer.finish()?;
        }
        other => append(out, other)?,
    }
    Ok(())
}

/// What a pointer points at as `%v` prints it; other values as themselves.
///
/// # Errors
///
/// As [`append`].
pub fn print_target(value: &Value) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    let mut printer = Printer::new(&mut out);
    printer.indirect = true;
    if let Value::Object(object) = value {
        let is_pointer = matches!(object.kind(), Type::Opaque(name) if name.starts_with('*'));
        printer.erroring = is_pointer && !object.target_has_text();
    }
    printer.argument(value, 'v');
    printer.finish()?;
    Ok(out)
}

/// A value as `%v` prints it.
///
/// # Errors
///
/// As [`append`].
pub fn print(value: &Value) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    append(&mut out, value)?;
    Ok(out)
}

/// `fmt.Sprint`: a space goes between two values of which neither is a text.
///
/// # Errors
///
/// As [`append`].
pub fn sprint(values: &[Value]) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    let mut after_text = true;
    for value in values {
        let is_text = is_text(value);
        if !is_text && !after_text {
            out.push(b' ');
        }
        append(&mut out, value)?;
        after_text = is_text;
    }
    Ok(out)
}

/// `fmt.Sprintln`: spaces between all values and a line break after them.
///
/// # Errors
///
/// As [`append`].
pub fn sprintln(values: &[Value]) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        append(&mut out, value)?;
    }
    out.push(b'\n');
    Ok(out)
}

/// `fmt.Sprintf`. What is wrong with a directive shows in the result, as `%!d(string=x)`.
///
/// # Errors
///
/// As [`append`].
pub fn sprintf(format: &[u8], values: &[Value]) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::with_capacity(format.len() + 16 * values.len());
    let mut printer = Printer::new(&mut out);
    directive::run(&mut printer, format, values);
    printer.finish()?;
    Ok(out)
}

/// Whether the kind of the value is a string: then [`sprint`] puts no space beside it.
pub fn is_text(value: &Value) -> bool {
    match value {
        Value::Text(_) => true,
        Value::Object(object) => matches!(object.underlying(), Some(Value::Text(_))),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
