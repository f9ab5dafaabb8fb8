//! Parsed templates: flat lists of nodes that name each other by number, so that neither parsing
//! nor dropping a deeply nested one uses the stack.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use bytes::Bytes;
use rhumb_value::{Text, Value, quote};

use crate::functions::Function;

/// An offset in a text, or the number of a node; texts are short enough.
pub(crate) fn position(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A run of nodes in one of a unit's lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Run {
    /// A run between two offsets or numbers of nodes, which the parser has made sure are small.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start: position(start), end: position(end) }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// All but the first.
    pub(crate) fn rest(self) -> Self {
        Self { start: self.end.min(self.start + 1), end: self.end }
    }
}

/// What one parse made: the nodes of a text and of all templates that it defines.
#[derive(Debug)]
pub(crate) struct Unit {
    /// The name that errors say.
    pub(crate) name: Rc<str>,
    pub(crate) text: Bytes,
    pub(crate) nodes: Nodes,
}

/// The nodes of a unit, a list for each kind.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    pub(crate) statements: Vec<Statement>,
    pub(crate) pipes: Vec<Pipe>,
    pub(crate) commands: Vec<Command>,
    pub(crate) expressions: Vec<Expression>,
    pub(crate) variables: Vec<Variable>,
    /// Field names, as runs of the text.
    pub(crate) names: Vec<Run>,
    pub(crate) numbers: Vec<Number>,
    pub(crate) literals: Vec<Literal>,
}

