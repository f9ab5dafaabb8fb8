use rhumb_value::float::{self, FloatFormat};
use rhumb_value::{Encoding, FloatKind, List, Map, Object, Text, Type, Value, stack};

use super::{MAX_DEPTH, dotted, key, quoted};

/// Why a value has no TOML, in the words of the reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PrintError {
    /// The value is no table.
    #[error("toml: top-level values must be Go maps or structs")]
    NoTable,
    /// An array holds nothing at some place.
    #[error("toml: cannot encode array with nil element")]
    NilElement,
    /// A kind of value that TOML has not, in a table or an array.
    #[error("unsupported type: {0}")]
    Unsupported(&'static str),
    /// A kind of value that TOML has not, as the whole.
    #[error("unsupported type for key '': {0}")]
    UnsupportedWhole(&'static str),
    /// Too deep, or a map that contains itself.
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
}

/// What TOML takes a value for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Nothing: it is left out.
    Nil,
    Table,
    Tables,
    Other,
}

/// Prints a table as a file, its plain keys first, each group sorted.
///
/// # Errors
///
/// If something in it has no TOML.
pub(crate) fn print(value: &Value) -> Result<Vec<u8>, PrintError> {
    let mut printer = Printer { out: Vec::new(), path: Vec::new() };
    printer.node(value)?;
    Ok(printer.out)
}

fn shape(value: &Value) -> Result<Shape, PrintError> {
    Ok(match value {
        Value::Nil => Shape::Nil,
        Value::Map(map) if map.is_nil() => Shape::Nil,
        Value::List(list) if list.is_nil() => Shape::Nil,
        Value::Map(_) => Shape::Table,
        Value::Complex(..) => return Err(PrintError::Unsupported("complex128")),
        Value::List(list) if is_tables(list)? => Shape::Tables,
        Value::Object(object) => match flat(object.as_ref()) {
            Flat::Value(value) => shape(&value)?,
            Flat::Verbatim(_) => Shape::Other,
            Flat::Fields(_) => Shape::Table,
        },
        _ => Shape::Other,
    })
}

fn is_nil(value: &Value) -> bool {
    match value {
        Value::Nil => true,
        Value::Map(map) => map.is_nil(),
        Value::List(list) => list.is_nil(),
        _ => false,
    }
}

/// The keys of what [`shape`] calls a table.
fn table_of(value: &Value) -> Pairs {
    match value {
        Value::Map(map) => map.snapshot(),
        Value::Object(object) => match flat(object.as_ref()) {
            Flat::Value(value) => table_of(&value),
            Flat::Verbatim(_) => Vec::new(),
            Flat::Fields(fields) => fields,
        },
        _ => Vec::new(),
    }
}

/// Whether all items of a list are tables, and there is one.
fn is_tables(list: &List) -> Result<bool, PrintError> {
    let mut all = !list.items().is_empty();
    for item in list.items() {
        match shape(item)? {
            Shape::Nil => return Err(PrintError::NilElement),
            Shape::Table => {}
            Shape::Tables | Shape::Other => all = false,
        }
    }
    Ok(all)
}

struct Printer {
    out: Vec<u8>,
    path: Vec<Text>,
}

impl Printer {
    /// A value with its key, on lines of its own.
    fn node(&mut self, value: &Value) -> Result<(), PrintError> {
        if self.path.len() > MAX_DEPTH {
            return Err(PrintError::TooDeep);
        }
        match value {
            Value::List(list) if list.is_nil() && self.path.is_empty() => self.pair(value),
            _ if is_nil(value) => Ok(()),
            Value::Map(map) => {
                self.table_header();
                self.pairs(map.snapshot())
            }
            Value::List(list) if is_tables(list)? => self.tables(list),
            Value::Object(object) => match flat(object.as_ref()) {
                Flat::Value(value) => self.node(&value),
                Flat::Verbatim(_) => self.pair(value),
                Flat::Fields(fields) => {
                    self.table_header();
                    self.pairs(fields)
                }
            },
            Value::Complex(..) => Err(PrintError::UnsupportedWhole("complex128")),
            _ => self.pair(value),
        }
    }

    fn table_header(&mut self) {
        if self.path.len() == 1 {
            self.newline();
        }
        if !self.path.is_empty() {
            self.header("[", "]");
        }
    }

    fn header(&mut self, open: &str, close: &str) {
        self.indent();
        self.out.extend(open.bytes());
        self.out.extend(dotted(&self.path));
        self.out.extend(close.bytes());
        self.newline();
    }

    fn tables(&mut self, list: &List) -> Result<(), PrintError> {
        if self.path.is_empty() {
            return Err(PrintError::NoTable);
        }
        for item in list.items() {
            self.newline();
            self.header("[[", "]]");
            self.pairs(table_of(item))?;
        }
        Ok(())
    }

    fn pairs(&mut self, pairs: Pairs) -> Result<(), PrintError> {
        let (plain, nested) = split(pairs)?;
        for (name, value) in plain.into_iter().chain(nested) {
            self.path.push(name);
            stack::grow(|| self.node(&value))?;
            self.path.pop();
        }
        Ok(())
    }

    /// `key = value` on a line; without a key, the value alone.
    fn pair(&mut self, value: &Value) -> Result<(), PrintError> {
        let Some(last) = self.path.last().cloned() else { return self.element(value, 0) };
        self.indent();
        self.out.extend(key(last.as_bytes()));
        self.out.extend(b" = ");
        self.element(value, self.path.len())?;
        self.newline();
        Ok(())
    }

