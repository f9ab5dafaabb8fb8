use rhumb_value::quote;

use super::{MAX_PARENTHESES, Parsed, Parser, position, run, settle};
use crate::ast::{
    Command, Expression, ExpressionId, ExpressionKind, Pipe, PipeId, Run, Slot, Variable,
};
use crate::token::{Kind, Token};

impl<'t> Parser<'t> {
    fn slice(&self, token: Token) -> &'t [u8] {
        &self.text[token.run().range()]
    }

    /// Declarations and commands up to a token.
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parsed<PipeId> {
        let start = self.peek_word().start;
        let (names, is_assignment) = self.declarations(context)?;
        let mark = self.scratch.commands.len();
        loop {
            let token = self.next_word();
            match token.kind {
                kind if kind == end => break,
                Kind::Bool
                | Kind::CharConstant
                | Kind::Complex
                | Kind::Dot
                | Kind::Field
                | Kind::Identifier
                | Kind::Number
                | Kind::Nil
                | Kind::RawString
                | Kind::String
                | Kind::Variable
                | Kind::LeftParen => {
                    self.back_up();
                    let command = self.command()?;
                    self.scratch.commands.push(command);
                }
                _ => return Err(self.unexpected(token, context)),
            }
        }
        self.check(mark, context)?;
        let commands = settle(&mut self.scratch.commands, mark, &mut self.unit.commands);
        let variables = self.settle_variables(&names, is_assignment);
        let id = PipeId(position(self.unit.pipes.len()));
        self.unit.pipes.push(Pipe { position: start, is_assignment, variables, commands });
        Ok(id)
    }

    /// The variables that a pipeline declares or assigns, and whether it assigns.
    fn declarations(&mut self, context: &str) -> Parsed<(Vec<Run>, bool)> {
        let mut names = Vec::new();
        let mut is_assignment = false;
        loop {
            let variable = self.peek_word();
            if variable.kind != Kind::Variable {
                break;
            }
            self.next();
            let after = self.peek();
            let next = self.peek_word();
            let is_comma = next.kind == Kind::Char && self.slice(next) == b",";
            if is_comma || matches!(next.kind, Kind::Assign | Kind::Declare) {
                is_assignment = next.kind == Kind::Assign;
                self.next_word();
                names.push(variable.run());
                self.scope.known.push(self.slice(variable));
                if !is_comma {
                    break;
                }
                if context != "range" || names.len() >= 2 {
                    return Err(self.error(format!("too many declarations in {context}")));
                }
                let follows = self.peek_word().kind;
                if !matches!(follows, Kind::Variable | Kind::RightDelim | Kind::RightParen) {
                    return Err(self.error("range can only initialize variables"));
                }
                continue;
            }
            if after.kind == Kind::Space {
                self.back_up_three(variable, after);
            } else {
                self.back_up_two(variable);
            }
            break;
        }
        Ok((names, is_assignment))
    }

    /// Finds where the variables of a pipeline live; only now, for it may use others of their names.
    fn settle_variables(&mut self, names: &[Run], is_assignment: bool) -> Run {
        let start = self.unit.variables.len();
        for &name in names {
            let word = &self.text[name.range()];
            let slot = if is_assignment { self.scope.slot(word) } else { self.scope.declare(word) };
            self.unit.variables.push(Variable { name, slot });
        }
        run(start, self.unit.variables.len())
    }

    fn check(&self, mark: usize, context: &str) -> Parsed<()> {
        let commands = &self.scratch.commands[mark..];
        if commands.is_empty() {
            return Err(self.error(format!("missing value for {context}")));
        }
        for (index, command) in commands.iter().enumerate().skip(1) {
            let first = self.unit.arguments(command).first().map(|argument| argument.kind);
            let is_value = matches!(
                first,
                Some(
                    ExpressionKind::Bool(_)
                        | ExpressionKind::Dot
                        | ExpressionKind::Nil
                        | ExpressionKind::Number(_)
                        | ExpressionKind::Text(_)
                )
            );
            if is_value {
                let stage = index + 1;
                let message = format!("non executable command in pipeline stage {stage}");
                return Err(self.error(message));
            }
        }
        Ok(())
    }

    /// Operands with spaces between them; the pipe after them is read too.
    fn command(&mut self) -> Parsed<Command> {
        let start = self.peek_word().start;
        let mark = self.scratch.expressions.len();
        loop {
            self.peek_word();
            if let Some(operand) = self.operand()? {
                self.scratch.expressions.push(operand);
            }
            let token = self.next();
            match token.kind {
                Kind::Space => {}
                Kind::RightDelim | Kind::RightParen => {
                    self.back_up();
                    break;
                }
                Kind::Pipe => break,
                _ => return Err(self.unexpected(token, "operand")),
            }
        }
        let arguments = settle(&mut self.scratch.expressions, mark, &mut self.unit.expressions);
        if arguments.is_empty() {
            return Err(self.error("empty command"));
        }
        Ok(Command { position: start, arguments })
    }

    /// A term and the fields behind it.
    fn operand(&mut self) -> Parsed<Option<Expression>> {
        let Some(term) = self.term()? else { return Ok(None) };
        let first = self.peek();
        if first.kind != Kind::Field {
            return Ok(Some(term));
        }
        let start = first.start;
        let mut fields = self.start_fields(term.kind);
        while self.peek().kind == Kind::Field {
            let field = self.next();
            self.unit.names.push(Run { start: field.start + 1, end: field.end });
        }
        fields.end = position(self.unit.names.len());
        let kind = match term.kind {
            ExpressionKind::Field(_) => ExpressionKind::Field(fields),
            ExpressionKind::Variable { name, slot, .. } => {
                ExpressionKind::Variable { name, slot, fields }
            }
            ExpressionKind::Bool(_)
            | ExpressionKind::Text(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::Nil
            | ExpressionKind::Dot => {
                let mut printer = crate::print::Printer::new(&self.unit);
                printer.expression(&term);
                let term = quote::quote(printer.finish().as_bytes());
                return Err(self.error(format!("unexpected . after term {term}")));
            }
            _ => {
                let inner = ExpressionId(position(self.unit.expressions.len()));
                self.unit.expressions.push(term);
                ExpressionKind::Chain { inner, fields }
            }
        };
        Ok(Some(Expression { position: start, kind }))
    }

    /// Where the fields of a term begin: a field is the first of its own.
    fn start_fields(&self, term: ExpressionKind) -> Run {
        let next = position(self.unit.names.len());
        match term {
            ExpressionKind::Field(run) => run,
            _ => Run { start: next, end: next },
        }
    }

    fn term(&mut self) -> Parsed<Option<Expression>> {
        let token = self.next_word();
        let kind = match token.kind {
            Kind::Identifier => self.function(token)?,
            Kind::Dot => ExpressionKind::Dot,
            Kind::Nil => ExpressionKind::Nil,
            Kind::Variable => self.variable(token)?,
            Kind::Field => {
                let at = self.unit.names.len();
                self.unit.names.push(Run { start: token.start + 1, end: token.end });
                ExpressionKind::Field(run(at, at + 1))
            }
            Kind::Bool => ExpressionKind::Bool(self.slice(token) == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let text = token.run();
                let number = super::number::parse(self.slice(token), text, token.kind)
                    .map_err(|message| self.error(message))?;
                let index = position(self.unit.numbers.len());
                self.unit.numbers.push(number);
                ExpressionKind::Number(index)
            }
            Kind::LeftParen => self.parenthesized()?,
            Kind::String | Kind::RawString => ExpressionKind::Text(self.literal(token)?),
            _ => {
                self.back_up();
                return Ok(None);
            }
        };
        Ok(Some(Expression { position: token.start, kind }))
    }

    fn function(&self, token: Token) -> Parsed<ExpressionKind> {
        let word = self.slice(token);
        let name = token.run();
        let Some(function) = self.functions.get(word) else {
            let word = quote::quote(word);
            return Err(self.error(format!("function {word} not defined")));
        };
        Ok(ExpressionKind::Function { name, function })
    }

    fn variable(&self, token: Token) -> Parsed<ExpressionKind> {
        let word = self.slice(token);
        if !self.scope.known.contains(&word) {
            let word = quote::quote(word);
            return Err(self.error(format!("undefined variable {word}")));
        }
        let slot: Slot = self.scope.slot(word);
        let name = token.run();
        Ok(ExpressionKind::Variable { name, slot, fields: Run::default() })
    }

    fn parenthesized(&mut self) -> Parsed<ExpressionKind> {
        if self.scope.parentheses >= MAX_PARENTHESES {
            return Err(self.error("max expression depth exceeded"));
        }
        self.scope.parentheses += 1;
        let pipe =
            rhumb_value::stack::grow(|| self.pipeline("parenthesized pipeline", Kind::RightParen))?;
        self.scope.parentheses -= 1;
        Ok(ExpressionKind::Pipe(pipe))
    }
}