/// Statements one after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) position: u32,
    pub(crate) statements: Run,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Statement {
    /// Text as it is: a run of the unit's text.
    Text(Run),
    Action {
        position: u32,
        pipe: PipeId,
    },
    If(Branch),
    With(Branch),
    Range(Branch),
    Template {
        position: u32,
        name: LiteralId,
        pipe: Option<PipeId>,
    },
    Break {
        position: u32,
    },
    Continue {
        position: u32,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Branch {
    pub(crate) pipe: PipeId,
    pub(crate) block: Block,
    pub(crate) otherwise: Option<Block>,
}

/// The number of a pipeline in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PipeId(pub(crate) u32);

/// The number of an expression in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExpressionId(pub(crate) u32);

/// The number of a text literal in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LiteralId(pub(crate) u32);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Pipe {
    pub(crate) position: u32,
    pub(crate) is_assignment: bool,
    /// The variables that get the value.
    pub(crate) variables: Run,
    pub(crate) commands: Run,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Command {
    pub(crate) position: u32,
    /// Never empty.
    pub(crate) arguments: Run,
}

/// A variable that a pipeline declares or assigns to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    /// Its name in the text.
    pub(crate) name: Run,
    pub(crate) slot: Slot,
}

/// Where a variable lives while its template runs; the last number if it is nowhere declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(pub(crate) u32);

impl Slot {
    pub(crate) const ROOT: Self = Self(0);
    pub(crate) const NONE: Self = Self(u32::MAX);
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Expression {
    pub(crate) position: u32,
    pub(crate) kind: ExpressionKind,
}

// There are many of them.
const _: () = assert!(size_of::<Expression>() == 24, "expressions are small");

impl Expression {
    /// Where the name of the function stands that it calls.
    pub(crate) fn name(&self, function: Function) -> Run {
        let length = u32::try_from(function.name().len()).unwrap_or_default();
        Run { start: self.position, end: self.position + length }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ExpressionKind {
    Dot,
    Nil,
    Bool(bool),
    Number(u32),
    Text(LiteralId),
    /// `.a.b`
    Field(Run),
    /// `$x.a.b`: the name with its `$`, and then those of the fields.
    Variable {
        slot: Slot,
        names: Run,
    },
    /// A call; the name stands where the expression is.
    Function(Function),
    /// `(…)`
    Pipe(PipeId),
    /// `(…).a.b`
    Chain {
        inner: ExpressionId,
        fields: Run,
    },
}

/// A number, and which Go types it can be.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) text: Run,
    pub(crate) int: Option<i64>,
    pub(crate) uint: Option<u64>,
    pub(crate) float: Option<f64>,
    pub(crate) complex: Option<(f64, f64)>,
    /// What it is where no type is asked for; nothing if it overflows `int`.
    pub(crate) ideal: Option<Value>,
}

/// A text literal, with its quotes, and without them once someone has asked for that.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    pub(crate) quoted: Run,
    pub(crate) text: OnceCell<Text>,
}

/// A named template: a part of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) name: Rc<str>,
    pub(crate) unit: Rc<Unit>,
    pub(crate) body: Block,
    /// How many variables it has.
    pub(crate) slots: u32,
    /// Whether there is nothing in it but space and comments.
    pub(crate) is_empty: bool,
}

impl Nodes {
    /// Takes all nodes away, in lists that are as long as they have to be.
    pub(crate) fn take(&mut self) -> Self {
        Self {
            statements: taken(&mut self.statements),
            pipes: taken(&mut self.pipes),
            commands: taken(&mut self.commands),
            expressions: taken(&mut self.expressions),
            variables: taken(&mut self.variables),
            names: taken(&mut self.names),
            numbers: self.numbers.drain(..).collect(),
            literals: self.literals.drain(..).collect(),
        }
    }
}

fn taken<T: Copy>(list: &mut Vec<T>) -> Vec<T> {
    let taken = list.as_slice().to_vec();
    list.clear();
    taken
}

impl Unit {
    pub(crate) fn slice(&self, run: Run) -> &[u8] {
        self.text.get(run.range()).unwrap_or_default()
    }

    /// A part of the text that the lexer found to be a name.
    pub(crate) fn word(&self, run: Run) -> &str {
        str::from_utf8(self.slice(run)).unwrap_or_default()
    }

    pub(crate) fn statements(&self, block: Block) -> &[Statement] {
        self.nodes.statements.get(block.statements.range()).unwrap_or_default()
    }

    pub(crate) fn pipe(&self, id: PipeId) -> &Pipe {
        &self.nodes.pipes[id.0 as usize]
    }

    pub(crate) fn commands(&self, pipe: &Pipe) -> &[Command] {
        &self.nodes.commands[pipe.commands.range()]
    }

    pub(crate) fn variables(&self, pipe: &Pipe) -> &[Variable] {
        &self.nodes.variables[pipe.variables.range()]
    }

    pub(crate) fn arguments(&self, command: &Command) -> &[Expression] {
        &self.nodes.expressions[command.arguments.range()]
    }

    pub(crate) fn expression(&self, id: ExpressionId) -> &Expression {
        &self.nodes.expressions[id.0 as usize]
    }

    pub(crate) fn names(&self, run: Run) -> &[Run] {
        &self.nodes.names[run.range()]
    }

    pub(crate) fn number(&self, index: u32) -> &Number {
        &self.nodes.numbers[index as usize]
    }

    pub(crate) fn literal(&self, id: LiteralId) -> &Literal {
        &self.nodes.literals[id.0 as usize]
    }

    /// The text of a literal; names of templates are literals.
    pub(crate) fn literal_text(&self, id: LiteralId) -> &Text {
        let Literal { quoted, text } = self.literal(id);
        // The parser has made sure that it is one.
        text.get_or_init(|| unquote(self.slice(*quoted)).unwrap_or_else(|| Text::from("")))
    }
}

/// The text that a literal stands for, if it is well-formed.
pub(crate) fn unquote(quoted: &[u8]) -> Option<Text> {
    // Nearly all of them stand for themselves.
    if let [b'"', inner @ .., b'"'] = quoted
        && memchr::memchr(b'\\', inner).is_none()
        && let Ok(inner) = str::from_utf8(inner)
    {
        return Some(Text::from(inner));
    }
    quote::unquote(quoted).map(Text::from)
}
