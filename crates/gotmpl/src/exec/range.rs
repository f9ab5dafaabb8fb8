use rhumb_value::{Type, Value, format};

use super::call::copied;
use super::{Eval, Exec, Flow, Item};
use crate::ast::{Branch, Pipe, Slot};

/// The variables of a `range`: first the one for the key, if there are two.
struct Variables {
    key: Option<Slot>,
    element: Option<Slot>,
}

impl<'t> Exec<'t> {
    pub(super) fn range(&mut self, dot: &Item, branch: &'t Branch) -> Eval<()> {
        self.step()?;
        let value = self.pipeline(dot, branch.pipe)?;
        self.session.note_value(&value);
        let variables = self.range_variables(branch);
        let inner = match &value {
            Value::Object(object) if object.is_nil() => Some(Value::Nil),
            Value::Object(object) => object.underlying(),
            _ => None,
        };
        let ran = match inner.as_ref().unwrap_or(&value) {
            Value::Nil => false,
            Value::List(list) => {
                let is_interface = list.element() == Type::Interface;
                let length = list.len();
                for index in 0..length {
                    // Asked for anew: a list can be sorted while it is ranged over.
                    let Some(item) = list.items().get(index) else { break };
                    let key = Value::int(i64::try_from(index).unwrap_or(i64::MAX));
                    let element = Item::element(item.clone(), is_interface);
                    if !self.iterate(&variables, branch, key, &element)? {
                        break;
                    }
                }
                length > 0
            }
            Value::Map(map) => {
                let is_interface = map.element() == Type::Interface;
                let entries = map.snapshot();
                let ran = !entries.is_empty();
                for (key, item) in entries {
                    let element = Item::element(item, is_interface);
                    if !self.iterate(&variables, branch, Value::Text(key), &element)? {
                        break;
                    }
                }
                ran
            }
            Value::Int(kind, end) => {
                self.one_variable(&variables, &value)?;
                for number in 0..*end {
                    let typed = match &value {
                        Value::Object(object) => object.renumbered(number),
                        _ => None,
                    };
                    let element = Item::plain(typed.unwrap_or(Value::Int(*kind, number)));
                    if !self.iterate(&variables, branch, Value::Nil, &element)? {
                        break;
                    }
                }
                *end > 0
            }
            Value::Uint(kind, end) => {
                self.one_variable(&variables, &value)?;
                for number in 0..*end {
                    let element = Item::plain(Value::Uint(*kind, number));
                    if !self.iterate(&variables, branch, Value::Nil, &element)? {
                        break;
                    }
                }
                *end > 0
            }
            _ => {
                let shown = self.shown(&value)?;
                return Err(self.fail(format!("range can't iterate over {shown}")));
            }
        };
        if !ran && let Some(otherwise) = branch.otherwise {
            rhumb_value::stack::grow(|| self.block(dot, otherwise))?;
        }
        Ok(())
    }

    fn shown(&self, value: &Value) -> Eval<String> {
        let text = format::print_target(&copied(value.clone()))
            .map_err(|error| self.fail(error.message))?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn range_variables(&self, branch: &Branch) -> Variables {
        let pipe: &Pipe = self.unit.pipe(branch.pipe);
        match self.unit.variables(pipe) {
            [] => Variables { key: None, element: None },
            [element] => Variables { key: None, element: Some(element.slot) },
            [key, element, ..] => Variables { key: Some(key.slot), element: Some(element.slot) },
        }
    }

    fn one_variable(&self, variables: &Variables, value: &Value) -> Eval<()> {
        if variables.key.is_none() {
            return Ok(());
        }
        let shown = self.shown(value)?;
        Err(self.fail(format!("can't use {shown} to iterate over more than one variable")))
    }

    /// One round; false if it ended the loop.
    fn iterate(
        &mut self,
        variables: &Variables,
        branch: &'t Branch,
        key: Value,
        element: &Item,
    ) -> Eval<bool> {
        self.step()?;
        if let Some(slot) = variables.key {
            self.set_variable(slot, Item::plain(key));
        }
        if let Some(slot) = variables.element {
            self.set_variable(slot, element.clone());
        }
        let flow = self.block(element, branch.block)?;
        Ok(flow != Flow::Break)
    }
}
