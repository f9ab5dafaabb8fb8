mod control;
mod lists;
mod number;
mod operand;

use std::cell::OnceCell;
use std::rc::Rc;

use bytes::Bytes;
use rhumb_report::Span;
use rhumb_value::{Text, quote};

use crate::ast::{
    Block, Literal, LiteralId, Run, Slot, Statement, Template, Unit, position, unquote,
};
use crate::error::{Error, ParseError};
use crate::functions::Functions;
use crate::lexer::Lexer;
use crate::token::{Kind, Token};
use lists::{Lists, Open, settle};

/// How deeply parentheses may nest, as in Go.
const MAX_PARENTHESES: usize = 10_000;

/// How deeply `if`, `with`, `range`, `define` and `block` may nest.
const MAX_BLOCKS: usize = 10_000;

/// The variable that is always there.
const ROOT: &[u8] = b"$";

/// How long a template's text may be: positions are 32 bits wide.
const MAX_TEXT: usize = 1 << 30;

/// A definition that has been parsed, before its unit is whole.
struct Draft {
    name: Rc<str>,
    body: Block,
    slots: u32,
    is_empty: bool,
}

/// What is known while one definition is parsed; each has its own.
#[derive(Clone, Copy)]
struct Scope {
    /// Where its names begin among those that are known, and among the variables.
    known: usize,
    declared: usize,
    /// How many variables the definition needs at once.
    slots: u32,
    ranges: usize,
    parentheses: usize,
    /// Where the action that is being read begins, if one is.
    action: Option<u32>,
    /// The variable that begins the pipeline that was begun last, if it is not declared by it.
    looked_behind: Option<u32>,
}

impl Scope {
    fn new(known: usize, declared: usize) -> Self {
        let (action, looked_behind) = (None, None);
        Self { known, declared, slots: 1, ranges: 0, parentheses: 0, action, looked_behind }
    }
}

/// Reads tokens one at a time, none before it is needed: what an error blames is the last one.
pub(crate) struct Parser<'t> {
    name: &'t Rc<str>,
    text: &'t [u8],
    lexer: Lexer<'t>,
    scope: Scope,
    blocks: usize,
    lists: Box<Lists>,
    /// The commands of the innermost pipeline.
    commands: Open,
    /// The expressions of its last command.
    expressions: Open,
    drafts: Vec<Draft>,
}

type Parsed<T> = Result<T, Box<ParseError>>;

/// How a list of statements ended.
#[derive(Clone, Copy)]
enum End {
    End,
    /// The token after the keyword was read too.
    Else,
}

impl End {
    fn text(self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        }
    }
}

/// Parses a text into the template called `name` and those that it defines.
pub(crate) fn parse(
    name: &str,
    text: &Bytes,
    functions: &Functions,
) -> Result<Vec<Rc<Template>>, Error> {
    let name: Rc<str> = name.into();
    let mut parser = Parser {
        name: &name,
        text,
        lexer: Lexer::new(text, functions),
        scope: Scope::new(0, 0),
        blocks: 0,
        lists: Lists::used(),
        commands: Open::default(),
        expressions: Open::default(),
        drafts: Vec::new(),
    };
    let is_long = text.len() > MAX_TEXT;
    let parsed = if is_long { parser.too_long() } else { parser.template() };
    let Parser { mut lists, drafts, .. } = parser;
    let nodes = lists.nodes.take();
    lists.keep();
    parsed.map_err(Error::Parse)?;
    let unit = Rc::new(Unit { name, text: text.clone(), nodes });
    let template = |draft: Draft| {
        let Draft { name, body, slots, is_empty } = draft;
        Rc::new(Template { name, unit: Rc::clone(&unit), body, slots, is_empty })
    };
    Ok(drafts.into_iter().map(template).collect())
}

impl<'t> Parser<'t> {
    fn next(&mut self) -> Kind {
        self.lexer.next()
    }

    /// The token that was read last.
    fn token(&self) -> Token {
        self.lexer.token
    }

    fn expect(&mut self, kind: Kind, context: &str) -> Parsed<()> {
        if self.next() == kind { Ok(()) } else { self.unexpected(context) }
    }

