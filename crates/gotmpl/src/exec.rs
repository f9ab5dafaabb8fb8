mod argument;
mod call;
mod field;
mod pipeline;
mod place;
mod range;

use std::rc::Rc;

use rhumb_value::{Text, Value, format};

use crate::ast::{Block, Branch, LiteralId, PipeId, Run, Slot, Statement, Template, Unit};
use crate::error::{Error, ExecuteError, Frame};
use crate::{Session, Set};
use place::Place;

/// How deeply templates may call each other, as in Go.
const MAX_DEPTH: usize = 100_000;

/// Bytes of a text after which room is made for the rest of its template at once.
const LONG_TEXT: usize = 1 << 12;

type Eval<T> = Result<T, Box<ExecuteError>>;

/// How Go holds a value, beyond what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// As itself; nil then is no value at all.
    Plain,
    /// In an `interface {}`, as the elements of most maps and lists are.
    Interface,
    /// Not at all: a variable whose declaration was not reached.
    Unset,
}

/// A value in the course of evaluation.
#[derive(Clone, Debug)]
struct Item {
    value: Value,
    holder: Holder,
}

impl Item {
    fn plain(value: Value) -> Self {
        Self { value, holder: Holder::Plain }
    }

    /// An element of a list or map.
    fn element(value: Value, is_interface: bool) -> Self {
        let holder = if is_interface { Holder::Interface } else { Holder::Plain };
        Self { value, holder }
    }
}

/// How a statement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Next,
    Break,
    Continue,
}

/// The lists that an execution fills, kept empty for the next one: templates are executed thousands
/// of times, each within another.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    out: Vec<u8>,
    variables: Vec<Item>,
    arguments: Vec<Value>,
}

impl Scratch {
    /// Bytes of output for which a kept list has room at most.
    const MAX_KEPT: usize = 1 << 20;

    /// Empties it; nothing if it is too large to be kept.
    fn emptied(mut self) -> Option<Self> {
        self.out.clear();
        self.variables.clear();
        self.arguments.clear();
        (self.out.capacity() <= Self::MAX_KEPT).then_some(self)
    }
}

/// One execution of a template, with those it calls by `template`.
struct Exec<'t> {
    session: &'t Session<'t>,
    set: &'t Set<'t>,
    /// The template that runs.
    template: &'t Template,
    unit: &'t Unit,
    /// The node that Go would blame for an error now.
    place: Place<'t>,
    out: Vec<u8>,
    /// How much of the output has been counted.
    counted: usize,
    /// The variables of all templates that run, those of the innermost from `base` on.
    variables: Vec<Item>,
    base: usize,
    /// Arguments of the calls that run.
    arguments: Vec<Value>,
    depth: usize,
}

/// Bytes from which a text is long.
pub(crate) const LONG: usize = 1 << 14;

/// Renders one template; `finish` may take its text away.
pub(crate) fn execute<T>(
    session: &Session<'_>,
    set: &Set<'_>,
    (template, dot): (&Template, Value),
    finish: impl FnOnce(&mut Vec<u8>) -> T,
) -> Result<T, Error> {
    let Scratch { mut out, variables, arguments } = session.take_scratch();
    let written = template.unit.text.len();
    if written >= LONG {
        // Most of what is long stands in the template as it is, and becomes a little longer.
        out.reserve(written + written / 8);
    }
    let mut exec = Exec {
        session,
        set,
        template,
        unit: &template.unit,
        place: Place::Block(template.body),
        out,
        counted: 0,
        variables,
        base: 0,
        arguments,
        depth: 0,
    };
    let dot = Item::plain(dot);
    exec.enter(template, &dot);
    let walked = rhumb_value::stack::grow(|| exec.block(&dot, template.body));
    walked.and_then(|_| exec.count()).map_err(Error::Execute)?;
    let Exec { mut out, variables, arguments, .. } = exec;
    let finished = finish(&mut out);
    if let Some(scratch) = (Scratch { out, variables, arguments }).emptied() {
        session.give_scratch(scratch);
    }
    Ok(finished)
}

impl<'t> Exec<'t> {
    /// Makes the variables of a template.
    fn enter(&mut self, template: &'t Template, dot: &Item) {
        self.base = self.variables.len();
        self.variables.push(dot.clone());
        let unset = Item { value: Value::Nil, holder: Holder::Unset };
        self.variables.resize(self.base + template.slots as usize, unset);
    }

    /// An error at the node that is being evaluated.
    #[cold]
    fn fail(&self, message: impl Into<String>) -> Box<ExecuteError> {
        let (line, column, span) = self.place.locate(self.unit);
        Box::new(ExecuteError {
            template: self.template.name.as_ref().to_owned(),
            line,
            column,
            snippet: self.place.print(self.unit),
            message: message.into(),
            span,
            callers: Vec::new(),
            unit: Rc::clone(&self.template.unit),
            cause: None,
        })
    }

    /// An error at one field of the chain that is being evaluated.
    #[cold]
    fn fail_at(&self, field: Run, message: String) -> Box<ExecuteError> {
        let mut error = self.fail(message);
        error.span.bytes = field.range();
        error
    }

    /// Counts the output since the last time.
    fn count(&mut self) -> Eval<()> {
        let bytes = self.out.len() - self.counted;
        self.counted = self.out.len();
        self.session.charge(bytes).map_err(|error| self.fail(error.message))
    }

