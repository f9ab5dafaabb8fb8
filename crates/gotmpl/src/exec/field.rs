use std::rc::Rc;

use rhumb_value::{Map, Object, Type, Value};

use super::call::Callee;
use super::pipeline::Arguments;
use super::{Eval, Exec, Holder, Item, Place};
use crate::MissingKey;
use crate::ast::Run;

impl<'t> Exec<'t> {
    /// Goes from map to map as far as names are plainly those of entries: tells what is there, and
    /// how many names are left. [`field`](Self::field) would find the same, but make more of it on
    /// the way.
    pub(super) fn descend(&self, from: &Value, names: &[Run], found: &mut Value) -> usize {
        let Value::Map(first) = from else { return names.len() };
        let mut reached: Option<Map> = None;
        let mut left = names;
        while let [name, rest @ ..] = left {
            let map = reached.as_ref().unwrap_or(first);
            let key = self.unit.slice(*name);
            if !map.holds_any() || map.is_named() && self.has_method(map, key) {
                break;
            }
            let entries = map.entries();
            let Some(value) = entries.get(key) else { break };
            left = rest;
            match value {
                Value::Map(inner) if !rest.is_empty() => {
                    let inner = inner.clone();
                    drop(entries);
                    reached = Some(inner);
                }
                value => {
                    *found = value.clone();
                    return rest.len();
                }
            }
        }
        if let Some(map) = reached {
            *found = Value::Map(map);
        }
        left.len()
    }

    /// Whether a map whose type has a name has a method of that name; notes that it was asked.
    fn has_method(&self, map: &Map, name: &[u8]) -> bool {
        if !is_exported(name) {
            return false;
        }
        self.session.note_key(name);
        self.session.method_of(map, name).is_some()
    }

    /// `.name` of a value: a method, a field or an entry of a map.
    pub(super) fn field(
        &mut self,
        dot: &Item,
        receiver: &Item,
        (name, place): (Run, Place<'t>),
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        match &receiver.value {
            Value::Map(map) => match self.method_of(map, name) {
                Some(callee) => self.invoke(dot, &callee, (name, place), arguments),
                None => self.entry(map, name, &arguments),
            },
            Value::Object(object) => {
                let is_boxed = receiver.holder == Holder::Interface;
                self.member(dot, (object, is_boxed), (name, place), arguments)
            }
            Value::Nil if receiver.holder != Holder::Interface => {
                if self.set.missing() == MissingKey::Error {
                    let key = rhumb_value::quote::quote(self.unit.slice(name));
                    return Err(self.fail_at(name, format!("nil data; no entry for key {key}")));
                }
                Ok(Item::plain(Value::Nil))
            }
            Value::Nil => {
                let word = self.unit.word(name);
                Err(self.fail_at(name, format!("nil pointer evaluating interface {{}}.{word}")))
            }
            _ => Err(self.no_field(receiver, name)),
        }
    }

    #[cold]
    fn no_field(&self, receiver: &Item, name: Run) -> Box<crate::error::ExecuteError> {
        let kind = match receiver.holder {
            Holder::Interface => Type::Interface,
            _ => receiver.value.kind().unwrap_or(Type::Interface),
        };
        let word = self.unit.word(name);
        self.fail_at(name, format!("can't evaluate field {word} in type {kind}"))
    }

    /// The method of that name of a map whose Go type has one.
    fn method_of(&self, map: &Map, name: Run) -> Option<Callee> {
        if !is_exported(self.unit.slice(name)) || !map.is_named() {
            return None;
        }
        let object = self.session.method_of(map, self.unit.slice(name))?;
        let signature = object.method(self.unit.word(name))?;
        Some(Callee::method(object, &signature))
    }

    fn entry(&self, map: &Map, name: Run, arguments: &Arguments<'t>) -> Eval<Item> {
        let key = self.unit.slice(name);
        if arguments.any() {
            let word = self.unit.word(name);
            return Err(self.fail_at(name, format!("{word} is not a method but has arguments")));
        }
        self.session.note_key(key);
        let element = map.element();
        let is_interface = element == Type::Interface;
        if let Some(value) = map.get(key) {
            return Ok(Item::element(value, is_interface));
        }
        match self.set.missing() {
            MissingKey::Default => Ok(Item::plain(Value::Nil)),
            MissingKey::Zero => Ok(Item::element(element.zero(), is_interface)),
            MissingKey::Error => {
                let key = rhumb_value::quote::quote(key);
                Err(self.fail_at(name, format!("map has no entry for key {key}")))
            }
        }
    }

    /// A method or field of an object, or an entry of the map that it is underneath.
    fn member(
        &mut self,
        dot: &Item,
        (object, is_boxed): (&Rc<dyn Object>, bool),
        (name, place): (Run, Place<'t>),
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        let word = self.unit.word(name);
        if let Some(signature) = object.method(word) {
            let callee = Callee::method(Rc::clone(object), &signature);
            return self.invoke(dot, &callee, (name, place), arguments);
        }
        if let Some(message) = object.uncallable(word) {
            let rest = arguments.expressions.len().saturating_sub(1);
            self.check_count((0, false), name, (rest, arguments.last.is_some()))?;
            return Err(self.fail(message));
        }
        let holder = if is_boxed { Holder::Interface } else { Holder::Plain };
        let receiver = Item { value: Value::Object(Rc::clone(object)), holder };
        if object.is_nil() {
            let kind = if is_boxed { Type::Interface } else { object.kind() };
            return Err(match object.field(word) {
                Some(_) => self.fail_at(name, format!("nil pointer evaluating {kind}.{word}")),
                None => self.no_field(&receiver, name),
            });
        }
        object.ready().map_err(|error| self.fail(error.message))?;
        if let Some(value) = object.field(word) {
            if arguments.any() {
                let message = format!("{word} has arguments but cannot be invoked as function");
                return Err(self.fail(message));
            }
            return Ok(Item::plain(value));
        }
        if object.fields().iter().any(|(field, _)| *field == word) {
            let kind = if is_boxed { Type::Interface } else { object.kind() };
            let message = format!("{word} is an unexported field of struct type {kind}");
            return Err(self.fail(message));
        }
        match object.underlying() {
            Some(Value::Map(map)) => self.entry(&map, name, &arguments),
            _ => Err(self.no_field(&receiver, name)),
        }
    }
}

/// Whether Go lets other packages use a name.
fn is_exported(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_uppercase)
}
