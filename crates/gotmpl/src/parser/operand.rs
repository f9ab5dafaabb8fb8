use rhumb_value::quote;

use super::lists::{Lists, Open};
use super::{MAX_PARENTHESES, Parsed, Parser};
use crate::ast::{
    Command, Expression, ExpressionId, ExpressionKind, Pipe, PipeId, Run, Slot, Variable, position,
};
use crate::token::{Kind, Token};

// What reads a construct begins with the token that was read last, and ends with the one after it.
impl Parser<'_> {
    /// Declarations and commands up to a token.
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parsed<PipeId> {
        let start = self.token().start;
        let declared = self.lists.variables.len();
        let mut is_assignment = false;
        if self.token().kind == Kind::Variable {
            is_assignment = self.declarations(context)?;
        }
        self.commands = Open::at_end(&self.lists.nodes.commands);
        while self.token().kind != end {
            if !self.token().kind.begins_operand() {
                return self.unexpected(context);
            }
            self.command()?;
            if self.token().kind == Kind::Pipe {
                self.next();
            }
        }
        let Lists { nodes, commands: aside, .. } = &mut *self.lists;
        let commands = self.commands.close(&mut nodes.commands, aside);
        self.check(commands, context)?;
        let variables = self.settle_variables(declared, is_assignment);
        let id = PipeId(position(self.lists.nodes.pipes.len()));
        self.lists.nodes.pipes.push(Pipe { position: start, is_assignment, variables, commands });
        Ok(id)
    }

    /// The variables that a pipeline declares or assigns to, if the one that was read is one of
    /// them; says whether it assigns.
    fn declarations(&mut self, context: &str) -> Parsed<bool> {
        let first = self.lists.variables.len();
        loop {
            let variable = self.token();
            if !self.lexer.is_at_declaration() {
                self.scope.looked_behind = Some(variable.start);
                return Ok(false);
            }
            let next = self.next();
            self.lists.variables.push(variable.run());
            self.lists.known.push(variable.run());
            if next != Kind::Char {
                self.next();
                return Ok(next == Kind::Assign);
            }
            if context != "range" || self.lists.variables.len() > first + 1 {
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
        let start = self.lists.nodes.variables.len();
        for index in mark..self.lists.variables.len() {
            let name = self.lists.variables[index];
            let word = &self.text[name.range()];
            let slot = if is_assignment { self.slot(word) } else { self.declare(name) };
            self.lists.nodes.variables.push(Variable { name, slot });
        }
        self.lists.variables.truncate(mark);
        Run::new(start, self.lists.nodes.variables.len())
    }

    fn check(&self, commands: Run, context: &str) -> Parsed<()> {
        let commands = &self.lists.nodes.commands[commands.range()];
        if commands.is_empty() {
            return self.error(format!("missing value for {context}"));
        }
        for (index, command) in commands.iter().enumerate().skip(1) {
            let first = self.lists.nodes.expressions.get(command.arguments.range().start);
            let first = first.map(|argument| argument.kind);
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
        let start = self.token().start;
        self.expressions = Open::at_end(&self.lists.nodes.expressions);
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
        let Lists { nodes, commands, expressions, .. } = &mut *self.lists;
        let arguments = self.expressions.close(&mut nodes.expressions, expressions);
        let command = Command { position: start, arguments };
        self.commands.push(command, &mut nodes.commands, commands);
        Ok(())
    }

    /// A term and the fields right behind it.
    fn operand(&mut self) -> Parsed<()> {
        let token = self.token();
        let start = token.start;
        let names = self.lists.nodes.names.len();
        let expression = match token.kind {
            Kind::Field => {
                self.lists.nodes.names.push(Run { start: token.start + 1, end: token.end });
                let names = self.fields(names);
                Expression {
                    position: self.path_position(start, names),
                    kind: ExpressionKind::Field(names),
                }
            }
            Kind::Variable => {
                let slot = self.variable(token)?;
                self.lists.nodes.names.push(token.run());
                let names = self.fields(names);
                let kind = ExpressionKind::Variable { slot, names };
                Expression { position: self.path_position(start, names), kind }
            }
            _ => {
                let term = Expression { position: start, kind: self.term(token)? };
                if self.lexer.is_at_dot() {
                    self.chain(term)?
                } else {
                    self.next();
                    term
                }
            }
        };
        let Lists { nodes, expressions, .. } = &mut *self.lists;
        self.expressions.push(expression, &mut nodes.expressions, expressions);
        Ok(())
    }

    /// The fields that are right here, and the token after them; gives all names from one on.
    fn fields(&mut self, start: usize) -> Run {
        while let Some(field) = self.lexer.field() {
            self.lists.nodes.names.push(field);
        }
        self.next();
        Run::new(start, self.lists.nodes.names.len())
    }

    /// Go's place of a chain is that of the second name in it.
    fn path_position(&self, start: u32, names: Run) -> u32 {
        match self.lists.nodes.names[names.range()] {
            [_, second, ..] => second.start - 1,
            _ => start,
        }
    }

    /// A term with the fields behind it, if there are any.
    #[inline(never)]
    fn chain(&mut self, term: Expression) -> Parsed<Expression> {
        let fields = self.fields(self.lists.nodes.names.len());
        if fields.is_empty() {
            return Ok(term);
        }
        let names = &self.lists.nodes.names[fields.range()];
        let dot = names.first().map_or(0, |first| first.start - 1);
        let end = names.last().map_or(0, |last| last.end);
        if !matches!(term.kind, ExpressionKind::Function(_) | ExpressionKind::Pipe(_)) {
            if self.token().is_spaced {
                // Go has read only the space.
                self.lexer.token = Token::new(Kind::Text, end, end + 1);
            }
            let term = quote::quote(&self.text[Run { start: term.position, end: dot }.range()]);
            return self.error(format!("unexpected . after term {term}"));
        }
        self.set_aside();
        let inner = ExpressionId(position(self.lists.nodes.expressions.len()));
        self.lists.nodes.expressions.push(term);
        Ok(Expression { position: dot, kind: ExpressionKind::Chain { inner, fields } })
    }

    /// A term that is no path.
    fn term(&mut self, token: Token) -> Parsed<ExpressionKind> {
        Ok(match token.kind {
            Kind::Identifier => self.function(token)?,
            Kind::Dot => ExpressionKind::Dot,
            Kind::Nil => ExpressionKind::Nil,
            Kind::Bool => ExpressionKind::Bool(self.slice(token) == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let number = super::number::parse(self.slice(token), token.run(), token.kind);
                let number = number.or_else(|message| self.error(message))?;
                let index = position(self.lists.nodes.numbers.len());
                self.lists.nodes.numbers.push(number);
                ExpressionKind::Number(index)
            }
            Kind::LeftParen => self.parenthesized()?,
            Kind::String | Kind::RawString => ExpressionKind::Text(self.literal()?),
            _ => return self.unexpected("operand"),
        })
    }

    fn function(&self, token: Token) -> Parsed<ExpressionKind> {
        let Some(function) = self.lexer.function else {
            let word = quote::quote(self.slice(token));
            return self.error(format!("function {word} not defined"));
        };
        Ok(ExpressionKind::Function(function))
    }

    /// Where a variable lives.
    fn variable(&mut self, token: Token) -> Parsed<Slot> {
        let word = self.slice(token);
        let slot = self.slot(word);
        // All variables that live somewhere are known.
        if slot == Slot::NONE && !self.is_known(word) {
            if self.scope.looked_behind == Some(token.start) {
                // Go has read what is behind it, to see whether it is declared there.
                self.next();
            }
            let word = quote::quote(word);
            return self.error(format!("undefined variable {word}"));
        }
        Ok(slot)
    }

    fn parenthesized(&mut self) -> Parsed<ExpressionKind> {
        if self.scope.parentheses >= MAX_PARENTHESES {
            return self.error("max expression depth exceeded");
        }
        self.scope.parentheses += 1;
        self.set_aside();
        let outer = (self.commands, self.expressions);
        self.next();
        let pipe =
            rhumb_value::stack::grow(|| self.pipeline("parenthesized pipeline", Kind::RightParen))?;
        (self.commands, self.expressions) = outer;
        self.scope.parentheses -= 1;
        Ok(ExpressionKind::Pipe(pipe))
    }

    /// Makes way for nodes that stand within the command that is being read.
    fn set_aside(&mut self) {
        let Lists { nodes, commands, expressions, .. } = &mut *self.lists;
        self.commands.set_aside(&mut nodes.commands, commands);
        self.expressions.set_aside(&mut nodes.expressions, expressions);
    }
}
