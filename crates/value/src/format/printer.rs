use std::rc::Rc;

use super::{MAX_BYTES, MAX_DEPTH, number, text};
use crate::{CallError, FloatKind, List, Map, Object, Type, UintKind, Value};

/// The flags, width and precision of a directive.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of a directive")]
pub(super) struct Flags {
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    pub(super) minus: bool,
    pub(super) plus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    /// `%+v`
    pub(super) plus_v: bool,
    /// `%#v`
    pub(super) sharp_v: bool,
}

/// Prints values behind what is in a buffer already.
pub(super) struct Printer<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) flags: Flags,
    limit: usize,
    /// Set while a value is printed that its verb does not fit: then methods are not asked.
    pub(super) erroring: bool,
    /// Set to print what a pointer points at, as a template does.
    pub(super) indirect: bool,
    failure: Option<String>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        let limit = out.len().saturating_add(MAX_BYTES);
        Self {
            out,
            flags: Flags::default(),
            limit,
            erroring: false,
            indirect: false,
            failure: None,
        }
    }

    pub(super) fn finish(self) -> Result<(), CallError> {
        self.failure.map_or(Ok(()), |message| Err(CallError::new(message)))
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    pub(super) fn write(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Prints an argument of a directive.
    pub(super) fn argument(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Nil, 'T' | 'v') => text::pad(self.out, b"<nil>", self.flags),
            (Value::Nil, _) => self.bad_verb(value, verb),
            (_, 'T') => {
                let name = value.kind().map(|kind| kind.to_string()).unwrap_or_default();
                text::string(self.out, name.as_bytes(), self.flags);
            }
            (_, 'p') => self.pointer(value, 'p'),
            (Value::List(list), 'v' | 'd') if list.kind() == List::BYTES => self.bytes(list, verb),
            _ => self.value(value, verb, 0),
        }
    }

    /// Says that a verb does not fit a value, and what the value is.
    fn bad_verb(&mut self, value: &Value, verb: char) {
        self.write("%!");
        crate::unicode::push(self.out, verb);
        self.out.push(b'(');
        match value.kind() {
            None => self.write("<nil>"),
            Some(kind) => {
                self.write(&kind.to_string());
                self.out.push(b'=');
                let before = std::mem::replace(&mut self.erroring, true);
                self.value(value, 'v', 0);
                self.erroring = before;
            }
        }
        self.out.push(b')');
    }

    /// Prints a value inside another.
    fn element(&mut self, value: &Value, kind: Type, verb: char, depth: usize) {
        if self.has_failed() {
            return;
        }
        if depth > MAX_DEPTH {
            self.failure = Some(format!("a value nests deeper than {MAX_DEPTH} levels"));
            return;
        }
        if matches!(value, Value::Nil) {
            if self.flags.sharp_v {
                self.write(&format!("{kind}(nil)"));
            } else {
                self.write("<nil>");
            }
            return;
        }
        crate::stack::grow(|| self.value(value, verb, depth));
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        if self.out.len() > self.limit {
            self.failure = Some(format!("printing makes more than {MAX_BYTES} bytes"));
            return;
        }
        if verb == 'w'
            && !matches!(value, Value::List(list) if depth == 0 && list.kind() == List::BYTES)
        {
            // It is for errors, and not in templates.
            return self.bad_verb(value, verb);
        }
        if !self.printed(value, verb, depth) {
            self.bad_verb(value, verb);
        }
    }

    /// Prints a value; false if the verb is not for its kind.
    fn printed(&mut self, value: &Value, verb: char, depth: usize) -> bool {
        match value {
            Value::Nil => {
                self.write("<nil>");
                true
            }
            Value::Bool(truth) => self.boolean(*truth, verb),
            Value::Int(_, number) => {
                let (out, flags) = (&mut *self.out, self.flags);
                number::integer(out, number.unsigned_abs(), Some(*number < 0), verb, flags)
            }
            Value::Uint(_, number) => number::integer(self.out, *number, None, verb, self.flags),
            Value::Float(kind, number) => {
                let single = *kind == FloatKind::Float32;
                number::float(self.out, *number, single, verb, self.flags)
            }
            Value::Complex(real, imaginary) => {
                number::complex(self.out, (*real, *imaginary), verb, self.flags)
            }
            Value::Text(text) => text::verb(self.out, text.as_bytes(), verb, self.flags),
            Value::List(list) => {
                self.list(list, verb, depth);
                true
            }
            Value::Map(map) => {
                self.map(map, verb, depth);
                true
            }
            Value::Object(object) => {
                self.object(object, value, verb, depth);
                true
            }
        }
    }

    fn boolean(&mut self, truth: bool, verb: char) -> bool {
        let fits = matches!(verb, 't' | 'v');
        if fits {
            let word: &[u8] = if truth { b"true" } else { b"false" };
            text::pad(self.out, word, self.flags);
        }
        fits
    }

    fn list(&mut self, list: &List, verb: char, depth: usize) {
        let element = list.element();
        if matches!(verb, 's' | 'q' | 'x' | 'X') && element == Type::Uint(UintKind::Uint8) {
            let bytes = list.to_bytes();
            let bytes = bytes.as_bytes();
            if verb == 's' || verb == 'q' || !bytes.is_empty() || self.flags.width.is_some() {
                text::verb(self.out, bytes, verb, self.flags);
            }
            return;
        }
        if list.is_nil() && self.flags.sharp_v {
            return self.write(&format!("{}(nil)", list.kind()));
        }
        let separator = self.open(list.kind(), "[");
        for (index, item) in list.items().iter().enumerate() {
            if index > 0 {
                self.write(separator);
            }
            self.element(item, element, verb, depth + 1);
        }
        self.close("]");
    }

    /// A `[]byte` that is itself the argument.
    fn bytes(&mut self, list: &List, verb: char) {
        if !self.flags.sharp_v {
            return self.list(list, verb, 0);
        }
        self.write("[]byte{");
        for (index, byte) in list.to_bytes().as_bytes().iter().enumerate() {
            if index > 0 {
                self.write(", ");
            }
            number::integer(self.out, u64::from(*byte), None, 'v', self.flags);
        }
        self.out.push(b'}');
    }

    fn map(&mut self, map: &Map, verb: char, depth: usize) {
        let element = map.element();
        if map.is_nil() && self.flags.sharp_v {
            return self.write(&format!("{}(nil)", map.kind()));
        }
        let separator = self.open(map.kind(), "map[");
        for (index, (key, value)) in map.entries().iter().enumerate() {
            if index > 0 {
                self.write(separator);
            }
            self.value(&Value::Text(key.clone()), verb, depth + 1);
            self.out.push(b':');
            self.element(value, element, verb, depth + 1);
        }
        self.close("]");
    }

    /// Opens a list, map or struct and says what separates its elements.
    fn open(&mut self, kind: Type, bracket: &str) -> &'static str {
        if self.flags.sharp_v {
            self.write(&kind.to_string());
            self.out.push(b'{');
            ", "
        } else {
            self.write(bracket);
            " "
        }
    }

    fn close(&mut self, bracket: &str) {
        self.write(if self.flags.sharp_v { "}" } else { bracket });
    }

    fn object(&mut self, object: &Rc<dyn Object>, value: &Value, verb: char, depth: usize) {
        let printable = matches!(verb, 'v' | 's' | 'x' | 'X' | 'q');
        if object.is_nil() {
            return self.pointer(value, verb);
        }
        if printable && !self.erroring {
            if self.flags.sharp_v {
                if let Some(syntax) = object.go_text() {
                    text::string(self.out, syntax.as_bytes(), self.flags);
                    return;
                }
            } else if let Some(words) = object.text() {
                text::verb(self.out, words.as_bytes(), verb, self.flags);
                return;
            }
        }
        let name = object.kind().to_string();
        if let Some(inner) = object.underlying() {
            return self.underlying((object.kind(), value), &inner, verb, depth);
        }
        if let Some(target) = name.strip_prefix('*') {
            if depth > 0 {
                return self.pointer(value, verb);
            }
            if !self.indirect {
                self.out.push(b'&');
            }
            return self.structure(object, target, verb, depth + 1);
        }
        self.structure(object, &name, verb, depth);
    }

    /// A named type without a text of its own prints as what it is underneath, under its name.
    fn underlying(
        &mut self,
        (kind, value): (Type, &Value),
        inner: &Value,
        verb: char,
        depth: usize,
    ) {
        match inner {
            Value::Map(map) => {
                let entries = map.entries().clone();
                self.map(&Map::typed(named(kind, inner), entries), verb, depth);
            }
            Value::List(list) => {
                let items = list.items().to_vec();
                self.list(&List::typed(named(kind, inner), items), verb, depth);
            }
            other => {
                if !self.printed(other, verb, depth) {
                    self.bad_verb(value, verb);
                }
            }
        }
    }

    fn structure(&mut self, object: &Rc<dyn Object>, name: &str, verb: char, depth: usize) {
        if self.flags.sharp_v {
            self.write(name);
        }
        self.out.push(b'{');
        for (index, (field, value)) in object.fields().into_iter().enumerate() {
            if index > 0 {
                self.write(if self.flags.sharp_v { ", " } else { " " });
            }
            if self.flags.plus_v || self.flags.sharp_v {
                self.write(field);
                self.out.push(b':');
            }
            let copied = match &value {
                Value::Object(object) => object.copied(),
                _ => None,
            };
            self.element(copied.as_ref().unwrap_or(&value), Type::Interface, verb, depth + 1);
        }
        self.out.push(b'}');
    }

    /// The address of a map, list or object: another one each time, as in Go.
    fn pointer(&mut self, value: &Value, verb: char) {
        let address = match value {
            Value::Map(map) => map.address(),
            Value::List(list) => list.address(),
            Value::Object(object) if object.is_nil() => 0,
            Value::Object(object) if object.kind().can_be_nil() => {
                Rc::as_ptr(object).cast::<()>().addr()
            }
            _ => return self.bad_verb(value, verb),
        };
        let address = u64::try_from(address).unwrap_or_default();
        let mut flags = self.flags;
        match verb {
            'v' if self.flags.sharp_v => {
                let name = value.kind().map(|kind| kind.to_string()).unwrap_or_default();
                let address = if address == 0 { "nil".into() } else { format!("{address:#x}") };
                self.write(&format!("({name})({address})"));
            }
            'v' if address == 0 => text::pad(self.out, b"<nil>", flags),
            'v' | 'p' => {
                flags.sharp = !flags.sharp;
                number::integer(self.out, address, None, 'x', flags);
            }
            'b' | 'o' | 'd' | 'x' | 'X' => {
                number::integer(self.out, address, None, verb, flags);
            }
            _ => self.bad_verb(value, verb),
        }
    }
}

/// The type to print: the object's name over the kind of what it is underneath.
fn named(kind: Type, inner: &Value) -> Type {
    match (kind, inner.kind()) {
        (Type::Opaque(name), Some(Type::Map(element))) => Type::Named(name, map_of(element)),
        (Type::Opaque(name), Some(Type::List(element))) => Type::Named(name, list_of(element)),
        (kind, _) => kind,
    }
}

/// Elements of named types only matter where they are nil, and then print alike.
fn map_of(element: &'static Type) -> &'static Type {
    match element {
        Type::String => &Type::Map(&Type::String),
        _ => &Type::MAP,
    }
}

fn list_of(element: &'static Type) -> &'static Type {
    match element {
        Type::String => &Type::List(&Type::String),
        Type::Uint(UintKind::Uint8) => &List::BYTES,
        _ => &Type::LIST,
    }
}
