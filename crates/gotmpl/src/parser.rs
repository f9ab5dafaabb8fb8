mod control;
mod number;
mod operand;
mod tokens;

use std::cell::OnceCell;
use std::rc::Rc;

use bytes::Bytes;
use rhumb_report::Span;
use rhumb_value::{Text, quote};

use crate::ast::{
    Block, Command, Expression, Literal, LiteralId, Run, Slot, Statement, Template, Unit, unquote,
};
use crate::error::{Error, ParseError};
use crate::functions::Functions;
use crate::lexer::Lexer;
use crate::token::{Kind, Token};

/// How deeply parentheses may nest, as in Go.
const MAX_PARENTHESES: usize = 10_000;

/// How deeply `if`, `with`, `range`, `define` and `block` may nest.
const MAX_BLOCKS: usize = 10_000;

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
#[derive(Default)]
struct Scope<'t> {
    /// Names that Go's parser lets be used from here on.
    known: Vec<&'t [u8]>,
    /// Variables that exist here when it runs.
    declared: Vec<(&'t [u8], Slot)>,
    /// How many variables the definition needs at once.
    slots: u32,
    ranges: usize,
    parentheses: usize,
    /// Where the action that is being read begins, if one is.
    action: Option<u32>,
}

/// Statements, expressions and commands of runs that are not complete.
#[derive(Default)]
struct Scratch {
    statements: Vec<Statement>,
    expressions: Vec<Expression>,
    commands: Vec<Command>,
}

pub(crate) struct Parser<'t> {
    name: &'t str,
    text: &'t [u8],
    functions: &'t Functions,
    lexer: Lexer<'t>,
    /// Tokens read; as many of them as `peeked` are to be read again, the last first.
    tokens: [Token; 3],
    peeked: usize,
    scope: Scope<'t>,
    blocks: usize,
    scratch: Scratch,
    unit: Unit,
    drafts: Vec<Draft>,
}

type Parsed<T> = Result<T, Error>;

/// How a list of statements ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    End,
    /// With the position that Go gives it.
    Else(u32),
}

impl End {
    fn text(self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else(_) => "{{else}}",
        }
    }
}

/// An element of a list of statements.
enum Item {
    Statement(Statement),
    End(End),
}

/// Parses a text into the template called `name` and those that it defines.
pub(crate) fn parse(name: &str, text: &Bytes, functions: &Functions) -> Parsed<Vec<Template>> {
    let empty = Token::new(Kind::Eof, 0, 0);
    let is_free = |word: &str| functions.get(word.as_bytes()).is_none();
    let breaks = (is_free("break"), is_free("continue"));
    let mut parser = Parser {
        name,
        text,
        functions,
        lexer: Lexer::new(text, breaks),
        tokens: [empty; 3],
        peeked: 0,
        scope: Scope::new(),
        blocks: 0,
        scratch: Scratch::default(),
        unit: Unit::new(name, text),
        drafts: Vec::new(),
    };
    if text.len() > MAX_TEXT {
        return Err(parser.error(format!("a template of more than {MAX_TEXT} bytes")));
    }
    parser.template()?;
    let Parser { unit, drafts, .. } = parser;
    let unit = Rc::new(unit);
    let template = |draft: Draft| {
        let Draft { name, body, slots, is_empty } = draft;
        Template { name, unit: Rc::clone(&unit), body, slots, is_empty }
    };
    Ok(drafts.into_iter().map(template).collect())
}

impl Unit {
    fn new(name: &str, text: &Bytes) -> Self {
        // Room for what is usual; a long text may have no actions at all.
        let some = (text.len() / 32).min(256);
        Self {
            name: name.into(),
            text: text.clone(),
            statements: Vec::with_capacity(some),
            pipes: Vec::with_capacity(some),
            commands: Vec::with_capacity(some),
            expressions: Vec::with_capacity(some),
            variables: Vec::new(),
            names: Vec::with_capacity(some),
            numbers: Vec::new(),
            literals: Vec::with_capacity(some / 4),
        }
    }
}

impl<'t> Scope<'t> {
    fn new() -> Self {
        Self { known: vec![b"$"], declared: vec![(b"$", Slot::ROOT)], slots: 1, ..Self::default() }
    }

    /// Makes room for a variable.
    fn declare(&mut self, name: &'t [u8]) -> Slot {
        let slot = self.declared.last().map_or(0, |(_, slot)| slot.0) + 1;
        self.slots = self.slots.max(slot + 1);
        self.declared.push((name, Slot(slot)));
        Slot(slot)
    }

