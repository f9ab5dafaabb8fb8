use rhumb_value::quote;

/// What a token is. From `Block` on they are keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Error,
    Bool,
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

impl Kind {
    pub(crate) fn keyword(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"block" => Self::Block,
            b"break" => Self::Break,
            b"continue" => Self::Continue,
            b"define" => Self::Define,
            b"else" => Self::Else,
            b"end" => Self::End,
            b"if" => Self::If,
            b"nil" => Self::Nil,
            b"range" => Self::Range,
            b"template" => Self::Template,
            b"with" => Self::With,
            _ => return None,
        })
    }
}

/// A piece of a template's text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How error messages show a token of this text.
pub(crate) fn describe(kind: Kind, text: &[u8]) -> String {
    if kind == Kind::Eof {
        return "EOF".to_owned();
    }
    if kind >= Kind::Block {
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
