//! Nodes as text: what errors show of them.

use rhumb_value::quote;

use crate::ast::{
    Block, Branch, Command, Expression, ExpressionKind, Pipe, PipeId, Run, Statement, Unit,
};

/// How many bytes of a node are printed: a hostile template must not make its error huge.
const MAX_BYTES: usize = 1 << 20;

/// Writes nodes of one unit.
pub(crate) struct Printer<'u> {
    unit: &'u Unit,
    out: Vec<u8>,
}

impl<'u> Printer<'u> {
    pub(crate) fn new(unit: &'u Unit) -> Self {
        Self { unit, out: Vec::new() }
    }

    pub(crate) fn finish(self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    fn write(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn slice(&mut self, run: Run) {
        if self.out.len() < MAX_BYTES {
            self.out.extend_from_slice(self.unit.slice(run));
        }
    }

    pub(crate) fn block(&mut self, block: Block) {
        for statement in self.unit.statements(block) {
            self.statement(statement);
        }
    }

    pub(crate) fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Text(run) => self.slice(*run),
            Statement::Action { pipe, .. } => {
                self.write("{{");
                self.pipe_id(*pipe);
                self.write("}}");
            }
            Statement::If(branch) => self.branch("if", branch),
            Statement::With(branch) => self.branch("with", branch),
            Statement::Range(branch) => self.branch("range", branch),
            Statement::Template { name, pipe, .. } => {
                self.write("{{template ");
                let name = quote::quote(self.unit.literal_text(*name).as_bytes());
                self.write(&name);
                if let Some(pipe) = pipe {
                    self.write(" ");
                    self.pipe_id(*pipe);
                }
                self.write("}}");
            }
            Statement::Break { .. } => self.write("{{break}}"),
            Statement::Continue { .. } => self.write("{{continue}}"),
        }
    }

    fn branch(&mut self, word: &str, branch: &Branch) {
        self.write("{{");
        self.write(word);
        self.write(" ");
        self.pipe_id(branch.pipe);
        self.write("}}");
        rhumb_value::stack::grow(|| self.block(branch.block));
        if let Some(otherwise) = branch.otherwise {
            self.write("{{else}}");
            rhumb_value::stack::grow(|| self.block(otherwise));
        }
        self.write("{{end}}");
    }

    fn pipe_id(&mut self, id: PipeId) {
        let unit = self.unit;
        self.pipe(unit.pipe(id));
    }

    pub(crate) fn pipe(&mut self, pipe: &Pipe) {
        let unit = self.unit;
        for (index, variable) in unit.variables(pipe).iter().enumerate() {
            if index > 0 {
                self.write(", ");
            }
            self.slice(variable.name);
        }
        if !pipe.variables.is_empty() {
            self.write(if pipe.is_assignment { " = " } else { " := " });
        }
        for (index, command) in unit.commands(pipe).iter().enumerate() {
            if index > 0 {
                self.write(" | ");
            }
            self.command(command);
        }
    }

    pub(crate) fn command(&mut self, command: &Command) {
        let unit = self.unit;
        for (index, argument) in unit.arguments(command).iter().enumerate() {
            if index > 0 {
                self.write(" ");
            }
            self.operand(argument);
        }
    }

    /// An expression, in parentheses if it is a pipeline.
    fn operand(&mut self, expression: &Expression) {
        if let ExpressionKind::Pipe(pipe) = expression.kind {
            self.write("(");
            rhumb_value::stack::grow(|| self.pipe_id(pipe));
            self.write(")");
        } else {
            self.expression(expression);
        }
    }

    pub(crate) fn expression(&mut self, expression: &Expression) {
        let unit = self.unit;
        match expression.kind {
            ExpressionKind::Dot => self.write("."),
            ExpressionKind::Nil => self.write("nil"),
            ExpressionKind::Bool(truth) => self.write(if truth { "true" } else { "false" }),
            ExpressionKind::Number(index) => self.slice(unit.number(index).text),
            ExpressionKind::Text(id) => self.slice(unit.literal(id).quoted),
            ExpressionKind::Field(fields) => self.fields(fields),
            ExpressionKind::Variable { names, .. } => {
                if let Some(name) = unit.names(names).first() {
                    self.slice(*name);
                }
                self.fields(names.rest());
            }
            ExpressionKind::Function(function) => self.write(function.name()),
            ExpressionKind::Pipe(pipe) => rhumb_value::stack::grow(|| self.pipe_id(pipe)),
            ExpressionKind::Chain { inner, fields } => {
                self.operand(unit.expression(inner));
                self.fields(fields);
            }
        }
    }

    fn fields(&mut self, fields: Run) {
        for name in self.unit.names(fields) {
            self.write(".");
            self.slice(*name);
        }
    }
}
