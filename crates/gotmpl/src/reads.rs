//! What templates read of their dots, found without running them.
//!
//! The walk goes through all branches and into the templates that are called, and keeps for each
//! variable which values it may be. What functions do is told by a [`Meanings`].

mod known;

use std::collections::BTreeSet;
use std::rc::Rc;

use bytes::Bytes;
use rhumb_report::Span;

use crate::ast::{
    Block, Branch, Command, Expression, ExpressionKind, LiteralId, PipeId, Run, Slot, Statement,
    Template, Unit,
};
use crate::{Parsed, Set};
pub use known::{Known, Path, Step};

/// Templates deeper within each other than this are not looked at.
const MAX_DEPTH: usize = 60;
/// Nodes that one walk looks at.
const MAX_NODES: usize = 200_000;

/// Something that a template reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// The way to it.
    pub path: Path,
    /// The place; its source is the name under which the template was parsed.
    pub source: Rc<str>,
    /// The bytes there.
    pub bytes: (usize, usize),
}

impl Reading {
    /// The place as a span.
    pub fn span(&self) -> Span {
        Span { source: (&*self.source).into(), bytes: self.bytes.0..self.bytes.1 }
    }
}

/// What a call of a function does.
#[derive(Clone, Debug)]
pub enum Meaning {
    /// It gives this value, if it is one that is known.
    Gives(Known),
    /// It reads this, and gives it.
    Reads(Known),
    /// It renders a template of the set.
    Template(String, Known),
    /// It renders a text.
    Text(Known, Known),
}

/// What functions do, as far as that is known.
pub trait Meanings {
    /// What a function does with these arguments.
    fn call(&self, function: &str, arguments: &[Known]) -> Meaning;

    /// The texts that a value may be, or may have in it, each with its place.
    fn texts(&self, value: &Known) -> Vec<(String, Option<Span>)>;
}

/// Gathers what templates read.
pub struct Reader<'r> {
    set: &'r Set<'r>,
    meanings: &'r dyn Meanings,
    readings: BTreeSet<Reading>,
    /// Templates that have been looked at, with their dots.
    seen: BTreeSet<(Rc<str>, Known)>,
    /// Where the text comes from that is looked at, if it is a value.
    origin: Option<Span>,
    depth: usize,
    nodes: usize,
}

/// One template on the way.
struct Frame<'t> {
    unit: &'t Unit,
    variables: Vec<Known>,
}

impl<'r> Reader<'r> {
    /// A reader that has looked at nothing yet.
    pub fn new(set: &'r Set<'r>, meanings: &'r dyn Meanings) -> Self {
        let (readings, seen) = (BTreeSet::new(), BTreeSet::new());
        Self { set, meanings, readings, seen, origin: None, depth: 0, nodes: 0 }
    }

    /// Looks at a template of the set.
    pub fn template(&mut self, name: &str, dot: &Known) {
        if let Some(template) = self.set.get(name) {
            self.walk(template, dot);
        }
    }

    /// Whether a template has been looked at, with whatever dot.
    pub fn has_seen(&self, name: &str) -> bool {
        self.seen.iter().any(|(seen, _)| **seen == *name)
    }

    /// What has been found.
    pub fn readings(self) -> BTreeSet<Reading> {
        self.readings
    }

    fn walk(&mut self, template: &Template, dot: &Known) {
        let key = (Rc::clone(&template.name), dot.clone());
        if self.depth >= MAX_DEPTH || self.nodes >= MAX_NODES || !self.seen.insert(key) {
            return;
        }
        self.depth += 1;
        let mut variables = vec![Known::default(); (template.slots as usize).max(1)];
        variables[0] = dot.clone();
        let mut frame = Frame { unit: &template.unit, variables };
        rhumb_value::stack::grow(|| self.block(&mut frame, dot, template.body));
        self.depth -= 1;
    }

