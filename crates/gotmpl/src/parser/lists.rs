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
    /// Expressions of commands that were set aside, and commands of their pipelines.
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
