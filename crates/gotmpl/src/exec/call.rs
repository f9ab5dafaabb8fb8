use std::rc::Rc;

use rhumb_value::{CallError, Object, Signature, Type, Value};

use super::pipeline::Arguments;
use super::{Eval, Exec, Holder, Item, Place};
use crate::Call;
use crate::ast::{Expression, Run};
use crate::builtin::{Boxed, Builtin};
use crate::functions::Function;

/// What is called.
pub(super) enum Callee {
    Function(Function),
    Method(Rc<dyn Object>, Signature),
}

impl Callee {
    /// How many arguments it takes, and whether it takes more.
    fn arity(&self) -> (usize, bool) {
        let signature = match self {
            Self::Function(Function::Builtin(builtin)) => return builtin.arity(),
            Self::Function(Function::Table(func)) => &func.signature,
            Self::Method(_, signature) => signature,
        };
        let count = signature.params.len();
        if signature.variadic { (count.saturating_sub(1), true) } else { (count, false) }
    }

    /// The type of a parameter; nothing where Go takes any value as it is.
    fn param(&self, index: usize) -> Option<Type> {
        let signature = match self {
            Self::Function(Function::Builtin(Builtin::Printf)) if index == 0 => {
                return Some(Type::String);
            }
            Self::Function(Function::Builtin(_)) => return None,
            Self::Function(Function::Table(func)) => &func.signature,
            Self::Method(_, signature) => signature,
        };
        let last = signature.params.len().checked_sub(1)?;
        let kind = *signature.params.get(index.min(last))?;
        (kind != Type::Interface).then_some(kind)
    }

    fn returns(&self) -> Type {
        match self {
            Self::Function(Function::Builtin(_)) => Type::Bool,
            Self::Function(Function::Table(func)) => func.signature.returns,
            Self::Method(_, signature) => signature.returns,
        }
    }
}

