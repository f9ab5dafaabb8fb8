use crate::float::{self, FloatFormat};
use crate::unicode::decode;
use crate::{Encoding, FloatKind, List, Map, Object, Type, Value};

use super::MAX_DEPTH;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether `<`, `>` and `&` are written as escapes, as Go does by default.
    pub escape_html: bool,
    /// The indent of each level, or nothing for one line.
    pub indent: Option<&'static str>,
}

impl Style {
    /// One line, as `json.Marshal`.
    pub const COMPACT: Self = Self { escape_html: true, indent: None };
    /// Two blanks a level, as `json.MarshalIndent(value, "", "  ")`.
    pub const PRETTY: Self = Self { escape_html: true, indent: Some("  ") };
    /// One line without escapes for HTML.
    pub const RAW: Self = Self { escape_html: false, indent: None };
}

/// Why a value has no JSON, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrintError {
    /// A number that JSON does not have.
    #[error("json: unsupported value: {0}")]
    UnsupportedNumber(&'static str),
    /// A type that JSON does not have.
    #[error("json: unsupported type: {0}")]
    UnsupportedType(Type),
    /// A value whose own method refuses.
    #[error("json: error calling MarshalJSON for type {kind}: {why}")]
    Refused {
        /// The Go type.
        kind: Type,
        /// What the method says.
        why: String,
    },
    /// A map that holds itself.
    #[error("json: unsupported value: encountered a cycle via {0}")]
    Cycle(Type),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

/// Appends a value as JSON.
///
/// # Errors
///
/// If some part of it has none.
pub fn append(out: &mut Vec<u8>, value: &Value, style: Style) -> Result<(), PrintError> {
    Printer { out, style, depth: 0, wrappers: 0, open: Vec::new() }.value(value)
}

struct Printer<'o> {
    out: &'o mut Vec<u8>,
    style: Style,
    /// Lists, maps and structs around.
    depth: usize,
    /// Objects around that stand for another value, which is not indented for them.
    wrappers: usize,
    /// The maps that are being printed.
    open: Vec<Map>,
}

impl Printer<'_> {
    fn value(&mut self, value: &Value) -> Result<(), PrintError> {
        match value {
            Value::Nil => self.out.extend_from_slice(b"null"),
            Value::Bool(value) => {
                self.out.extend_from_slice(if *value { b"true" } else { b"false" });
            }
            Value::Int(_, number) => self.out.extend_from_slice(number.to_string().as_bytes()),
            Value::Uint(_, number) => self.out.extend_from_slice(number.to_string().as_bytes()),
            Value::Float(kind, number) => append_float(self.out, *number, *kind)?,
            Value::Complex(..) => return Err(PrintError::UnsupportedType(Type::Complex)),
            Value::Text(text) => append_text(self.out, text.as_bytes(), self.style.escape_html),
            Value::List(list) => self.list(list)?,
            Value::Map(map) => self.map(map)?,
            Value::Object(object) => self.object(object.as_ref())?,
        }
        Ok(())
    }

    fn list(&mut self, list: &List) -> Result<(), PrintError> {
        if list.is_nil() {
            self.out.extend_from_slice(b"null");
            return Ok(());
        }
        if list.kind().underlying() == List::BYTES {
            self.out.push(b'"');
            append_base64(self.out, list.to_bytes().as_bytes());
            self.out.push(b'"');
            return Ok(());
        }
        self.enter(b'[')?;
        for (at, item) in list.items().iter().enumerate() {
            self.separate(at);
            crate::stack::grow(|| self.value(item))?;
        }
        self.leave(b']', list.items().is_empty());
        Ok(())
    }

    fn map(&mut self, map: &Map) -> Result<(), PrintError> {
        if map.is_nil() {
            self.out.extend_from_slice(b"null");
            return Ok(());
        }
        if self.open.iter().any(|open| open.is_same(map)) {
            return Err(PrintError::Cycle(map.kind()));
        }
        self.open.push(map.clone());
        self.enter(b'{')?;
        for (at, (key, value)) in map.entries().iter().enumerate() {
            self.separate(at);
            self.key(key.as_bytes());
            crate::stack::grow(|| self.value(value))?;
        }
        self.leave(b'}', map.is_empty());
        self.open.pop();
        Ok(())
    }

    fn object(&mut self, object: &dyn Object) -> Result<(), PrintError> {
        if object.is_nil() {
            self.out.extend_from_slice(b"null");
            return Ok(());
        }
        if let Some(why) = object.refusal() {
            return Err(PrintError::Refused { kind: object.kind(), why });
        }
        match object.encoding() {
            Encoding::Plain(value) => {
                self.wrappers += 1;
                self.check_depth()?;
                self.value(&value)?;
                self.wrappers -= 1;
            }
            Encoding::Struct(fields) => {
                self.enter(b'{')?;
                for (at, (name, value)) in fields.iter().enumerate() {
                    self.separate(at);
                    self.key(name.as_bytes());
                    self.value(value)?;
                }
                self.leave(b'}', fields.is_empty());
            }
        }
        Ok(())
    }

    fn key(&mut self, key: &[u8]) {
        append_text(self.out, key, self.style.escape_html);
        self.out.push(b':');
        if self.style.indent.is_some() {
            self.out.push(b' ');
        }
    }

    fn check_depth(&self) -> Result<(), PrintError> {
        if self.depth + self.wrappers > MAX_DEPTH { Err(PrintError::TooDeep) } else { Ok(()) }
    }

    fn enter(&mut self, bracket: u8) -> Result<(), PrintError> {
        self.out.push(bracket);
        self.depth += 1;
        self.check_depth()
    }

    fn separate(&mut self, at: usize) {
        if at > 0 {
            self.out.push(b',');
        }
        self.newline();
    }

    fn leave(&mut self, bracket: u8, is_empty: bool) {
        self.depth -= 1;
        if !is_empty {
            self.newline();
        }
        self.out.push(bracket);
    }

    fn newline(&mut self) {
        if let Some(indent) = self.style.indent {
            self.out.push(b'\n');
            for _ in 0..self.depth {
                self.out.extend_from_slice(indent.as_bytes());
            }
        }
    }
}

