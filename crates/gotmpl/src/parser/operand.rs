use rhumb_value::quote;

use super::{MAX_PARENTHESES, Parsed, Parser, settle};
use crate::ast::{
    Command, Expression, ExpressionId, ExpressionKind, Pipe, PipeId, Run, Variable, position,
};
use crate::token::{Kind, Token};

// What reads a construct begins with the token that was read last, and ends with the one after it.
impl Parser<'_> {
    /// Declarations and commands up to a token.
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parsed<PipeId> {
        let start = position(self.token().start);
        let declared = self.scratch.variables.len();
        let mut is_assignment = false;
        if self.token().kind == Kind::Variable {
            is_assignment = self.declarations(context)?;
        }
        let mark = self.scratch.commands.len();
        while self.token().kind != end {
            if !self.token().kind.begins_operand() {
                return self.unexpected(context);
            }
            self.command()?;
            if self.token().kind == Kind::Pipe {
                self.next();
            }
        }
        self.check(mark, context)?;
        let commands = settle(&mut self.scratch.commands, mark, &mut self.unit.commands);
        let variables = self.settle_variables(declared, is_assignment);
        let id = PipeId(position(self.unit.pipes.len()));
        self.unit.pipes.push(Pipe { position: start, is_assignment, variables, commands });
        Ok(id)
    }

    /// The variables that a pipeline declares or assigns to, if the one that was read is one of
    /// them; says whether it assigns.
    fn declarations(&mut self, context: &str) -> Parsed<bool> {
        let first = self.scratch.variables.len();
        loop {
            let variable = self.token();
            if !self.lexer.is_at_declaration() {
                self.scope.looked_behind = Some(variable.start);
                return Ok(false);
            }
            let next = self.next();
            self.scratch.variables.push(variable.run());
            self.known.push(self.slice(variable));
            if next != Kind::Char {
                self.next();
                return Ok(next == Kind::Assign);
            }
            if context != "range" || self.scratch.variables.len() > first + 1 {
                return self.error(format!("too many declarations in {context}"));
            }
            match self.next() {
                Kind::Variable => {}
                Kind::RightDelim | Kind::RightParen => return Ok(false),
                _ => return self.error("range can only initialize variables"),
            }
        }
    }

    /// Finds where the variables of a pipeline live; only now, for it may use others of their names.
    fn settle_variables(&mut self, mark: usize, is_assignment: bool) -> Run {
        let start = self.unit.variables.len();
        for index in mark..self.scratch.variables.len() {
            let name = self.scratch.variables[index];
            let word = &self.text[name.range()];
            let slot = if is_assignment { self.slot(word) } else { self.declare(word) };
            self.unit.variables.push(Variable { name, slot });
        }
        self.scratch.variables.truncate(mark);
        Run::new(start, self.unit.variables.len())
    }

    fn check(&self, mark: usize, context: &str) -> Parsed<()> {
        let commands = &self.scratch.commands[mark..];
        if commands.is_empty() {
            return self.error(format!("missing value for {context}"));
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
                return self.error(message);
            }
        }
        Ok(())
    }

    /// Operands with spaces between them.
    fn command(&mut self) -> Parsed<()> {
        let start = position(self.token().start);
        let mark = self.scratch.expressions.len();
        loop {
            self.operand()?;
            let Token { kind, is_spaced, .. } = self.token();
            if matches!(kind, Kind::RightDelim | Kind::RightParen | Kind::Pipe) {
                break;
            }
            if !is_spaced || !kind.begins_operand() {
                return self.unexpected("operand");
            }
        }
        let arguments = settle(&mut self.scratch.expressions, mark, &mut self.unit.expressions);
        self.scratch.commands.push(Command { position: start, arguments });
        Ok(())
    }

    /// A term and the fields right behind it.
    fn operand(&mut self) -> Parsed<()> {
        let start = position(self.token().start);
        let kind = self.term()?;
        let names = self.unit.names.len();
        while let Some(field) = self.lexer.field() {
            self.unit.names.push(field);
        }
        self.next();
        let mut expression = Expression { position: start, kind };
        if let Some(field) = self.unit.names.get(names) {
            // Go's place of a chain is its first field behind the term.
            let position = field.start - 1;
            expression = Expression { position, kind: self.chain(expression, names)? };
        }
        self.scratch.expressions.push(expression);
        Ok(())
    }

    /// A term with the fields whose names were added.
    fn chain(&mut self, term: Expression, start: usize) -> Parsed<ExpressionKind> {
        let fields = Run::new(start, self.unit.names.len());
        let end = fields.end;
        Ok(match term.kind {
            ExpressionKind::Field(names) => ExpressionKind::Field(Run { end, ..names }),
            ExpressionKind::Variable { slot, names } => {
                ExpressionKind::Variable { slot, names: Run { end, ..names } }
            }
            ExpressionKind::Bool(_)
            | ExpressionKind::Text(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::Nil
            | ExpressionKind::Dot => {
                if let (true, Some(last)) = (self.token().is_spaced, self.unit.names.last()) {
                    // Go has read only the space.
                    let space = last.end as usize;
                    self.lexer.token = Token::new(Kind::Text, space, space + 1);
                }
                let mut printer = crate::print::Printer::new(&self.unit);
                printer.expression(&term);
                let term = quote::quote(printer.finish().as_bytes());
                return self.error(format!("unexpected . after term {term}"));
            }
            _ => {
                let inner = ExpressionId(position(self.unit.expressions.len()));
                self.unit.expressions.push(term);
                ExpressionKind::Chain { inner, fields }
            }
        })
    }

    fn term(&mut self) -> Parsed<ExpressionKind> {
        let token = self.token();
        Ok(match token.kind {
            Kind::Identifier => self.function(token)?,
            Kind::Dot => ExpressionKind::Dot,
            Kind::Nil => ExpressionKind::Nil,
            Kind::Variable => self.variable(token)?,
            Kind::Field => ExpressionKind::Field(self.add_name(token.start + 1, token.end)),
            Kind::Bool => ExpressionKind::Bool(self.slice(token) == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let number = super::number::parse(self.slice(token), token.run(), token.kind);
                let number = number.or_else(|message| self.error(message))?;
                let index = position(self.unit.numbers.len());
                self.unit.numbers.push(number);
                ExpressionKind::Number(index)
            }
            Kind::LeftParen => self.parenthesized()?,
            Kind::String | Kind::RawString => ExpressionKind::Text(self.literal()?),
            _ => return self.unexpected("operand"),
        })
    }

    fn add_name(&mut self, start: usize, end: usize) -> Run {
        let at = self.unit.names.len();
        self.unit.names.push(Run::new(start, end));
        Run::new(at, at + 1)
    }

    fn function(&self, token: Token) -> Parsed<ExpressionKind> {
        let word = self.slice(token);
        let Some(function) = self.functions.get(word) else {
            let word = quote::quote(word);
            return self.error(format!("function {word} not defined"));
        };
        Ok(ExpressionKind::Function(function))
    }

    fn variable(&mut self, token: Token) -> Parsed<ExpressionKind> {
        let word = self.slice(token);
        if !self.known[self.scope.known..].contains(&word) {
            if self.scope.looked_behind == Some(token.start) {
                // Go has read what is behind it, to see whether it is declared there.
                self.next();
            }
            let word = quote::quote(word);
            return self.error(format!("undefined variable {word}"));
        }
        let slot = self.slot(word);
        Ok(ExpressionKind::Variable { slot, names: self.add_name(token.start, token.end) })
    }

    fn parenthesized(&mut self) -> Parsed<ExpressionKind> {
        if self.scope.parentheses >= MAX_PARENTHESES {
            return self.error("max expression depth exceeded");
        }
        self.scope.parentheses += 1;
        self.next();
        let pipe =
            rhumb_value::stack::grow(|| self.pipeline("parenthesized pipeline", Kind::RightParen))?;
        self.scope.parentheses -= 1;
        Ok(ExpressionKind::Pipe(pipe))
    }
}
