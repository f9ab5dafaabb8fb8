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
    /// The keywords and the truth values, except those that give way.
    pub(crate) const KEYWORDS: [(&'static str, Self); 11] = [
        ("block", Self::Block),
        ("define", Self::Define),
        ("else", Self::Else),
        ("end", Self::End),
        ("false", Self::Bool),
        ("if", Self::If),
        ("nil", Self::Nil),
        ("range", Self::Range),
        ("template", Self::Template),
        ("true", Self::Bool),
        ("with", Self::With),
    ];

    /// The keywords that are none if there is a function of the name.
    pub(crate) const YIELDING: [(&'static str, Self); 2] =
        [("break", Self::Break), ("continue", Self::Continue)];

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
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Token {
    pub(crate) fn new(kind: Kind, start: u32, end: u32) -> Self {
        Self { kind, is_spaced: false, start, end }
    }

    pub(crate) fn run(self) -> Run {
        Run { start: self.start, end: self.end }
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
