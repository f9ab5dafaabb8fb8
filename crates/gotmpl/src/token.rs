use rhumb_value::quote;

use crate::ast::Run;

/// What a token is. From `Bool` on they can begin an operand, from `Nil` on they are keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Error,
    Char,
    Assign,
    Declare,
    Eof,
    LeftDelim,
    Pipe,
    RightDelim,
    RightParen,
    Text,
    Bool,
    CharConstant,
    Complex,
    Dot,
    Field,
    Identifier,
    LeftParen,
    Number,
    RawString,
    String,
    Variable,
    Nil,
    Block,
    Break,
    Continue,
    Define,
    Else,
    End,
    If,
    Range,
    Template,
    With,
}

impl Kind {
    /// What a word is: a keyword, a truth value, or a name.
    #[inline]
    pub(crate) fn word(word: &[u8]) -> Self {
        const BLOCK: u64 = head(b"block");
        const BREAK: u64 = head(b"break");
        const CONTINUE: u64 = head(b"continue");
        const DEFINE: u64 = head(b"define");
        const ELSE: u64 = head(b"else");
        const END: u64 = head(b"end");
        const FALSE: u64 = head(b"false");
        const IF: u64 = head(b"if");
        const NIL: u64 = head(b"nil");
        const RANGE: u64 = head(b"range");
        const TEMPLATE: u64 = head(b"template");
        const TRUE: u64 = head(b"true");
        const WITH: u64 = head(b"with");
        if word.len() > 8 {
            return Self::Identifier;
        }
        match head(word) {
            BLOCK => Self::Block,
            BREAK => Self::Break,
            CONTINUE => Self::Continue,
            DEFINE => Self::Define,
            ELSE => Self::Else,
            END => Self::End,
            IF => Self::If,
            NIL => Self::Nil,
            RANGE => Self::Range,
            TEMPLATE => Self::Template,
            WITH => Self::With,
            TRUE | FALSE => Self::Bool,
            _ => Self::Identifier,
        }
    }

    /// Whether an operand can begin with it.
    pub(crate) fn begins_operand(self) -> bool {
        (Self::Bool..=Self::Nil).contains(&self)
    }
}

/// A piece of a template's text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Whether there is space in front of it, other than the one of a trimming delimiter.
    pub(crate) is_spaced: bool,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Token {
    pub(crate) fn new(kind: Kind, start: usize, end: usize) -> Self {
        Self { kind, is_spaced: false, start, end }
    }

    pub(crate) fn run(self) -> Run {
        Run::new(self.start, self.end)
    }
}

/// How error messages show a token of this text.
pub(crate) fn describe(kind: Kind, text: &[u8]) -> String {
    if kind == Kind::Eof {
        return "EOF".to_owned();
    }
    if kind >= Kind::Nil || kind == Kind::Dot {
        return format!("<{}>", String::from_utf8_lossy(text));
    }
    if text.len() <= 10 {
        return quote::quote(text);
    }
    let mut end = 0;
    for _ in 0..10 {
        end += rhumb_value::unicode::decode(&text[end..]).1;
    }
    format!("{}...", quote::quote(&text[..end]))
}

/// The first eight bytes of a name as a number, with zeros for what it does not have.
#[inline]
pub(crate) const fn head(name: &[u8]) -> u64 {
    if let Some(first) = name.first_chunk() {
        return u64::from_le_bytes(*first);
    }
    if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        // They overlap.
        let shift = 8 * (name.len() as u64 - 4);
        return u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*last) as u64) << shift;
    }
    match name {
        [first, second, third] => *first as u64 | (*second as u64) << 8 | (*third as u64) << 16,
        [first, second] => *first as u64 | (*second as u64) << 8,
        [first] => *first as u64,
        _ => 0,
    }
}
