use std::cell::Cell;

use crate::ast::{Command, Expression, Nodes, Run, Slot, Statement};

/// Expressions for which kept lists have room at most.
const MAX_KEPT: usize = 1 << 14;

thread_local! {
    static KEPT: Cell<Option<Box<Lists>>> = const { Cell::new(None) };
}

/// What a parser fills. A chart has many short templates, so the lists are used again and again.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) nodes: Nodes,
    /// Statements of blocks that are not complete, each within the other.
    pub(super) statements: Vec<Statement>,
    /// Expressions and commands of runs that were set aside.
    pub(super) expressions: Vec<Expression>,
    pub(super) commands: Vec<Command>,
    /// Names of variables that are being declared or assigned to.
    pub(super) variables: Vec<Run>,
    /// Names that Go's parser lets be used from here on, of all scopes.
    pub(super) known: Vec<Run>,
    /// Variables that exist here when it runs, of all scopes.
    pub(super) declared: Vec<(Run, Slot)>,
}

impl Lists {
    /// Empty lists, with the room that they needed before.
    pub(super) fn used() -> Box<Self> {
        KEPT.take().unwrap_or_default()
    }

    /// Keeps the lists for the next parser; the nodes were taken away.
    pub(super) fn keep(mut self: Box<Self>) {
        let Self { nodes: _, statements, expressions, commands, variables, known, declared } =
            &mut *self;
        statements.clear();
        expressions.clear();
        commands.clear();
        variables.clear();
        known.clear();
        declared.clear();
        if self.nodes.expressions.capacity() <= MAX_KEPT {
            KEPT.set(Some(self));
        }
    }
}

/// A run of nodes that is being made: the end of a list, until something comes between its nodes
/// that has nodes of its own. From then on it is the end of a list of those set aside.
#[derive(Clone, Copy, Default)]
pub(super) struct Open {
    start: usize,
    is_aside: bool,
}

impl Open {
    /// A run that begins at the end of a list.
    pub(super) fn at_end<T>(list: &[T]) -> Self {
        Self { start: list.len(), is_aside: false }
    }

    pub(super) fn push<T>(self, node: T, list: &mut Vec<T>, aside: &mut Vec<T>) {
        if self.is_aside { aside.push(node) } else { list.push(node) }
    }

    /// Makes way for nodes that do not belong to the run.
    pub(super) fn set_aside<T>(&mut self, list: &mut Vec<T>, aside: &mut Vec<T>) {
        if !self.is_aside {
            let start = aside.len();
            aside.extend(list.drain(self.start..));
            *self = Self { start, is_aside: true };
        }
    }

    /// Ends the run, in the list.
    pub(super) fn close<T: Copy>(self, list: &mut Vec<T>, aside: &mut Vec<T>) -> Run {
        if self.is_aside {
            return settle(aside, self.start, list);
        }
        Run::new(self.start, list.len())
    }
}

/// Moves the elements that came after `mark` to the end of a list.
pub(super) fn settle<T: Copy>(elements: &mut Vec<T>, mark: usize, list: &mut Vec<T>) -> Run {
    let start = list.len();
    list.extend_from_slice(&elements[mark..]);
    elements.truncate(mark);
    Run::new(start, list.len())
}
