use super::{End, MAX_BLOCKS, Parsed, Parser, run, settle};
use crate::ast::{Block, Branch, LiteralId, Statement};
use crate::token::{Kind, Token};

/// The control structures that have a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    If,
    With,
    Range,
}

impl Control {
    fn word(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::With => "with",
            Self::Range => "range",
        }
    }

    /// The keyword that may follow `else` directly.
    fn chained(self) -> Option<Kind> {
        match self {
            Self::If => Some(Kind::If),
            Self::With => Some(Kind::With),
            Self::Range => None,
        }
    }

    fn statement(self, branch: Branch) -> Statement {
        match self {
            Self::If => Statement::If(branch),
            Self::With => Statement::With(branch),
            Self::Range => Statement::Range(branch),
        }
    }
}

impl Parser<'_> {
    /// Statements up to an end or else.
    pub(super) fn list(&mut self) -> Parsed<(Block, End)> {
        self.deeper()?;
        let listed = rhumb_value::stack::grow(|| self.statements());
        self.blocks -= 1;
        listed
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.blocks += 1;
        if self.blocks > MAX_BLOCKS {
            return Err(self.error(format!("blocks nest deeper than {MAX_BLOCKS} levels")));
        }
        Ok(())
    }

    fn statements(&mut self) -> Parsed<(Block, End)> {
        let mut token = self.next();
        let position = token.start;
        let mark = self.scratch.statements.len();
        while token.kind != Kind::Eof {
            if let Some(end) = self.statement(token)? {
                let list = &mut self.unit.statements;
                let statements = settle(&mut self.scratch.statements, mark, list);
                return Ok((Block { position, statements }, end));
            }
            token = self.next();
        }
        Err(self.error("unexpected EOF"))
    }

    /// Text or an action; says so if it is the end of the list.
    pub(super) fn statement(&mut self, token: Token) -> Parsed<Option<End>> {
        match token.kind {
            Kind::Text => {
                self.scratch.statements.push(Statement::Text(token.run()));
                Ok(None)
            }
            Kind::LeftDelim => {
                let word = self.next();
                self.action(token, word)
            }
            _ => Err(self.unexpected(token, "input")),
        }
    }

    /// An action of which the delimiter and the first word were read.
    pub(super) fn action(&mut self, delim: Token, word: Token) -> Parsed<Option<End>> {
        self.scope.action = Some(delim.start);
        let statement = match word.kind {
            Kind::Block => self.block()?,
            Kind::Break => {
                self.leave("{{break}}")?;
                Statement::Break { position: word.start }
            }
            Kind::Continue => {
                self.leave("{{continue}}")?;
                Statement::Continue { position: word.start }
            }
            Kind::Else => {
                let end = self.otherwise()?;
                self.scope.action = None;
                return Ok(Some(end));
            }
            Kind::End => {
                self.expect(Kind::RightDelim, "end")?;
                self.scope.action = None;
                return Ok(Some(End::End));
            }
            Kind::If => self.control(Control::If)?,
            Kind::Range => self.control(Control::Range)?,
            Kind::With => self.control(Control::With)?,
            Kind::Template => self.call()?,
            _ => {
                let pipe = self.pipeline(word, "command", Kind::RightDelim)?;
                Statement::Action { position: word.start, pipe }
            }
        };
        self.scope.action = None;
        self.scratch.statements.push(statement);
        Ok(None)
    }

    fn leave(&mut self, action: &str) -> Parsed<()> {
        self.expect(Kind::RightDelim, action)?;
        if self.scope.ranges == 0 {
            return Err(self.error(format!("{action} outside {{{{range}}}}")));
        }
        Ok(())
    }

    /// `else`, and the token after it.
    fn otherwise(&mut self) -> Parsed<End> {
        let next = self.next();
        if !matches!(next.kind, Kind::If | Kind::With | Kind::RightDelim) {
            return Err(self.unexpected(next, "else"));
        }
        Ok(End::Else(next))
    }

    fn control(&mut self, control: Control) -> Parsed<Statement> {
        let known = self.known.len();
        let declared = self.declared.len();
        let first = self.next();
        let pipe = self.pipeline(first, control.word(), Kind::RightDelim)?;
        let inside = self.declared.len();
        let is_range = control == Control::Range;
        self.scope.ranges += usize::from(is_range);
        let (block, end) = self.list()?;
        self.scope.ranges -= usize::from(is_range);
        // What the first block declares is gone, although the parser still knows its names.
        self.declared.truncate(inside);
        let otherwise = match end {
            End::End => None,
            End::Else(next) => Some(self.else_block(control, next)?),
        };
        self.known.truncate(known);
        self.declared.truncate(declared);
        Ok(control.statement(Branch { pipe, block, otherwise }))
    }

    /// What stands after `else`: `else if` is an `if` in the else block, without an end of its own.
    fn else_block(&mut self, control: Control, next: Token) -> Parsed<Block> {
        if control.chained() == Some(next.kind) {
            self.deeper()?;
            let statement = rhumb_value::stack::grow(|| self.control(control))?;
            self.blocks -= 1;
            let at = self.unit.statements.len();
            self.unit.statements.push(statement);
            return Ok(Block { position: next.start, statements: run(at, at + 1) });
        }
        if next.kind != Kind::RightDelim {
            return Err(self.unexpected(next, "input"));
        }
        let (block, end) = self.list()?;
        match end {
            End::End => Ok(block),
            End::Else(_) => Err(self.error(format!("expected end; found {}", end.text()))),
        }
    }

    /// `block`: a definition and a call of it at once.
    fn block(&mut self) -> Parsed<Statement> {
        const CONTEXT: &str = "block clause";
        let token = self.next();
        let name = self.template_name(token, CONTEXT)?;
        let first = self.next();
        let pipe = self.pipeline(first, CONTEXT, Kind::RightDelim)?;
        let outer = self.enter_scope();
        let text = self.unit.literal_text(name).clone();
        self.body(text.as_bytes(), CONTEXT)?;
        self.leave_scope(outer);
        Ok(Statement::Template { position: token.start, name, pipe: Some(pipe) })
    }

    fn call(&mut self) -> Parsed<Statement> {
        const CONTEXT: &str = "template clause";
        let token = self.next();
        let name = self.template_name(token, CONTEXT)?;
        let first = self.next();
        let pipe = match first.kind {
            Kind::RightDelim => None,
            _ => Some(self.pipeline(first, CONTEXT, Kind::RightDelim)?),
        };
        Ok(Statement::Template { position: token.start, name, pipe })
    }

    fn template_name(&mut self, token: Token, context: &str) -> Parsed<LiteralId> {
        if !matches!(token.kind, Kind::String | Kind::RawString) {
            return Err(self.unexpected(token, context));
        }
        self.literal(token)
    }
}