    /// A value on the right of a `=` or in brackets.
    fn element(&mut self, value: &Value, depth: usize) -> Result<(), PrintError> {
        if depth > MAX_DEPTH {
            return Err(PrintError::TooDeep);
        }
        match value {
            Value::Nil => return Err(PrintError::NilElement),
            Value::Bool(value) => self.out.extend(value.to_string().bytes()),
            Value::Int(_, number) => self.out.extend(number.to_string().bytes()),
            Value::Uint(_, number) => self.out.extend(number.to_string().bytes()),
            Value::Float(kind, number) => self.out.extend(float(*kind, *number)),
            Value::Text(text) => self.out.extend(quoted(text.as_bytes())),
            Value::List(list) => {
                self.out.push(b'[');
                for (at, item) in list.items().iter().enumerate() {
                    if at > 0 {
                        self.out.extend(b", ");
                    }
                    stack::grow(|| self.element(item, depth + 1))?;
                }
                self.out.push(b']');
            }
            Value::Map(map) => self.inline_table(map, depth)?,
            Value::Complex(..) => return Err(PrintError::Unsupported("complex128")),
            Value::Object(object) => self.object(object.as_ref(), depth)?,
        }
        Ok(())
    }

    fn inline_table(&mut self, map: &Map, depth: usize) -> Result<(), PrintError> {
        let (plain, nested) = split(map.snapshot())?;
        self.out.push(b'{');
        let more = !nested.is_empty();
        for (group, trailing) in [(plain, more), (nested, false)] {
            let count = group.len();
            for (at, (name, value)) in group.into_iter().enumerate() {
                if is_nil(&value) {
                    continue;
                }
                self.out.extend(key(name.as_bytes()));
                self.out.extend(b" = ");
                stack::grow(|| self.element(&value, depth + 1))?;
                if trailing || at + 1 < count {
                    self.out.extend(b", ");
                }
            }
        }
        self.out.push(b'}');
        Ok(())
    }

    /// A struct, a time or the like in place.
    fn object(&mut self, object: &dyn Object, depth: usize) -> Result<(), PrintError> {
        match flat(object) {
            Flat::Value(value) => self.element(&value, depth),
            Flat::Verbatim(text) => {
                self.out.extend(text);
                Ok(())
            }
            Flat::Fields(fields) => self.inline_struct(object, fields, depth),
        }
    }

    /// A struct on one line. Which field has no comma behind it is told by its place among all
    /// fields and by the number of those that are exported, which need not fit.
    fn inline_struct(
        &mut self,
        object: &dyn Object,
        fields: Pairs,
        depth: usize,
    ) -> Result<(), PrintError> {
        let all = object.fields();
        let (plain, nested) = split(fields)?;
        let last = (plain.len() + nested.len()).checked_sub(1);
        self.out.push(b'{');
        for (name, value) in plain.into_iter().chain(nested) {
            if is_nil(&value) {
                continue;
            }
            self.out.extend(key(name.as_bytes()));
            self.out.extend(b" = ");
            stack::grow(|| self.element(&value, depth + 1))?;
            if all.iter().position(|(field, _)| field.as_bytes() == name.as_bytes()) != last {
                self.out.extend(b", ");
            }
        }
        self.out.push(b'}');
        Ok(())
    }

    fn newline(&mut self) {
        if !self.out.is_empty() {
            self.out.push(b'\n');
        }
    }

    fn indent(&mut self) {
        for _ in 1..self.path.len() {
            self.out.extend(b"  ");
        }
    }
}

type Pairs = Vec<(Text, Value)>;

/// The keys that are printed in place, and those that need a header of their own.
fn split(pairs: Pairs) -> Result<(Pairs, Pairs), PrintError> {
    let mut plain = Vec::new();
    let mut nested = Vec::new();
    for (name, value) in pairs {
        match shape(&value)? {
            Shape::Table | Shape::Tables => nested.push((name, value)),
            Shape::Nil | Shape::Other => plain.push((name, value)),
        }
    }
    Ok((plain, nested))
}

/// What TOML makes of an object.
enum Flat {
    /// Another value.
    Value(Value),
    /// Text that stands there without quotes.
    Verbatim(Vec<u8>),
    /// A struct, by the names of its fields.
    Fields(Pairs),
}

fn flat(object: &dyn Object) -> Flat {
    if let Some(text) = super::date::print(object) {
        return Flat::Verbatim(text);
    }
    if matches!(object.kind(), Type::Named("time.Duration", _)) {
        return Flat::Value(object.text().map_or(Value::Nil, Value::Text));
    }
    if let Some(value) = object.underlying() {
        return Flat::Value(value);
    }
    match object.encoding() {
        Encoding::Plain(value) => Flat::Value(value),
        Encoding::Struct(_) => {
            let fields = object.fields().into_iter();
            let exported = fields.filter(|(name, _)| name.starts_with(char::is_uppercase));
            Flat::Fields(exported.map(|(name, value)| (Text::from(name), value)).collect())
        }
    }
}

fn float(kind: FloatKind, number: f64) -> Vec<u8> {
    let mut out = Vec::new();
    if number.is_nan() || number.is_infinite() {
        if number.is_sign_negative() {
            out.push(b'-');
        }
        out.extend_from_slice(if number.is_nan() { b"nan" } else { b"inf" });
        return out;
    }
    float::append(&mut out, number, FloatFormat::General, None, kind == FloatKind::Float32);
    if !out.iter().any(|byte| matches!(byte, b'e' | b'.')) {
        out.extend_from_slice(b".0");
    }
    out
}