    /// Looks at values that are templates themselves; a text that stands in the call has its place.
    fn text(&mut self, text: &Known, dot: &Known, call: &Span) {
        for (text, origin) in self.meanings.texts(text) {
            let parsed = Parsed::new("tpl", &Bytes::from(text), self.set.functions());
            let Ok(parsed) = parsed else { continue };
            let origin = origin.or_else(|| self.origin.clone()).unwrap_or_else(|| call.clone());
            let outer = self.origin.replace(origin);
            if let Some(template) = parsed.last() {
                // Other texts have the same name.
                self.seen.retain(|(name, _)| **name != *template.name);
                self.walk(template, dot);
            }
            self.origin = outer;
        }
    }

    fn block(&mut self, frame: &mut Frame<'_>, dot: &Known, block: Block) {
        let unit = frame.unit;
        for statement in unit.statements(block) {
            match statement {
                Statement::Text(_) | Statement::Break { .. } | Statement::Continue { .. } => {}
                Statement::Action { pipe, .. } => {
                    self.pipe(frame, dot, *pipe);
                }
                Statement::If(branch) => {
                    self.pipe(frame, dot, branch.pipe);
                    self.branches(frame, dot, dot, branch);
                }
                Statement::With(branch) => {
                    let inner = self.pipe(frame, dot, branch.pipe);
                    self.branches(frame, &inner, dot, branch);
                }
                Statement::Range(branch) => self.range(frame, dot, branch),
                Statement::Template { name, pipe, .. } => {
                    let inner = pipe.map(|pipe| self.pipe(frame, dot, pipe));
                    self.call_template(unit, *name, &inner.unwrap_or_default());
                }
            }
        }
    }

    fn call_template(&mut self, unit: &Unit, name: LiteralId, dot: &Known) {
        self.template(&unit.literal_text(name).to_lossy(), dot);
    }

    fn branches(&mut self, frame: &mut Frame<'_>, dot: &Known, other: &Known, branch: &Branch) {
        rhumb_value::stack::grow(|| self.block(frame, dot, branch.block));
        if let Some(block) = branch.otherwise {
            rhumb_value::stack::grow(|| self.block(frame, other, block));
        }
    }

    fn range(&mut self, frame: &mut Frame<'_>, dot: &Known, branch: &Branch) {
        let unit = frame.unit;
        let pipe = unit.pipe(branch.pipe);
        let element = self.commands(frame, dot, branch.pipe).element();
        if let Some(variable) = unit.variables(pipe).last() {
            frame.assign(variable.slot, element.clone(), pipe.is_assignment);
        }
        self.branches(frame, &element, dot, branch);
    }

    fn pipe(&mut self, frame: &mut Frame<'_>, dot: &Known, id: PipeId) -> Known {
        let value = self.commands(frame, dot, id);
        let pipe = frame.unit.pipe(id);
        for variable in frame.unit.variables(pipe) {
            frame.assign(variable.slot, value.clone(), pipe.is_assignment);
        }
        value
    }

    fn commands(&mut self, frame: &mut Frame<'_>, dot: &Known, id: PipeId) -> Known {
        let mut value = None;
        for command in frame.unit.commands(frame.unit.pipe(id)) {
            value = Some(self.command(frame, dot, command, value));
        }
        value.unwrap_or_default()
    }

    fn command(
        &mut self,
        frame: &mut Frame<'_>,
        dot: &Known,
        command: &Command,
        last: Option<Known>,
    ) -> Known {
        let unit = frame.unit;
        let Some((first, rest)) = unit.arguments(command).split_first() else {
            return Known::default();
        };
        let ExpressionKind::Function(function) = first.kind else {
            for argument in rest {
                self.expression(frame, dot, argument);
            }
            return self.expression(frame, dot, first);
        };
        let mut arguments: Vec<Known> =
            rest.iter().map(|argument| self.expression(frame, dot, argument)).collect();
        arguments.extend(last);
        let name = first.name(function);
        match self.meanings.call(function.name(), &arguments) {
            Meaning::Gives(known) => known,
            Meaning::Reads(known) => {
                self.record(unit, &known, first.position, command_end(unit, rest, name));
                known
            }
            Meaning::Template(name, dot) => {
                self.template(&name, &dot);
                Known::default()
            }
            Meaning::Text(text, dot) => {
                let bytes = first.position as usize..command_end(unit, rest, name) as usize;
                self.text(&text, &dot, &Span { source: (&*unit.name).into(), bytes });
                Known::default()
            }
        }
    }

