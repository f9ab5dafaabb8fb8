//! JSON as Go's `encoding/json` prints it, for values that YAML would read differently.

use std::fmt::Write;

use rhumb_value::{Encoding, FloatKind, List, Map, Object, Text, Value};

use super::{PrintError, PrintLimits};
use crate::decode::text_of;
use crate::number::json_float;
use crate::resolve::encode_base64;

/// Prints a value on one line.
pub(super) fn print(value: &Value, limits: PrintLimits) -> Result<String, PrintError> {
    let mut printer = Printer { out: String::new(), depth: 0, open: Vec::new(), limits };
    printer.value(value)?;
    Ok(printer.out)
}

/// Refuses a number that JSON does not have.
pub(super) const fn check_number(number: f64) -> Result<(), PrintError> {
    let shown = match number {
        f64::INFINITY => "+Inf",
        f64::NEG_INFINITY => "-Inf",
        _ if number.is_nan() => "NaN",
        _ => return Ok(()),
    };
    Err(PrintError::UnsupportedNumber { shown })
}

/// Refuses an object whose own method refuses to be JSON.
pub(super) fn check_object(object: &dyn Object) -> Result<(), PrintError> {
    let refused = |why| PrintError::Refused { kind: object.kind().to_string(), why };
    object.refusal().map_or(Ok(()), |why| Err(refused(why)))
}

/// The bytes, if it is a `[]byte`.
pub(super) fn bytes_of(list: &List) -> Option<Text> {
    (list.kind().underlying() == List::BYTES).then(|| list.to_bytes())
}

/// Base64 on one line.
pub(super) fn base64(bytes: &[u8]) -> String {
    encode_base64(bytes).replace('\n', "")
}

struct Printer {
    out: String,
    depth: usize,
    open: Vec<Map>,
    limits: PrintLimits,
}

impl Printer {
    fn value(&mut self, value: &Value) -> Result<(), PrintError> {
        // Writing to a string does not fail.
        let _ = match value {
            Value::Nil => write!(self.out, "null"),
            Value::Bool(value) => write!(self.out, "{value}"),
            Value::Int(_, number) => write!(self.out, "{number}"),
            Value::Uint(_, number) => write!(self.out, "{number}"),
            Value::Float(kind, number) => {
                check_number(*number)?;
                write!(self.out, "{}", json_float(*number, *kind == FloatKind::Float32))
            }
            Value::Complex(..) => {
                let kind = value.kind().map(|kind| kind.to_string()).unwrap_or_default();
                return Err(PrintError::UnsupportedType { kind });
            }
            Value::Text(text) => {
                self.text(text.as_bytes());
                Ok(())
            }
            Value::List(list) => return self.list(list),
            Value::Map(map) => return self.map(map),
            Value::Object(object) if object.is_nil() => write!(self.out, "null"),
            Value::Object(object) => {
                check_object(&**object)?;
                return match object.encoding() {
                    Encoding::Plain(value) => self.value(&value),
                    Encoding::Struct(fields) => {
                        let fields = fields.iter().map(|(name, value)| (name.as_bytes(), value));
                        self.entries(fields)
                    }
                };
            }
        };
        Ok(())
    }

    fn enter(&mut self) -> Result<(), PrintError> {
        self.depth += 1;
        let PrintLimits { bytes, depth } = self.limits;
        if self.depth > depth {
            return Err(PrintError::TooDeep { limit: depth });
        }
        if self.out.len() > bytes {
            return Err(PrintError::TooLarge { limit: bytes });
        }
        Ok(())
    }

    fn list(&mut self, list: &List) -> Result<(), PrintError> {
        if list.is_nil() {
            self.out.push_str("null");
            return Ok(());
        }
        if let Some(bytes) = bytes_of(list) {
            self.text(base64(bytes.as_bytes()).as_bytes());
            return Ok(());
        }
        self.enter()?;
        self.out.push('[');
        for (at, item) in list.items().iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.value(item)?;
        }
        self.out.push(']');
        self.depth -= 1;
        Ok(())
    }

    fn map(&mut self, map: &Map) -> Result<(), PrintError> {
        if map.is_nil() {
            self.out.push_str("null");
            return Ok(());
        }
        if self.open.iter().any(|open| open.is_same(map)) {
            return Err(PrintError::Cycle { kind: map.kind().to_string() });
        }
        self.open.push(map.clone());
        let entries = map.entries();
        self.entries(entries.iter().map(|(key, value)| (key.as_bytes(), value)))?;
        self.open.pop();
        Ok(())
    }

    fn entries<'v>(
        &mut self,
        entries: impl Iterator<Item = (&'v [u8], &'v Value)>,
    ) -> Result<(), PrintError> {
        self.enter()?;
        self.out.push('{');
        for (at, (key, value)) in entries.enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.text(key);
            self.out.push(':');
            self.value(value)?;
        }
        self.out.push('}');
        self.depth -= 1;
        Ok(())
    }

    fn text(&mut self, text: &[u8]) {
        self.out.push('"');
        for character in text_of(text).chars() {
            let escaped = match character {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\x08' => "\\b",
                '\x0c' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '<' | '>' | '&' | '\0'..='\x1f' | '\u{2028}' | '\u{2029}' => {
                    // Writing to a string does not fail.
                    let _ = write!(self.out, "\\u{:04x}", u32::from(character));
                    continue;
                }
                _ => {
                    self.out.push(character);
                    continue;
                }
            };
            self.out.push_str(escaped);
        }
        self.out.push('"');
    }
}
