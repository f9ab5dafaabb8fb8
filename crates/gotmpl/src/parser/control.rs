use super::{End, Item, MAX_BLOCKS, Parsed, Parser, Scope, run, settle};
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
        self.blocks += 1;
        if self.blocks > MAX_BLOCKS {
            return Err(self.error(format!("blocks nest deeper than {MAX_BLOCKS} levels")));
        }
        let listed = rhumb_value::stack::grow(|| self.statements());
        self.blocks -= 1;
        listed
    }

    fn statements(&mut self) -> Parsed<(Block, End)> {
        let start = self.peek_word().start;
        let mark = self.scratch.statements.len();
        while self.peek_word().kind != Kind::Eof {
            match self.statement()? {
                Item::Statement(statement) => self.scratch.statements.push(statement),
                Item::End(end) => {
                    let list = &mut self.unit.statements;
                    let statements = settle(&mut self.scratch.statements, mark, list);
                    return Ok((Block { position: start, statements }, end));
                }
            }
        }
        Err(self.error("unexpected EOF"))
    }

    /// Text or an action.
    pub(super) fn statement(&mut self) -> Parsed<Item> {
        let token = self.next_word();
        match token.kind {
            Kind::Text => Ok(Item::Statement(Statement::Text(token.run()))),
            Kind::LeftDelim => {
                self.scope.action = Some(token.start);
                let item = self.action()?;
                self.scope.action = None;
                Ok(item)
            }
            _ => Err(self.unexpected(token, "input")),
        }
    }

    fn action(&mut self) -> Parsed<Item> {
        let token = self.next_word();
        let statement = match token.kind {
            Kind::Block => self.block()?,
            Kind::Break => {
                self.leave("{{break}}")?;
                Statement::Break { position: token.start }
            }
            Kind::Continue => {
                self.leave("{{continue}}")?;
                Statement::Continue { position: token.start }
            }
            Kind::Else => return self.otherwise(),
            Kind::End => {
                self.expect(Kind::RightDelim, "end")?;
                return Ok(Item::End(End::End));
            }
            Kind::If => self.control(Control::If)?,
            Kind::Range => self.control(Control::Range)?,
            Kind::With => self.control(Control::With)?,
            Kind::Template => self.call()?,
            _ => {
                self.back_up();
                let start = self.peek().start;
                let pipe = self.pipeline("command", Kind::RightDelim)?;
                Statement::Action { position: start, pipe }
            }
        };
        Ok(Item::Statement(statement))
    }

    fn leave(&mut self, action: &str) -> Parsed<()> {
        self.expect(Kind::RightDelim, action)?;
        if self.scope.ranges == 0 {
            return Err(self.error(format!("{action} outside {{{{range}}}}")));
        }
        Ok(())
    }

    /// `else`, after which `if` and `with` are left to be read.
    fn otherwise(&mut self) -> Parsed<Item> {
        let next = self.peek_word();
        if !matches!(next.kind, Kind::If | Kind::With) {
            self.expect(Kind::RightDelim, "else")?;
        }
        Ok(Item::End(End::Else(next.start)))
    }

    fn control(&mut self, control: Control) -> Parsed<Statement> {
        let known = self.scope.known.len();
        let declared = self.scope.declared.len();
        let pipe = self.pipeline(control.word(), Kind::RightDelim)?;
        let inside = self.scope.declared.len();
        let is_range = control == Control::Range;
        self.scope.ranges += usize::from(is_range);
        let (block, end) = self.list()?;
        self.scope.ranges -= usize::from(is_range);
        // What the first block declares is gone, although the parser still knows its names.
        self.scope.declared.truncate(inside);
        let otherwise = match end {
            End::End => None,
            End::Else(start) => Some(self.else_block(control, start)?),
        };
        self.scope.known.truncate(known);
        self.scope.declared.truncate(declared);
        Ok(control.statement(Branch { pipe, block, otherwise }))
    }

    /// What stands after `else`: `else if` is an `if` in the else block, without an end of its own.
    fn else_block(&mut self, control: Control, start: u32) -> Parsed<Block> {
        if let Some(chained) = control.chained()
            && self.peek().kind == chained
        {
            self.next();
            self.blocks += 1;
            if self.blocks > MAX_BLOCKS {
                return Err(self.error(format!("blocks nest deeper than {MAX_BLOCKS} levels")));
            }
            let statement = rhumb_value::stack::grow(|| self.control(control))?;
            self.blocks -= 1;
            let at = self.unit.statements.len();
            self.unit.statements.push(statement);
            return Ok(Block { position: start, statements: run(at, at + 1) });
        }
        let (block, end) = self.list()?;
        if end != End::End {
            return Err(self.error(format!("expected end; found {}", end.text())));
        }
        Ok(block)
    }

    /// `block`: a definition and a call of it at once.
    fn block(&mut self) -> Parsed<Statement> {
        const CONTEXT: &str = "block clause";
        let token = self.next_word();
        let name = self.template_name(token, CONTEXT)?;
        let pipe = self.pipeline(CONTEXT, Kind::RightDelim)?;
        let outer = std::mem::replace(&mut self.scope, Scope::new());
        let text = self.unit.literal_text(name).clone();
        self.body(text.as_bytes(), CONTEXT)?;
        self.scope = outer;
        Ok(Statement::Template { position: token.start, name, pipe: Some(pipe) })
    }

    fn call(&mut self) -> Parsed<Statement> {
        const CONTEXT: &str = "template clause";
        let token = self.next_word();
        let name = self.template_name(token, CONTEXT)?;
        let mut pipe = None;
        if self.next_word().kind != Kind::RightDelim {
            self.back_up();
            pipe = Some(self.pipeline(CONTEXT, Kind::RightDelim)?);
        }
        Ok(Statement::Template { position: token.start, name, pipe })
    }

    fn template_name(&mut self, token: Token, context: &str) -> Parsed<LiteralId> {
        if !matches!(token.kind, Kind::String | Kind::RawString) {
            return Err(self.unexpected(token, context));
        }
        self.literal(token)
    }
}
