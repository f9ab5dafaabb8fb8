use rhumb_value::quote;

use super::{MAX_PARENTHESES, Parsed, Parser, position, run, settle};
use crate::ast::{
    Command, Expression, ExpressionId, ExpressionKind, Pipe, PipeId, Run, Variable,
};
use crate::token::{Kind, Token};

/// The variables that a pipeline declares or assigns to: two at most, in a `range`.
#[derive(Default)]
struct Declared {
    names: [Run; 2],
    count: usize,
    is_assignment: bool,
}

impl Parser<'_> {
    /// Declarations and commands up to a token; the first was read.
    pub(super) fn pipeline(&mut self, first: Token, context: &str, end: Kind) -> Parsed<PipeId> {
        let mut declared = Declared::default();
        let (mut token, mut following) = (first, None);
        if first.kind == Kind::Variable {
            (token, following) = self.declarations(first, context, &mut declared)?;
        }
        let mark = self.scratch.commands.len();
        while token.kind != end {
            if !token.kind.begins_operand() {
                return Err(self.unexpected(token, context));
            }
            token = self.command(token, following.take())?;
            if token.kind == Kind::Pipe {
                token = self.next();
            }
        }
        self.check(mark, context)?;
        let commands = settle(&mut self.scratch.commands, mark, &mut self.unit.commands);
        let Declared { is_assignment, .. } = declared;
        let variables = self.settle_variables(&declared);
        let id = PipeId(position(self.unit.pipes.len()));
        self.unit.pipes.push(Pipe { position: first.start, is_assignment, variables, commands });
        Ok(id)
    }

    /// Declarations, if the variable begins one; the token after them, and the one after that if it
    /// was read: that of a variable which is none.
    fn declarations(
        &mut self,
        mut variable: Token,
        context: &str,
        declared: &mut Declared,
    ) -> Parsed<(Token, Option<Token>)> {
        while variable.kind == Kind::Variable {
            let next = self.next();
            let is_comma = next.kind == Kind::Char && self.slice(next) == b",";
            if !is_comma && !matches!(next.kind, Kind::Assign | Kind::Declare) {
                return Ok((variable, Some(next)));
            }
            declared.is_assignment = next.kind == Kind::Assign;
            declared.names[declared.count] = variable.run();
            declared.count += 1;
            self.known.push(self.slice(variable));
            if is_comma && (context != "range" || declared.count >= 2) {
                return Err(self.error(format!("too many declarations in {context}")));
            }
            variable = self.next();
            if !is_comma {
                break;
            }
            if !matches!(variable.kind, Kind::Variable | Kind::RightDelim | Kind::RightParen) {
                return Err(self.error("range can only initialize variables"));
            }
        }
        Ok((variable, None))
    }

    /// Finds where the variables of a pipeline live; only now, for it may use others of their names.
    fn settle_variables(&mut self, declared: &Declared) -> Run {
        let start = self.unit.variables.len();
        for &name in &declared.names[..declared.count] {
            let word = &self.text[name.range()];
            let slot = if declared.is_assignment { self.slot(word) } else { self.declare(word) };
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

    /// Operands with spaces between them, of which the first token was read and perhaps the one
    /// after it; gives the token that ends them.
    fn command(&mut self, first: Token, following: Option<Token>) -> Parsed<Token> {
        let mark = self.scratch.expressions.len();
        let mut next = self.operand(first, following)?;
        while !matches!(next.kind, Kind::RightDelim | Kind::RightParen | Kind::Pipe) {
            if !next.is_spaced || !next.kind.begins_operand() {
                return Err(self.unexpected(next, "operand"));
            }
            next = self.operand(next, None)?;
        }
        let arguments = settle(&mut self.scratch.expressions, mark, &mut self.unit.expressions);
        self.scratch.commands.push(Command { position: first.start, arguments });
        Ok(next)
    }

    /// A term and the fields right behind it; gives the token after them.
    fn operand(&mut self, first: Token, following: Option<Token>) -> Parsed<Token> {
        let kind = self.term(first)?;
        let from = self.unit.names.len();
        let mut next = following;
        if next.is_none_or(|next| next.kind == Kind::Field && !next.is_spaced) {
            self.unit.names.extend(next.map(field_name));
            while let Some(field) = self.lexer.field() {
                self.unit.names.push(field);
            }
            next = None;
        }
        let next = next.unwrap_or_else(|| self.next());
        let mut expression = Expression { position: first.start, kind };
        if let Some(field) = self.unit.names.get(from) {
            // Go's place of a chain is its first field behind the term.
            let position = field.start - 1;
            expression = Expression { position, kind: self.chain(expression, from, next)? };
        }
        self.scratch.expressions.push(expression);
        Ok(next)
    }

    /// A term with the fields whose names were added; the token after them was read.
    fn chain(&mut self, term: Expression, from: usize, next: Token) -> Parsed<ExpressionKind> {
        let end = self.unit.names.len();
        let fields = run(from, end);
        Ok(match term.kind {
            ExpressionKind::Field(own) => ExpressionKind::Field(Run { end: fields.end, ..own }),
            ExpressionKind::Variable { name, slot, .. } => {
                ExpressionKind::Variable { name, slot, fields }
            }
            ExpressionKind::Bool(_)
            | ExpressionKind::Text(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::Nil
            | ExpressionKind::Dot => {
                if next.is_spaced {
                    // Go has read only the space.
                    self.last.end = next.start;
                    self.last.start = self.unit.names[end - 1].end;
                }
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
        })
    }

    fn term(&mut self, token: Token) -> Parsed<ExpressionKind> {
        Ok(match token.kind {
            Kind::Identifier => self.function(token)?,
            Kind::Dot => ExpressionKind::Dot,
            Kind::Nil => ExpressionKind::Nil,
            Kind::Variable => self.variable(token)?,
            Kind::Field => {
                let at = self.unit.names.len();
                self.unit.names.push(field_name(token));
                ExpressionKind::Field(run(at, at + 1))
            }
            Kind::Bool => ExpressionKind::Bool(self.slice(token) == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let number = super::number::parse(self.slice(token), token.run(), token.kind);
                let number = number.map_err(|message| self.error(message))?;
                let index = position(self.unit.numbers.len());
                self.unit.numbers.push(number);
                ExpressionKind::Number(index)
            }
            Kind::LeftParen => self.parenthesized()?,
            Kind::String | Kind::RawString => ExpressionKind::Text(self.literal(token)?),
            _ => return Err(self.unexpected(token, "operand")),
        })
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
        if !self.known[self.scope.known..].contains(&word) {
            let word = quote::quote(word);
            return Err(self.error(format!("undefined variable {word}")));
        }
        let slot = self.slot(word);
        let name = token.run();
        Ok(ExpressionKind::Variable { name, slot, fields: Run::default() })
    }

    fn parenthesized(&mut self) -> Parsed<ExpressionKind> {
        if self.scope.parentheses >= MAX_PARENTHESES {
            return Err(self.error("max expression depth exceeded"));
        }
        self.scope.parentheses += 1;
        let first = self.next();
        let pipe = rhumb_value::stack::grow(|| {
            self.pipeline(first, "parenthesized pipeline", Kind::RightParen)
        })?;
        self.scope.parentheses -= 1;
        Ok(ExpressionKind::Pipe(pipe))
    }
}

/// The name of a field, without its dot.
fn field_name(token: Token) -> Run {
    Run { start: token.start + 1, end: token.end }
}