    fn step(&mut self) -> Eval<()> {
        self.session.step(1).map_err(|error| self.fail(error.message))
    }

    fn variable(&self, slot: Slot) -> Option<&Item> {
        let item = self.variables.get(self.base.checked_add(slot.0 as usize)?)?;
        (item.holder != Holder::Unset).then_some(item)
    }

    fn set_variable(&mut self, slot: Slot, item: Item) -> bool {
        let index = self.base.saturating_add(slot.0 as usize);
        let Some(variable) = self.variables.get_mut(index) else { return false };
        *variable = item;
        true
    }

    fn block(&mut self, dot: &Item, block: Block) -> Eval<Flow> {
        let unit = self.unit;
        self.place = Place::Block(block);
        for statement in unit.statements(block) {
            let flow = match statement {
                Statement::Text(run) => {
                    let text = unit.slice(*run);
                    if text.len() > LONG_TEXT {
                        // Then most of what follows is text too.
                        self.out.reserve(unit.text.len() - run.range().start);
                    }
                    self.out.extend_from_slice(text);
                    continue;
                }
                Statement::Action { pipe, .. } => {
                    self.place = Place::Statement(statement);
                    self.action(dot, statement, *pipe)?;
                    continue;
                }
                Statement::If(branch) => {
                    self.place = Place::Statement(statement);
                    self.branch(dot, branch, false)?
                }
                Statement::With(branch) => {
                    self.place = Place::Statement(statement);
                    self.branch(dot, branch, true)?
                }
                Statement::Range(branch) => {
                    self.place = Place::Statement(statement);
                    self.range(dot, branch)?;
                    continue;
                }
                Statement::Template { name, pipe, .. } => {
                    self.place = Place::Statement(statement);
                    self.call_template(dot, *name, *pipe)?;
                    continue;
                }
                Statement::Break { .. } => Flow::Break,
                Statement::Continue { .. } => Flow::Continue,
            };
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn action(&mut self, dot: &Item, statement: &'t Statement, pipe: PipeId) -> Eval<()> {
        self.step()?;
        let value = self.pipeline(dot, pipe)?;
        if !self.unit.pipe(pipe).variables.is_empty() {
            return Ok(());
        }
        match &value {
            Value::Text(text) => self.out.extend_from_slice(text.as_bytes()),
            other => {
                self.place = Place::Statement(statement);
                self.session.note_value(other);
                format::append_indirect(&mut self.out, other)
                    .map_err(|error| self.fail(error.message))?;
            }
        }
        if self.out.len() - self.counted > 1 << 16 { self.count() } else { Ok(()) }
    }

    fn branch(&mut self, dot: &Item, branch: &'t Branch, is_with: bool) -> Eval<Flow> {
        self.step()?;
        let value = self.pipeline(dot, branch.pipe)?;
        if value.is_true() {
            let inner = is_with.then(|| Item::plain(value));
            let dot = inner.as_ref().unwrap_or(dot);
            return rhumb_value::stack::grow(|| self.block(dot, branch.block));
        }
        match branch.otherwise {
            Some(block) => rhumb_value::stack::grow(|| self.block(dot, block)),
            None => Ok(Flow::Next),
        }
    }

    fn call_template(&mut self, dot: &Item, name: LiteralId, pipe: Option<PipeId>) -> Eval<()> {
        self.step()?;
        let name = self.unit.literal_text(name).as_bytes();
        let set = self.set;
        let found = str::from_utf8(name).ok().and_then(|name| set.get(name));
        let Some(template) = found else {
            let name = rhumb_value::quote::quote(name);
            return Err(self.fail(format!("template {name} not defined")));
        };
        if self.depth >= MAX_DEPTH {
            return Err(self.fail(format!("exceeded maximum template depth ({MAX_DEPTH})")));
        }
        let statement = self.place;
        let value = match pipe {
            Some(pipe) => self.pipeline(dot, pipe)?,
            None => Value::Nil,
        };
        if let Some(text) = self.session.recall(set, template, &value) {
            let text = text.map_err(|error| self.fail(error.message))?;
            self.out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        let (begun, start) = (self.session.begin(), self.out.len());
        let dot = Item::plain(value);
        let outer = (self.template, self.unit, self.base, self.variables.len(), self.place);
        self.template = template;
        self.unit = &template.unit;
        self.depth += 1;
        self.enter(template, &dot);
        let walked = rhumb_value::stack::grow(|| self.block(&dot, template.body));
        let length;
        (self.template, self.unit, self.base, length, self.place) = outer;
        self.variables.truncate(length);
        self.depth -= 1;
        match walked {
            Ok(_) => {
                let made = &self.out[start..];
                let made = (made, || Text::from(made));
                self.session.remember(begun, set, (template, &dot.value), made);
                Ok(())
            }
            Err(error) => Err(self.called_from(error, statement)),
        }
    }

    /// Notes which `template` action led to an error.
    #[cold]
    fn called_from(&self, mut error: Box<ExecuteError>, place: Place<'t>) -> Box<ExecuteError> {
        const MAX_CALLERS: usize = 100;
        if error.callers.len() < MAX_CALLERS {
            let (_, _, span) = place.locate(self.unit);
            let template = self.template.name.as_ref().to_owned();
            let unit = Rc::clone(&self.template.unit);
            error.callers.insert(0, Frame { template, span, unit });
        }
        error
    }
}