fn append_float(out: &mut Vec<u8>, number: f64, kind: FloatKind) -> Result<(), PrintError> {
    match number {
        f64::INFINITY => return Err(PrintError::UnsupportedNumber("+Inf")),
        f64::NEG_INFINITY => return Err(PrintError::UnsupportedNumber("-Inf")),
        _ if number.is_nan() => return Err(PrintError::UnsupportedNumber("NaN")),
        _ => {}
    }
    let single = kind == FloatKind::Float32;
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let start = out.len();
        float::append(out, number, FloatFormat::Exponent, None, single);
        // An exponent of one digit has no zero before it.
        let text = &out[start..];
        if text.len() >= 4 && text[text.len() - 4..text.len() - 1] == *b"e-0" {
            out.remove(out.len() - 2);
        }
    } else {
        float::append(out, number, FloatFormat::Fixed, None, single);
    }
    Ok(())
}

fn append_text(out: &mut Vec<u8>, text: &[u8], escape_html: bool) {
    out.push(b'"');
    let mut rest = text;
    let is_plain = |byte: &u8| {
        matches!(byte, b' '..=b'~' | 0x7f)
            && !matches!(byte, b'"' | b'\\')
            && !(escape_html && matches!(byte, b'<' | b'>' | b'&'))
    };
    loop {
        let plain = rest.iter().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
        out.extend_from_slice(&rest[..plain]);
        rest = &rest[plain..];
        if rest.is_empty() {
            break;
        }
        let width = append_escaped(out, rest);
        rest = &rest[width..];
    }
    out.push(b'"');
}

/// Appends the first character, which is not plain ASCII; gives its width in bytes.
fn append_escaped(out: &mut Vec<u8>, text: &[u8]) -> usize {
    let short: &[u8] = match text[0] {
        b'"' => b"\\\"",
        b'\\' => b"\\\\",
        8 => b"\\b",
        12 => b"\\f",
        b'\n' => b"\\n",
        b'\r' => b"\\r",
        b'\t' => b"\\t",
        byte if byte < 0x80 => {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
            return 1;
        }
        _ => {
            let (character, width) = decode(text);
            match character {
                None => out.extend_from_slice(b"\\ufffd"),
                Some('\u{2028}') => out.extend_from_slice(b"\\u2028"),
                Some('\u{2029}') => out.extend_from_slice(b"\\u2029"),
                Some(_) => out.extend_from_slice(&text[..width]),
            }
            return width;
        }
    };
    out.extend_from_slice(short);
    1
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends bytes in base64.
fn append_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or_default();
            out.push(if at > chunk.len() { b'=' } else { BASE64[digit] });
        }
    }
}
