use std::rc::Rc;

use rhumb_value::{Encoding, FloatKind, List, Map, Object, Type, Value, stack};

use super::emitter::{Emitter, Place};
use super::sort::sort_keys;
use super::{Dialect, PrintError, PrintLimits, json, node};
use crate::number::{json_float, yaml_float};
use crate::resolve::{Looks, encode_base64, looks};
use crate::{Options, parse};

/// Prints a value by way of JSON.
pub(super) fn print_by_json(value: &Value, limits: PrintLimits) -> Result<String, PrintError> {
    let mut walker = Walker { emitter: Emitter::new(Dialect::V2, limits), open: Vec::new() };
    match walker.value(value, Place::Document) {
        Ok(()) => walker.emitter.finish(),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Odd) => print_by_text(value, limits),
    }
}

/// Prints a value by way of the text of its JSON, which some texts do not survive as they are. It may
/// nest as deep as what is read without [`Options::deep`].
fn print_by_text(value: &Value, limits: PrintLimits) -> Result<String, PrintError> {
    let depth = limits.depth.min(Options::default().limits.depth);
    let text = json::print(value, PrintLimits { depth, ..limits })?;
    let node = parse(text.as_bytes(), &Options::default()).map_err(PrintError::Reread)?;
    let mut emitter = Emitter::new(Dialect::V2, limits);
    node::emit(&mut emitter, &node)?;
    emitter.finish()
}

