use super::{End, MAX_BLOCKS, Parsed, Parser, settle};
use crate::ast::{Block, Branch, LiteralId, Run, Statement};
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
            return self.error(format!("blocks nest deeper than {MAX_BLOCKS} levels"));
        }
        Ok(())
    }

    fn statements(&mut self) -> Parsed<(Block, End)> {
        let mut kind = self.next();
        let start = self.token().start;
        let mark = self.lists.statements.len();
        while kind != Kind::Eof {
            if let Some(end) = self.statement(kind)? {
                let lists = &mut *self.lists;
                let list = &mut lists.nodes.statements;
                let statements = settle(&mut lists.statements, mark, list);
                return Ok((Block { position: start, statements }, end));
            }
            kind = self.next();
        }
        self.error("unexpected EOF")
    }

    /// Text or an action, of which the first token was read; says so if it ends the list.
    pub(super) fn statement(&mut self, kind: Kind) -> Parsed<Option<End>> {
        match kind {
            Kind::Text => {
                self.lists.statements.push(Statement::Text(self.token().run()));
                Ok(None)
            }
            Kind::LeftDelim => {
                let delim = self.token().start;
                let word = self.next();
                self.action(delim, word)
            }
            _ => self.unexpected("input"),
        }
    }

    /// An action of which the delimiter and the first word were read.
    pub(super) fn action(&mut self, delim: u32, word: Kind) -> Parsed<Option<End>> {
        self.scope.action = Some(delim);
        let start = self.token().start;
        let statement = match word {
            Kind::Block => self.block()?,
            Kind::Break => {
                self.leave("{{break}}")?;
                Statement::Break { position: start }
            }
            Kind::Continue => {
                self.leave("{{continue}}")?;
                Statement::Continue { position: start }
            }
            Kind::Else => {
                if !matches!(self.next(), Kind::If | Kind::With | Kind::RightDelim) {
                    return self.unexpected("else");
                }
                self.scope.action = None;
                return Ok(Some(End::Else));
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
                let pipe = self.pipeline("command", Kind::RightDelim)?;
                Statement::Action { position: start, pipe }
            }
        };
        self.scope.action = None;
        self.lists.statements.push(statement);
        Ok(None)
    }

    fn leave(&mut self, action: &str) -> Parsed<()> {
        self.expect(Kind::RightDelim, action)?;
        if self.scope.ranges == 0 {
            return self.error(format!("{action} outside {{{{range}}}}"));
        }
        Ok(())
    }

    fn control(&mut self, control: Control) -> Parsed<Statement> {
        let known = self.lists.known.len();
        let declared = self.lists.declared.len();
        self.next();
        let pipe = self.pipeline(control.word(), Kind::RightDelim)?;
        let inside = self.lists.declared.len();
        let is_range = control == Control::Range;
        self.scope.ranges += usize::from(is_range);
        let (block, end) = self.list()?;
        self.scope.ranges -= usize::from(is_range);
        // What the first block declares is gone, although the parser still knows its names.
        self.lists.declared.truncate(inside);
        let otherwise = match end {
            End::End => None,
            End::Else => Some(self.else_block(control)?),
        };
        self.lists.known.truncate(known);
        self.lists.declared.truncate(declared);
        Ok(control.statement(Branch { pipe, block, otherwise }))
    }

    /// What stands after `else`: `else if` is an `if` in the else block, without an end of its own.
    fn else_block(&mut self, control: Control) -> Parsed<Block> {
        let Token { kind, start, .. } = self.token();
        if control.chained() == Some(kind) {
            self.deeper()?;
            let statement = rhumb_value::stack::grow(|| self.control(control))?;
            self.blocks -= 1;
            let at = self.lists.nodes.statements.len();
            self.lists.nodes.statements.push(statement);
            return Ok(Block { position: start, statements: Run::new(at, at + 1) });
        }
        if kind != Kind::RightDelim {
            return self.unexpected("input");
        }
        let (block, end) = self.list()?;
        match end {
            End::End => Ok(block),
            End::Else => self.error(format!("expected end; found {}", end.text())),
        }
    }

    /// `block`: a definition and a call of it at once.
    fn block(&mut self) -> Parsed<Statement> {
        const CONTEXT: &str = "block clause";
        let (start, name) = self.template_name(CONTEXT)?;
        let text = self.unquote()?;
        self.next();
        let pipe = self.pipeline(CONTEXT, Kind::RightDelim)?;
        let outer = self.enter_scope();
        self.body(&text, CONTEXT)?;
        self.leave_scope(outer);
        Ok(Statement::Template { position: start, name, pipe: Some(pipe) })
    }

    fn call(&mut self) -> Parsed<Statement> {
        const CONTEXT: &str = "template clause";
        let (start, name) = self.template_name(CONTEXT)?;
        let pipe = match self.next() {
            Kind::RightDelim => None,
            _ => Some(self.pipeline(CONTEXT, Kind::RightDelim)?),
        };
        Ok(Statement::Template { position: start, name, pipe })
    }

    /// The name of a template, and where it stands.
    fn template_name(&mut self, context: &str) -> Parsed<(u32, LiteralId)> {
        if !matches!(self.next(), Kind::String | Kind::RawString) {
            return self.unexpected(context);
        }
        Ok((self.token().start, self.literal()?))
    }
}