impl<'t> Exec<'t> {
    /// Calls a function by name.
    pub(super) fn call(
        &mut self,
        dot: &Item,
        function: Function,
        named: (Run, Place<'t>),
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        match function {
            Function::Builtin(builtin @ (Builtin::And | Builtin::Or)) => {
                self.short_circuit(dot, builtin, named.0, arguments)
            }
            Function::Builtin(Builtin::Call) => self.call_value(dot, named, arguments),
            function => self.invoke(dot, &Callee::Function(function), named, arguments),
        }
    }

    fn check_count(&self, callee: &Callee, name: Run, given: (usize, bool)) -> Eval<()> {
        let (written, piped) = given;
        let (want, variadic) = callee.arity();
        let got = written + usize::from(piped);
        let name = || self.unit.word(name);
        if variadic && got < want {
            let message = "wrong number of args for";
            let name = name();
            return Err(self.fail(format!("{message} {name}: want at least {want} got {written}")));
        }
        if !variadic && got != want {
            let name = name();
            return Err(
                self.fail(format!("wrong number of args for {name}: want {want} got {got}"))
            );
        }
        Ok(())
    }

    /// `and` and `or` evaluate their arguments until one decides.
    fn short_circuit(
        &mut self,
        dot: &Item,
        builtin: Builtin,
        name: Run,
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        let rest = arguments.expressions.get(1..).unwrap_or_default();
        let callee = Callee::Function(Function::Builtin(builtin));
        self.check_count(&callee, name, (rest.len(), arguments.last.is_some()))?;
        let decisive = builtin == Builtin::Or;
        let mut value = Value::Nil;
        for expression in rest {
            value = self.typed(dot, None, expression)?.value;
            if value.is_true() == decisive {
                return Ok(Item::plain(value));
            }
        }
        Ok(Item::plain(arguments.last.unwrap_or(value)))
    }

    /// `call`: there are no values that can be called.
    fn call_value(
        &mut self,
        dot: &Item,
        (name, place): (Run, Place<'t>),
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        let rest = arguments.expressions.get(1..).unwrap_or_default();
        let callee = Callee::Function(Function::Builtin(Builtin::Call));
        self.check_count(&callee, name, (rest.len(), arguments.last.is_some()))?;
        let mut values = Vec::with_capacity(rest.len() + 1);
        for expression in rest {
            values.push(self.typed(dot, None, expression)?.value);
        }
        let shown = match (rest.first(), &arguments.last) {
            (Some(first), _) => Place::Expression(first).print(self.unit),
            (None, Some(Value::Text(text))) => text.to_lossy().into_owned(),
            (None, last) => {
                let kind = last.as_ref().and_then(Value::kind);
                kind.map_or_else(|| "<invalid Value>".to_owned(), |kind| format!("<{kind} Value>"))
            }
        };
        values.extend(arguments.last);
        let kind = values.first().and_then(Value::kind);
        let message = match kind {
            None => "call of nil".to_owned(),
            Some(kind) => format!("non-function {shown} of type {kind}"),
        };
        self.place = place;
        Err(self.failed(self.unit.word(name), CallError::new(message)))
    }

    /// Evaluates the arguments and calls.
    pub(super) fn invoke(
        &mut self,
        dot: &Item,
        callee: &Callee,
        (name, place): (Run, Place<'t>),
        arguments: Arguments<'t>,
    ) -> Eval<Item> {
        self.step()?;
        let rest = arguments.expressions.get(1..).unwrap_or_default();
        self.check_count(callee, name, (rest.len(), arguments.last.is_some()))?;
        let start = self.arguments.len();
        let pushed = self.push_arguments(dot, callee, rest, arguments.last);
        let is_nil_interface = match pushed {
            Ok(is_nil_interface) => is_nil_interface,
            Err(error) => {
                self.arguments.truncate(start);
                return Err(error);
            }
        };
        let values = self.arguments.get(start..).unwrap_or_default();
        let result = match callee {
            Callee::Function(Function::Builtin(Builtin::Len)) if is_nil_interface => {
                Err(CallError::new("len of nil pointer"))
            }
            Callee::Function(Function::Builtin(builtin)) => builtin.call(values),
            Callee::Function(Function::Table(func)) => {
                (func.call)(&Call::inside(self.session, self.set), values)
            }
            Callee::Method(object, _) => object.call(self.unit.word(name), values),
        };
        self.arguments.truncate(start);
        match result {
            Ok(value) => Ok(Item::element(value, callee.returns() == Type::Interface)),
            Err(error) => {
                self.place = place;
                Err(self.failed(self.unit.word(name), error))
            }
        }
    }

    /// Pushes the arguments; says whether the last is a nil in an interface.
    fn push_arguments(
        &mut self,
        dot: &Item,
        callee: &Callee,
        expressions: &'t [Expression],
        last: Option<Value>,
    ) -> Eval<bool> {
        let mut is_nil_interface = false;
        for (index, expression) in expressions.iter().enumerate() {
            let item = self.typed(dot, callee.param(index), expression)?;
            is_nil_interface = matches!(item.value, Value::Nil) && !Self::is_nothing(&item);
            let is_hidden = index > 0
                && item.holder == Holder::Interface
                && matches!(callee, Callee::Function(Function::Builtin(Builtin::Slice)));
            let value = if is_hidden { Value::Object(Rc::new(Boxed)) } else { item.value };
            self.arguments.push(copied(value));
        }
        if let Some(last) = last {
            is_nil_interface = false;
            let item = Item::plain(last);
            let item = match callee.param(expressions.len()) {
                Some(kind) => self.validate(item, kind)?,
                None => item,
            };
            self.arguments.push(copied(item.value));
        }
        Ok(is_nil_interface)
    }

    /// The error of a function, at its call.
    #[cold]
    fn failed(&self, name: &str, error: CallError) -> Box<crate::error::ExecuteError> {
        let mut failed = self.fail(format!("error calling {name}: {}", error.message));
        failed.cause = error.cause;
        failed
    }
}

/// A value as a function gets it.
pub(super) fn copied(value: Value) -> Value {
    match &value {
        Value::Object(object) => object.copied().unwrap_or(value),
        _ => value,
    }
}