/// Prints a value as it is.
pub(super) fn print_pretty(value: &Value, limits: PrintLimits) -> Result<String, PrintError> {
    let mut walker = Walker { emitter: Emitter::new(Dialect::V3, limits), open: Vec::new() };
    match walker.value(value, Place::Document) {
        Ok(()) | Err(Stop::Odd) => walker.emitter.finish(),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// Why a walk ended early.
enum Stop {
    Error(PrintError),
    /// There is a text that JSON, read as YAML, changes or refuses.
    Odd,
}

impl From<PrintError> for Stop {
    fn from(error: PrintError) -> Self {
        Self::Error(error)
    }
}

struct Walker {
    emitter: Emitter,
    /// The maps that are open, to find one that holds itself.
    open: Vec<Map>,
}

impl Walker {
    fn value(&mut self, value: &Value, place: Place) -> Result<(), Stop> {
        match value {
            Value::Nil => self.emitter.plain("null"),
            Value::Bool(value) => self.emitter.plain(if *value { "true" } else { "false" }),
            Value::Int(_, number) => self.emitter.plain(&number.to_string()),
            Value::Uint(_, number) => self.emitter.plain(&number.to_string()),
            Value::Float(kind, number) => self.float(*number, *kind == FloatKind::Float32)?,
            Value::Complex(..) => {
                let kind = value.kind().map(|kind| kind.to_string()).unwrap_or_default();
                return Err(Stop::Error(if self.is_by_json() {
                    PrintError::UnsupportedType { kind }
                } else {
                    PrintError::Unprintable { kind }
                }));
            }
            Value::Text(text) => self.text(text.as_bytes(), place)?,
            Value::List(list) => return stack::grow(|| self.list(list, place)),
            Value::Map(map) => return stack::grow(|| self.map(map)),
            Value::Object(object) => return stack::grow(|| self.object(object, place)),
        }
        Ok(())
    }

    fn is_by_json(&self) -> bool {
        self.emitter.dialect == Dialect::V2
    }

    fn float(&mut self, number: f64, single: bool) -> Result<(), Stop> {
        if !self.is_by_json() {
            self.emitter.plain(&yaml_float(number, single));
            return Ok(());
        }
        json::check_number(number)?;
        // Most are whole, and short enough that JSON writes them so.
        if !single && number.fract() == 0.0 && number.abs() < 1e15 {
            self.emitter.plain(&whole(number).to_string());
            return Ok(());
        }
        let text = json_float(number, single);
        // JSON does not tell integers from floats, so that YAML sees what it looks like.
        match looks(&text, false) {
            Looks::Int(number) => self.emitter.plain(&number.to_string()),
            Looks::Float(number) => self.emitter.plain(&yaml_float(number, false)),
            _ => self.emitter.plain(&text),
        }
        Ok(())
    }

    fn text(&mut self, text: &[u8], place: Place) -> Result<(), Stop> {
        match str::from_utf8(text) {
            Ok(text) if self.is_by_json() && is_odd(text) => return Err(Stop::Odd),
            Ok(text) => self.emitter.text(text, place),
            Err(_) if self.is_by_json() => return Err(Stop::Odd),
            Err(_) => self.emitter.binary(&encode_base64(text)),
        }
        Ok(())
    }

    fn list(&mut self, list: &List, place: Place) -> Result<(), Stop> {
        if self.is_by_json() {
            if list.is_nil() {
                self.emitter.plain("null");
                return Ok(());
            }
            if let Some(bytes) = json::bytes_of(list) {
                return self.text(json::base64(bytes.as_bytes()).as_bytes(), place);
            }
        }
        let items = list.items();
        let before = self.emitter.start_list(items.is_empty(), place)?;
        for item in items {
            self.emitter.item();
            self.value(item, Place::List)?;
        }
        self.emitter.end(before);
        Ok(())
    }

    fn map(&mut self, map: &Map) -> Result<(), Stop> {
        if map.is_nil() && self.is_by_json() {
            self.emitter.plain("null");
            return Ok(());
        }
        if self.open.iter().any(|open| open.is_same(map)) {
            return Err(Stop::Error(PrintError::Cycle { kind: map.kind().to_string() }));
        }
        self.open.push(map.clone());
        let entries = map.entries();
        let mut sorted = Vec::with_capacity(entries.len());
        let mut binary = Vec::new();
        for (key, value) in entries.iter() {
            match key.to_str() {
                Some(key) if self.is_by_json() && is_odd_key(key) => return Err(Stop::Odd),
                Some(key) => sorted.push((key, value)),
                None if self.is_by_json() => return Err(Stop::Odd),
                None => binary.push((key, value)),
            }
        }
        sort_keys(&mut sorted, self.emitter.dialect);
        let before = self.emitter.start_map(entries.is_empty())?;
        for (key, value) in sorted {
            self.emitter.key(key);
            self.value(value, Place::Mapping)?;
        }
        for (key, value) in binary {
            self.emitter.binary_key(&encode_base64(key.as_bytes()));
            self.value(value, Place::Mapping)?;
        }
        self.emitter.end(before);
        self.open.pop();
        Ok(())
    }

    fn object(&mut self, object: &Rc<dyn Object>, place: Place) -> Result<(), Stop> {
        if object.is_nil() {
            self.emitter.plain("null");
            return Ok(());
        }
        if self.is_by_json() {
            json::check_object(&**object)?;
            return match object.encoding() {
                Encoding::Plain(value) => self.value(&value, place),
                Encoding::Struct(fields) => self.json_struct(&fields),
            };
        }
        match (object.kind(), object.text()) {
            // A time is plain, although it is a text.
            (Type::Opaque("time.Time"), _) => {
                if let Encoding::Plain(Value::Text(text)) = object.encoding() {
                    self.emitter.plain(&text.to_lossy());
                }
                Ok(())
            }
            (Type::Opaque("time.Duration") | Type::Named("time.Duration", _), Some(text)) => {
                self.text(text.as_bytes(), place)
            }
            _ => match (object.encoding(), object.underlying()) {
                (_, Some(value)) | (Encoding::Plain(value), None) => self.value(&value, place),
                (Encoding::Struct(_), None) => self.yaml_struct(&object.fields()),
            },
        }
    }

    /// A struct as JSON has it, whose fields are sorted like keys on the way.
    fn json_struct(&mut self, fields: &[(&'static str, Value)]) -> Result<(), Stop> {
        let mut sorted: Vec<_> = fields.iter().map(|(name, value)| (*name, value)).collect();
        sort_keys(&mut sorted, Dialect::V2);
        let before = self.emitter.start_map(sorted.is_empty())?;
        for (name, value) in sorted {
            self.emitter.key(name);
            self.value(value, Place::Mapping)?;
        }
        self.emitter.end(before);
        Ok(())
    }

    /// A struct as YAML alone has it: its exported fields in order, in small letters.
    fn yaml_struct(&mut self, fields: &[(&'static str, Value)]) -> Result<(), Stop> {
        let is_exported = |name: &str| name.starts_with(char::is_uppercase);
        let exported: Vec<_> = fields.iter().filter(|(name, _)| is_exported(name)).collect();
        let before = self.emitter.start_map(exported.is_empty())?;
        for (name, value) in exported {
            self.emitter.key(&name.to_lowercase());
            self.value(value, Place::Mapping)?;
        }
        self.emitter.end(before);
        Ok(())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2^53")]
const fn whole(number: f64) -> i64 {
    number as i64
}

/// Whether the text, written as JSON, is not read back as itself: YAML refuses control characters
/// that JSON does not escape, and folds a line that one of them ends.
fn is_odd(text: &str) -> bool {
    if text.is_ascii() {
        return text.contains('\x7f');
    }
    text.chars().any(|character| {
        matches!(character, '\x7f'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}

/// Whether the key is odd, or so long that YAML might not see that it is a key.
fn is_odd_key(key: &str) -> bool {
    // JSON writes up to six characters for one; YAML looks at 1024.
    key.len() > 160 || is_odd(key)
}