    fn slot(&self, name: &[u8]) -> Slot {
        let found = self.declared.iter().rev().find(|(declared, _)| *declared == name);
        found.map_or(Slot::NONE, |(_, slot)| *slot)
    }
}

/// A position in the text; texts are short enough.
fn position(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn run(start: usize, end: usize) -> Run {
    Run { start: position(start), end: position(end) }
}

/// Moves the elements that came after `mark` to the end of a list.
fn settle<T>(scratch: &mut Vec<T>, mark: usize, list: &mut Vec<T>) -> Run {
    let start = list.len();
    list.extend(scratch.drain(mark..));
    run(start, list.len())
}

impl Parser<'_> {
    fn error(&self, message: impl Into<String>) -> Error {
        let [token, ..] = self.tokens;
        let line = self.line(token.start);
        let span = Span { source: self.name.into(), bytes: token.run().range() };
        Error::Parse(Box::new(ParseError { message: message.into(), line, span }))
    }

    fn line(&self, offset: u32) -> usize {
        1 + memchr::memchr_iter(b'\n', &self.text[..offset as usize]).count()
    }

    /// Says that a token cannot be here.
    fn unexpected(&self, token: Token, context: &str) -> Error {
        if token.kind != Kind::Error {
            let token = crate::token::describe(token.kind, &self.text[token.run().range()]);
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
        let start = self.peek().start;
        let mark = self.scratch.statements.len();
        loop {
            let delim = self.peek();
            if delim.kind == Kind::Eof {
                break;
            }
            if delim.kind == Kind::LeftDelim {
                self.next();
                if self.next_word().kind == Kind::Define {
                    self.definition()?;
                    continue;
                }
                self.back_up_two(delim);
            }
            match self.statement()? {
                Item::Statement(statement) => self.scratch.statements.push(statement),
                Item::End(end) => return Err(self.error(format!("unexpected {}", end.text()))),
            }
        }
        let statements = settle(&mut self.scratch.statements, mark, &mut self.unit.statements);
        self.define(self.name.into(), Block { position: start, statements })
    }

    /// A definition; its keyword is past.
    fn definition(&mut self) -> Parsed<()> {
        const CONTEXT: &str = "define clause";
        let outer = std::mem::replace(&mut self.scope, Scope::new());
        let name = self.next_word();
        if !matches!(name.kind, Kind::String | Kind::RawString) {
            return Err(self.unexpected(name, CONTEXT));
        }
        let name = self.unquote(name)?;
        self.expect(Kind::RightDelim, CONTEXT)?;
        self.body(name.as_bytes(), CONTEXT)?;
        self.scope = outer;
        Ok(())
    }

    /// The statements of a definition up to its end.
    fn body(&mut self, name: &[u8], context: &str) -> Parsed<()> {
        let (body, end) = self.list()?;
        if end != End::End {
            return Err(self.error(format!("unexpected {} in {context}", end.text())));
        }
        self.define(String::from_utf8_lossy(name).into(), body)
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
            return Err(self.error(format!("template: multiple definition of template {name}")));
        }
        let draft = Draft { name, body, slots: self.scope.slots, is_empty };
        match old {
            Some(index) => self.drafts[index] = draft,
            None => self.drafts.push(draft),
        }
        Ok(())
    }

    fn is_empty(&self, body: Block) -> bool {
        self.unit.statements(body).iter().all(|statement| match statement {
            Statement::Text(text) => is_blank(&self.text[text.range()]),
            _ => false,
        })
    }

    /// The text of a literal token.
    fn unquote(&self, token: Token) -> Parsed<Text> {
        unquote(&self.text[token.run().range()]).ok_or_else(|| self.error("invalid syntax"))
    }

    fn literal(&mut self, token: Token) -> Parsed<LiteralId> {
        let text = OnceCell::new();
        // Only an escape can be wrong.
        if memchr::memchr(b'\\', &self.text[token.run().range()]).is_some() {
            drop(text.set(self.unquote(token)?));
        }
        let id = LiteralId(position(self.unit.literals.len()));
        self.unit.literals.push(Literal { quoted: token.run(), text });
        Ok(id)
    }
}

fn is_blank(text: &[u8]) -> bool {
    if text.is_ascii() {
        return text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0x0b);
    }
    str::from_utf8(text).is_ok_and(|text| text.trim().is_empty())
}