    fn expression(&mut self, frame: &mut Frame<'_>, dot: &Known, expression: &Expression) -> Known {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Known::default();
        }
        let unit = frame.unit;
        match expression.kind {
            ExpressionKind::Nil | ExpressionKind::Bool(_) => Known::default(),
            ExpressionKind::Number(index) => {
                Known::key(String::from_utf8_lossy(unit.slice(unit.number(index).text)).as_ref())
            }
            ExpressionKind::Text(id) => Known::key(&unit.literal_text(id).to_lossy()),
            ExpressionKind::Dot => dot.clone(),
            ExpressionKind::Field(fields) => self.fields(unit, expression, dot, fields),
            ExpressionKind::Variable { slot, names } => {
                let value = frame.variables.get(slot.0 as usize).cloned().unwrap_or_default();
                self.fields(unit, expression, &value, names.rest())
            }
            ExpressionKind::Pipe(pipe) => rhumb_value::stack::grow(|| self.pipe(frame, dot, pipe)),
            ExpressionKind::Chain { inner, fields } => {
                let inner = *unit.expression(inner);
                let value = rhumb_value::stack::grow(|| self.expression(frame, dot, &inner));
                self.fields(unit, expression, &value, fields)
            }
            ExpressionKind::Function(function) => match self.meanings.call(function.name(), &[]) {
                Meaning::Gives(known) | Meaning::Reads(known) => known,
                Meaning::Template(..) | Meaning::Text(..) => Known::default(),
            },
        }
    }

    fn fields(&mut self, unit: &Unit, whole: &Expression, value: &Known, fields: Run) -> Known {
        let names = unit.names(fields);
        let found = names.iter().fold(value.clone(), |value, name| value.field(unit.word(*name)));
        if let Some(last) = names.last() {
            // Go's place of a chain is behind what it starts with.
            let start = names.first().map_or(whole.position, |first| first.start.saturating_sub(1));
            self.record(unit, &found, start.min(whole.position), last.end);
        }
        found
    }

    fn record(&mut self, unit: &Unit, known: &Known, start: u32, end: u32) {
        for path in known.paths().iter().filter(|path| !path.is_empty()) {
            let (source, bytes) = match &self.origin {
                Some(span) => (Rc::from(&*span.source), (span.bytes.start, span.bytes.end)),
                None => (Rc::clone(&unit.name), (start as usize, end as usize)),
            };
            self.readings.insert(Reading { path: path.clone(), source, bytes });
        }
    }
}

impl Frame<'_> {
    /// Gives a variable a value; by `=` it may still have the one before.
    fn assign(&mut self, slot: Slot, value: Known, is_assignment: bool) {
        let Some(variable) = self.variables.get_mut(slot.0 as usize) else { return };
        *variable = if is_assignment { variable.clone().or(value) } else { value };
    }
}

/// Where a command ends, as far as its last argument tells.
fn command_end(unit: &Unit, arguments: &[Expression], function: Run) -> u32 {
    arguments.last().map_or(function.end, |last| end_of(unit, last))
}

/// Where an expression ends, as far as its names tell.
fn end_of(unit: &Unit, expression: &Expression) -> u32 {
    match expression.kind {
        ExpressionKind::Field(fields) | ExpressionKind::Chain { fields, .. } => {
            unit.names(fields).last().map_or(expression.position, |name| name.end)
        }
        ExpressionKind::Variable { names, .. } if !names.rest().is_empty() => {
            unit.names(names).last().map_or(expression.position, |name| name.end)
        }
        ExpressionKind::Text(id) => unit.literal(id).quoted.end,
        ExpressionKind::Number(index) => unit.number(index).text.end,
        _ => expression.position + 1,
    }
}