    fn slice(&self, token: Token) -> &'t [u8] {
        &self.text[token.run().range()]
    }

    /// An error at the token that was read last.
    #[cold]
    fn error<T>(&self, message: impl Into<String>) -> Parsed<T> {
        let token = self.token();
        let line = self.line(token.start);
        let span = Span { source: (&**self.name).into(), bytes: token.run().range() };
        Err(Box::new(ParseError { message: message.into(), line, span }))
    }

    fn too_long<T>(&self) -> Parsed<T> {
        self.error(format!("a template of more than {MAX_TEXT} bytes"))
    }

    fn line(&self, offset: u32) -> usize {
        1 + memchr::memchr_iter(b'\n', &self.text[..offset as usize]).count()
    }

    /// Says that the token that was read last cannot be here.
    #[cold]
    fn unexpected<T>(&self, context: &str) -> Parsed<T> {
        let token = self.token();
        if token.kind != Kind::Error {
            let token = crate::token::describe(token.kind, self.slice(token));
            return self.error(format!("unexpected {token} in {context}"));
        }
        let message = self.lexer.error();
        let mut extra = String::new();
        if let Some(action) = self.scope.action {
            let line = self.line(action);
            if line != self.line(token.start) {
                let word = if message.ends_with(" action") { "" } else { " in action" };
                extra = format!("{word} started at {}:{line}", self.name);
            }
        }
        self.error(format!("{message}{extra}"))
    }

    /// The whole text: statements, with definitions between them.
    fn template(&mut self) -> Parsed<()> {
        let mut kind = self.next();
        let start = self.token().start;
        let mark = self.lists.statements.len();
        while kind != Kind::Eof {
            if let Some(end) = self.statement_or_definition(kind)? {
                return self.error(format!("unexpected {}", end.text()));
            }
            kind = self.next();
        }
        let statements = settle(&mut self.lists.statements, mark, &mut self.lists.nodes.statements);
        self.define(Rc::clone(self.name), Block { position: start, statements })
    }

    fn statement_or_definition(&mut self, kind: Kind) -> Parsed<Option<End>> {
        if kind != Kind::LeftDelim {
            return self.statement(kind);
        }
        let delim = self.token().start;
        let word = self.next();
        if word == Kind::Define {
            self.definition()?;
            return Ok(None);
        }
        self.action(delim, word)
    }

    /// A definition; its keyword is past.
    fn definition(&mut self) -> Parsed<()> {
        const CONTEXT: &str = "define clause";
        let outer = self.enter_scope();
        if !matches!(self.next(), Kind::String | Kind::RawString) {
            return self.unexpected(CONTEXT);
        }
        let name = self.unquote()?;
        self.expect(Kind::RightDelim, CONTEXT)?;
        self.body(&name, CONTEXT)?;
        self.leave_scope(outer);
        Ok(())
    }

    /// Begins a scope that knows nothing but `$`; gives the one that it is in.
    fn enter_scope(&mut self) -> Scope {
        let inner = Scope::new(self.lists.known.len(), self.lists.declared.len());
        std::mem::replace(&mut self.scope, inner)
    }

    fn leave_scope(&mut self, outer: Scope) {
        self.lists.known.truncate(self.scope.known);
        self.lists.declared.truncate(self.scope.declared);
        self.scope = outer;
    }

    /// Whether Go's parser lets a variable be used here.
    fn is_known(&self, name: &[u8]) -> bool {
        let known = &self.lists.known[self.scope.known..];
        name == ROOT || known.iter().any(|known| &self.text[known.range()] == name)
    }

    /// Makes room for a variable.
    fn declare(&mut self, name: Run) -> Slot {
        let before = self.lists.declared[self.scope.declared..].last();
        let slot = Slot(before.map_or(Slot::ROOT, |(_, slot)| *slot).0 + 1);
        self.scope.slots = self.scope.slots.max(slot.0 + 1);
        self.lists.declared.push((name, slot));
        slot
    }

    fn slot(&self, name: &[u8]) -> Slot {
        let mut declared = self.lists.declared[self.scope.declared..].iter().rev();
        match declared.find(|(declared, _)| &self.text[declared.range()] == name) {
            Some((_, slot)) => *slot,
            None if name == ROOT => Slot::ROOT,
            None => Slot::NONE,
        }
    }

    /// The statements of a definition up to its end.
    fn body(&mut self, name: &Text, context: &str) -> Parsed<()> {
        let (body, end) = self.list()?;
        if let End::Else = end {
            return self.error(format!("unexpected {} in {context}", end.text()));
        }
        self.define((&*name.to_lossy()).into(), body)
    }

    /// Keeps a definition, unless there is one already that is not empty.
    fn define(&mut self, name: Rc<str>, body: Block) -> Parsed<()> {
        let is_empty = self.is_empty(body);
        let old = self.drafts.iter().position(|draft| draft.name == name);
        if let Some(index) = old
            && !self.drafts[index].is_empty
        {
            if is_empty {
                return Ok(());
            }
            let name = quote::quote(name.as_bytes());
            return self.error(format!("template: multiple definition of template {name}"));
        }
        let draft = Draft { name, body, slots: self.scope.slots, is_empty };
        match old {
            Some(index) => self.drafts[index] = draft,
            None => self.drafts.push(draft),
        }
        Ok(())
    }

    fn is_empty(&self, body: Block) -> bool {
        self.lists.nodes.statements[body.statements.range()].iter().all(|statement| match statement
        {
            Statement::Text(text) => is_blank(&self.text[text.range()]),
            _ => false,
        })
    }

    /// The text of the literal that was read last.
    fn unquote(&self) -> Parsed<Text> {
        unquote(self.slice(self.token())).map_or_else(|| self.error("invalid syntax"), Ok)
    }

    fn literal(&mut self) -> Parsed<LiteralId> {
        if self.lexer.has_odd_escape {
            // Nothing else can be wrong with it.
            self.unquote()?;
        }
        let id = LiteralId(position(self.lists.nodes.literals.len()));
        self.lists
            .nodes
            .literals
            .push(Literal { quoted: self.token().run(), text: OnceCell::new() });
        Ok(id)
    }
}

fn is_blank(text: &[u8]) -> bool {
    match text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0x0b) {
        // Other scripts have spaces too.
        Some(0x80..) => str::from_utf8(text).is_ok_and(|text| text.trim().is_empty()),
        Some(_) => false,
        None => true,
    }
}
