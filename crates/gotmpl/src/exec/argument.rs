use rhumb_value::{Type, Value};

use super::pipeline::Arguments;
use super::{Eval, Exec, Holder, Item, Place};
use crate::ast::{Expression, ExpressionKind, Number};

impl<'t> Exec<'t> {
    /// An argument for a parameter of a type; without one, any value will do.
    pub(super) fn typed(
        &mut self,
        dot: &Item,
        kind: Option<&'static Type>,
        expression: &'t Expression,
    ) -> Eval<Item> {
        self.place = Place::Expression(expression);
        let Some(kind) = kind else { return self.argument(dot, expression) };
        match expression.kind {
            ExpressionKind::Nil => {
                if kind.can_be_nil() {
                    return Ok(Item::plain(Value::Nil));
                }
                Err(self.fail(format!("cannot assign nil to {kind}")))
            }
            ExpressionKind::Bool(_) | ExpressionKind::Number(_) | ExpressionKind::Text(_) => {
                self.constant(kind, expression).map(Item::plain)
            }
            _ => {
                let item = self.argument(dot, expression)?;
                self.validate(item, kind)
            }
        }
    }

    /// The value of an operand.
    pub(super) fn argument(&mut self, dot: &Item, expression: &'t Expression) -> Eval<Item> {
        match expression.kind {
            ExpressionKind::Dot => Ok(dot.clone()),
            ExpressionKind::Nil => Ok(Item::plain(Value::Nil)),
            ExpressionKind::Field(_)
            | ExpressionKind::Variable { .. }
            | ExpressionKind::Chain { .. } => self.fields(dot, expression, Arguments::NONE),
            ExpressionKind::Pipe(pipe) => {
                rhumb_value::stack::grow(|| self.pipeline(dot, pipe)).map(Item::plain)
            }
            ExpressionKind::Function(function) => {
                let place = Place::Expression(expression);
                self.place = place;
                self.call(dot, function, (expression.name(function), place), Arguments::NONE)
            }
            ExpressionKind::Bool(_) | ExpressionKind::Number(_) | ExpressionKind::Text(_) => {
                self.literal(expression).map(Item::plain)
            }
        }
    }

    /// A literal for a parameter of a type.
    fn constant(&mut self, kind: &Type, expression: &'t Expression) -> Eval<Value> {
        let unit = self.unit;
        let number = match expression.kind {
            ExpressionKind::Number(index) => Some(unit.number(index)),
            _ => None,
        };
        let (found, want): (Option<Value>, &str) = match kind.underlying() {
            Type::Interface => return self.literal(expression),
            Type::Bool => match expression.kind {
                ExpressionKind::Bool(truth) => (Some(Value::Bool(truth)), "bool"),
                _ => (None, "bool"),
            },
            Type::String => match expression.kind {
                ExpressionKind::Text(id) => {
                    (Some(Value::Text(unit.literal_text(id).clone())), "string")
                }
                _ => (None, "string"),
            },
            Type::Int(_) | Type::Uint(_) | Type::Float(_) | Type::Complex => numeric(kind, number),
            _ => {
                let shown = Place::Expression(expression).print(unit);
                return Err(self.fail(format!("can't handle {shown} for arg of type {kind}")));
            }
        };
        found.ok_or_else(|| {
            let shown = Place::Expression(expression).print(unit);
            self.fail(format!("expected {want}; found {shown}"))
        })
    }

    /// Makes sure that a value may be passed for a type.
    pub(super) fn validate(&self, item: Item, kind: &Type) -> Eval<Item> {
        let fits = match (&item.value, kind) {
            (Value::Text(_), Type::String) | (Value::Bool(_), Type::Bool) => true,
            (Value::Int(got, _), Type::Int(want)) => got == want,
            _ => false,
        };
        if fits {
            return Ok(item);
        }
        let Some(got) = item.value.kind() else {
            if item.holder == Holder::Interface {
                let message = "wrong type for value; expected";
                return Err(self.fail(format!("{message} {kind}; got interface {{}}")));
            }
            if kind.can_be_nil() {
                return Ok(item);
            }
            return Err(self.fail(format!("invalid value; expected {kind}")));
        };
        if got.assignable_to(kind) || is_pointer_to(got, *kind) {
            return Ok(item);
        }
        Err(self.fail(format!("wrong type for value; expected {kind}; got {got}")))
    }
}

/// Go takes a pointer where the value behind it is wanted.
fn is_pointer_to(got: Type, want: Type) -> bool {
    match (got, want) {
        (Type::Opaque(got), Type::Opaque(want)) => got.strip_prefix('*') == Some(want),
        _ => false,
    }
}

fn numeric(kind: &Type, number: Option<&Number>) -> (Option<Value>, &'static str) {
    match kind.underlying() {
        Type::Int(kind) => {
            let int = number.and_then(|number| number.int);
            (int.map(|int| Value::Int(kind, int)), "integer")
        }
        Type::Uint(kind) => {
            let uint = number.and_then(|number| number.uint);
            (uint.map(|uint| Value::Uint(kind, uint)), "unsigned integer")
        }
        Type::Float(kind) => {
            let float = number.and_then(|number| number.float);
            (float.map(|float| Value::Float(kind, float)), "float")
        }
        _ => {
            let complex = number.and_then(|number| number.complex);
            (complex.map(|(real, imaginary)| Value::Complex(real, imaginary)), "complex")
        }
    }
}
