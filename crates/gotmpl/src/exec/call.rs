use std::rc::Rc;

use rhumb_value::{CallError, Object, Signature, Type, Value};

use super::pipeline::Arguments;
use super::{Eval, Exec, Holder, Item, Place};
use crate::ast::{Expression, ExpressionKind, Run};
use crate::builtin::{Boxed, Builtin};
use crate::functions::Function;
use crate::{Call, Func};

/// What is called, and what it takes.
pub(super) struct Callee {
    target: Target,
    /// The types of its parameters; what is not there takes any value as it is.
    params: &'static [Type],
    /// How many arguments it takes, and whether it takes more.
    arity: (usize, bool),
    gives_any: bool,
}

enum Target {
    Builtin(Builtin),
    Table(&'static Func),
    Method(Rc<dyn Object>),
}

impl Callee {
    fn builtin(builtin: Builtin) -> Self {
        const FORMAT: &[Type] = &[Type::String, Type::Interface];
        let params = if builtin == Builtin::Printf { FORMAT } else { &[] };
        Self { target: Target::Builtin(builtin), params, arity: builtin.arity(), gives_any: false }
    }

    fn table(func: &'static Func) -> Self {
        Self::typed(Target::Table(func), &func.signature)
    }

    /// A method of an object.
    pub(super) fn method(object: Rc<dyn Object>, signature: &Signature) -> Self {
        Self::typed(Target::Method(object), signature)
    }

    fn typed(target: Target, signature: &Signature) -> Self {
        let Signature { params, variadic, returns } = *signature;
        let arity = (params.len().saturating_sub(usize::from(variadic)), variadic);
        Self { target, params, arity, gives_any: matches!(returns, Type::Interface) }
    }

    /// The type of a parameter; nothing where any value will do.
    fn param(&self, index: usize) -> Option<&'static Type> {
        let kind = self.params.get(index).or(self.params.last())?;
        (!matches!(kind, Type::Interface)).then_some(kind)
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
        let callee = match function {
            Function::Builtin(builtin @ (Builtin::And | Builtin::Or)) => {
                return self.short_circuit(dot, builtin, named.0, arguments);
            }
            Function::Builtin(Builtin::Call) => return self.call_value(dot, named, arguments),
            Function::Builtin(builtin) => Callee::builtin(builtin),
            Function::Table(func) => Callee::table(func),
        };
        self.invoke(dot, &callee, named, arguments)
    }

    pub(super) fn check_count(
        &self,
        arity: (usize, bool),
        name: Run,
        given: (usize, bool),
    ) -> Eval<()> {
        let (written, piped) = given;
        let (want, variadic) = arity;
        let got = written + usize::from(piped);
        if got == want || variadic && got > want {
            return Ok(());
        }
        let name = self.unit.word(name);
        let message = "wrong number of args for";
        Err(self.fail(if variadic {
            format!("{message} {name}: want at least {want} got {written}")
        } else {
            format!("{message} {name}: want {want} got {got}")
        }))
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
        self.check_count(builtin.arity(), name, (rest.len(), arguments.last.is_some()))?;
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
        self.check_count(Builtin::Call.arity(), name, (rest.len(), arguments.last.is_some()))?;
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
        self.check_count(callee.arity, name, (rest.len(), arguments.last.is_some()))?;
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
        let result = match &callee.target {
            Target::Builtin(Builtin::Len) if is_nil_interface => {
                Err(CallError::new("len of nil pointer"))
            }
            Target::Builtin(builtin) => builtin.call(values),
            Target::Table(func) => (func.call)(&Call::inside(self.session, self.set), values),
            Target::Method(object) => {
                let method = self.unit.word(name);
                if object.is_changed_by(method) {
                    self.session.note_change();
                }
                object.call(method, values)
            }
        };
        self.arguments.truncate(start);
        match result {
            Ok(value) => Ok(Item::element(value, callee.gives_any)),
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
            let kind = callee.param(index);
            if let (None | Some(Type::String), ExpressionKind::Text(id)) = (kind, expression.kind) {
                // The argument that a pipeline brings is blamed at the last one before it.
                self.place = Place::Expression(expression);
                is_nil_interface = false;
                self.arguments.push(Value::Text(self.unit.literal_text(id).clone()));
                continue;
            }
            let item = self.typed(dot, kind, expression)?;
            is_nil_interface = matches!(item.value, Value::Nil) && !Self::is_nothing(&item);
            let is_hidden = index > 0
                && item.holder == Holder::Interface
                && matches!(callee.target, Target::Builtin(Builtin::Slice));
            let value = if is_hidden { Value::Object(Rc::new(Boxed)) } else { item.value };
            self.push_argument(callee, value);
        }
        if let Some(last) = last {
            is_nil_interface = false;
            let item = Item::plain(last);
            let item = match callee.param(expressions.len()) {
                Some(kind) => self.validate(item, kind)?,
                None => item,
            };
            self.push_argument(callee, item.value);
        }
        Ok(is_nil_interface)
    }

    fn push_argument(&mut self, callee: &Callee, value: Value) {
        if let Value::Map(map) = &value
            && map.is_named()
            && !matches!(callee.target, Target::Table(func) if self.session.is_runner(func.name))
        {
            self.session.note_value(&value);
        }
        // What `index` without indices returns is the very thing.
        let is_index = matches!(callee.target, Target::Builtin(Builtin::Index));
        self.arguments.push(if is_index { value } else { copied(value) });
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
