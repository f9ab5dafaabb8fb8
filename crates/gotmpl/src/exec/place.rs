use rhumb_report::Span;

use crate::ast::{Block, Command, Expression, Pipe, Statement, Unit};
use crate::print::Printer;

/// A node that can be blamed for an error.
#[derive(Clone, Copy)]
pub(super) enum Place<'t> {
    Block(Block),
    Statement(&'t Statement),
    Pipe(&'t Pipe),
    Command(&'t Command),
    Expression(&'t Expression),
}

impl Place<'_> {
    fn position(self, unit: &Unit) -> usize {
        let position = match self {
            Self::Block(block) => block.position,
            Self::Pipe(pipe) => pipe.position,
            Self::Command(command) => command.position,
            Self::Expression(expression) => expression.position,
            Self::Statement(statement) => match statement {
                Statement::Text(run) => run.start,
                Statement::Action { position, .. }
                | Statement::Template { position, .. }
                | Statement::Break { position }
                | Statement::Continue { position } => *position,
                Statement::If(branch) | Statement::With(branch) | Statement::Range(branch) => {
                    unit.pipe(branch.pipe).position
                }
            },
        };
        (position as usize).min(unit.text.len())
    }

    /// The node as Go prints it.
    pub(super) fn print(self, unit: &Unit) -> String {
        let mut printer = Printer::new(unit);
        match self {
            Self::Block(block) => printer.block(block),
            Self::Statement(statement) => printer.statement(statement),
            Self::Pipe(pipe) => printer.pipe(pipe),
            Self::Command(command) => printer.command(command),
            Self::Expression(expression) => printer.expression(expression),
        }
        printer.finish()
    }

    /// Line and column as Go counts them, and the place in the text.
    pub(super) fn locate(self, unit: &Unit) -> (usize, usize, Span) {
        let position = self.position(unit);
        let before = &unit.text[..position];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let bytes = self.extent(unit, position);
        let span = Span { source: unit.name.as_ref().into(), bytes };
        (line, position - line_start, span)
    }

    /// The bytes of the node: Go's position of a chain of fields is inside it.
    fn extent(self, unit: &Unit, position: usize) -> std::ops::Range<usize> {
        let shown = self.print(unit);
        let shown = shown.as_bytes();
        let first = position.saturating_sub(shown.len());
        let starts = (first..=position).rev();
        let found = starts
            .take(1_000)
            .find(|start| unit.text[*start..].starts_with(shown) && !shown.is_empty());
        match found {
            Some(start) => start..start + shown.len(),
            None => position..position + word_length(&unit.text[position..]),
        }
    }
}

/// How many bytes there are before the next space or the end of an action, but one at least.
fn word_length(text: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"})|".contains(byte);
    text.iter().position(ends).unwrap_or(text.len()).max(1).min(text.len())
}
