use rhumb_value::Value;

use super::{Eval, Exec, Holder, Item, Place};
use crate::ast::{Command, Expression, ExpressionKind, PipeId, Run, Slot};

/// The arguments of a command: its expressions, the first of which is what is called, and the value
/// that the pipeline brings.
pub(super) struct Arguments<'t> {
    pub(super) expressions: &'t [Expression],
    pub(super) last: Option<Value>,
}

impl Arguments<'_> {
    /// None at all.
    pub(super) const NONE: Self = Self { expressions: &[], last: None };

    /// Whether there is anything beside what is called.
    pub(super) fn any(&self) -> bool {
        self.expressions.len() > 1 || self.last.is_some()
    }
}

impl<'t> Exec<'t> {
    /// The value of a pipeline, which is never held in an interface.
    pub(super) fn pipeline(&mut self, dot: &Item, id: PipeId) -> Eval<Value> {
        let unit = self.unit;
        let pipe = unit.pipe(id);
        self.place = Place::Pipe(pipe);
        let Some((first, rest)) = unit.commands(pipe).split_first() else { return Ok(Value::Nil) };
        let mut value = self.command(dot, first, None)?.value;
        for command in rest {
            value = self.command(dot, command, Some(value))?.value;
        }
        for variable in unit.variables(pipe) {
            if !self.set_variable(variable.slot, Item::plain(value.clone())) {
                let name = unit.word(variable.name);
                return Err(self.fail(format!("undefined variable: {name}")));
            }
        }
        Ok(value)
    }

    fn command(&mut self, dot: &Item, command: &'t Command, last: Option<Value>) -> Eval<Item> {
        let expressions = self.unit.arguments(command);
        let Some(first) = expressions.first() else { return Ok(Item::plain(Value::Nil)) };
        let arguments = Arguments { expressions, last };
        match first.kind {
            ExpressionKind::Function(function) => {
                self.place = Place::Expression(first);
                let named = (first.name(function), Place::Command(command));
                return self.call(dot, function, named, arguments);
            }
            ExpressionKind::Pipe(pipe) => {
                self.no_arguments(first, &arguments)?;
                return rhumb_value::stack::grow(|| self.pipeline(dot, pipe)).map(Item::plain);
            }
            ExpressionKind::Field(_)
            | ExpressionKind::Chain { .. }
            | ExpressionKind::Variable { .. } => return self.fields(dot, first, arguments),
            _ => {}
        }
        self.place = Place::Expression(first);
        self.no_arguments(first, &arguments)?;
        match first.kind {
            ExpressionKind::Dot => Ok(dot.clone()),
            ExpressionKind::Nil => Err(self.fail("nil is not a command")),
            _ => self.literal(first).map(Item::plain),
        }
    }

    /// What is no function cannot have arguments.
    fn no_arguments(&self, first: &'t Expression, arguments: &Arguments<'t>) -> Eval<()> {
        if !arguments.any() {
            return Ok(());
        }
        let first = Place::Expression(first).print(self.unit);
        Err(self.fail(format!("can't give argument to non-function {first}")))
    }

    /// The value of a literal where no type is asked for.
    pub(super) fn literal(&mut self, expression: &'t Expression) -> Eval<Value> {
        self.place = Place::Expression(expression);
        Ok(match expression.kind {
            ExpressionKind::Bool(truth) => Value::Bool(truth),
            ExpressionKind::Text(id) => Value::Text(self.unit.literal_text(id).clone()),
            ExpressionKind::Number(index) => {
                let number = self.unit.number(index);
                number.ideal.clone().ok_or_else(|| {
                    let text = String::from_utf8_lossy(self.unit.slice(number.text));
                    self.fail(format!("{text} overflows int"))
                })?
            }
            _ => Value::Nil,
        })
    }

    /// A field, variable or chain, with the arguments of a method.
    pub(super) fn fields(
        &mut self,
        dot: &Item,
        expression: &'t Expression,
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        self.place = Place::Expression(expression);
        let unit = self.unit;
        let mut found: Option<Item> = None;
        let fields: Run = match expression.kind {
            ExpressionKind::Variable { slot, names } => {
                let item = self.variable_named(slot, names)?.clone();
                let fields = names.rest();
                if fields.is_empty() {
                    self.no_arguments(expression, &arguments)?;
                    return Ok(item);
                }
                found = Some(item);
                fields
            }
            ExpressionKind::Chain { inner, fields } => {
                let inner = unit.expression(inner);
                if matches!(inner.kind, ExpressionKind::Nil) {
                    let chain = self.place.print(unit);
                    return Err(self.fail(format!("indirection through explicit nil in {chain}")));
                }
                // The pipeline in front does not get the arguments.
                found = Some(self.typed(dot, None, inner)?);
                fields
            }
            ExpressionKind::Field(fields) => fields,
            _ => Run::default(),
        };
        let place = Place::Expression(expression);
        let mut names = unit.names(fields);
        // A method would get the arguments.
        let methods = usize::from(arguments.any()).min(names.len());
        let plain = &names[..names.len() - methods];
        let from = &found.as_ref().unwrap_or(dot).value;
        let mut below = Item::element(Value::Nil, true);
        let left = self.descend(from, plain, &mut below.value);
        if left < plain.len() {
            if left + methods == 0 {
                return Ok(below);
            }
            found = Some(below);
            names = &names[plain.len() - left..];
        }
        if let Some((last, path)) = names.split_last() {
            for name in path {
                let receiver = found.as_ref().unwrap_or(dot);
                found = Some(self.field(dot, receiver, (*name, place), Arguments::NONE)?);
            }
            let receiver = found.as_ref().unwrap_or(dot);
            return self.field(dot, receiver, (*last, place), arguments);
        }
        Ok(found.unwrap_or_else(|| dot.clone()))
    }

    fn variable_named(&self, slot: Slot, names: Run) -> Eval<&Item> {
        self.variable(slot).ok_or_else(|| {
            let name = self.unit.names(names).first().map_or("", |name| self.unit.word(*name));
            self.fail(format!("undefined variable: {name}"))
        })
    }

    /// The dot as an argument sees it.
    pub(super) fn is_nothing(item: &Item) -> bool {
        matches!(item.value, Value::Nil) && item.holder == Holder::Plain
    }
}
