//! The functions that the language itself has.

mod compare;
mod escape;
mod index;

pub(crate) use index::Boxed;
use rhumb_value::{CallError, Value, format};

/// A function of the language. `and` and `or` are the evaluator's own, since they do not evaluate all
/// their arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    And,
    Call,
    Eq,
    Ge,
    Gt,
    Html,
    Index,
    Js,
    Le,
    Len,
    Lt,
    Ne,
    Not,
    Or,
    Print,
    Printf,
    Println,
    Slice,
    Urlquery,
}

impl Builtin {
    pub(crate) const ALL: &[(&str, Self)] = &[
        ("and", Self::And),
        ("call", Self::Call),
        ("eq", Self::Eq),
        ("ge", Self::Ge),
        ("gt", Self::Gt),
        ("html", Self::Html),
        ("index", Self::Index),
        ("js", Self::Js),
        ("le", Self::Le),
        ("len", Self::Len),
        ("lt", Self::Lt),
        ("ne", Self::Ne),
        ("not", Self::Not),
        ("or", Self::Or),
        ("print", Self::Print),
        ("printf", Self::Printf),
        ("println", Self::Println),
        ("slice", Self::Slice),
        ("urlquery", Self::Urlquery),
    ];

    /// How many arguments there must be, and whether there may be more.
    pub(crate) fn arity(self) -> (usize, bool) {
        match self {
            Self::Len | Self::Not => (1, false),
            Self::Ge | Self::Gt | Self::Le | Self::Lt | Self::Ne => (2, false),
            Self::And
            | Self::Call
            | Self::Eq
            | Self::Index
            | Self::Or
            | Self::Printf
            | Self::Slice => (1, true),
            Self::Html | Self::Js | Self::Print | Self::Println | Self::Urlquery => (0, true),
        }
    }

    /// Calls it with as many arguments as it takes.
    pub(crate) fn call(self, values: &[Value]) -> Result<Value, CallError> {
        let pair = || match values {
            [left, right, ..] => Ok((left, right)),
            _ => Err(CallError::new("missing argument for comparison")),
        };
        let first = values.first().unwrap_or(&Value::Nil);
        let rest = values.get(1..).unwrap_or_default();
        Ok(match self {
            // The evaluator has decided these two; what is left is their last argument.
            Self::And | Self::Or => values.last().cloned().unwrap_or_default(),
            Self::Call => return Err(CallError::new("call of nil")),
            Self::Eq => Value::Bool(compare::equal_any(first, rest)?),
            Self::Ne => Value::Bool(!compare::equal_any(first, rest)?),
            Self::Lt => Value::Bool(compare::less(pair()?)?),
            Self::Le => Value::Bool(compare::less_or_equal(pair()?)?),
            Self::Gt => Value::Bool(!compare::less_or_equal(pair()?)?),
            Self::Ge => Value::Bool(!compare::less(pair()?)?),
            Self::Html => Value::text(escape::html(&escape::printed(values)?)),
            Self::Js => Value::text(escape::js(&escape::printed(values)?)),
            Self::Urlquery => Value::text(escape::url_query(&escape::printed(values)?)),
            Self::Index => return index::index(first, rest),
            Self::Slice => return index::slice(first, rest),
            Self::Len => Value::int(index::length(first)?),
            Self::Not => Value::Bool(!first.is_true()),
            Self::Print => Value::text(format::sprint(values)?),
            Self::Println => Value::text(format::sprintln(values)?),
            Self::Printf => match first {
                Value::Text(text) => Value::text(format::sprintf(text.as_bytes(), rest)?),
                _ => Value::text(""),
            },
        })
    }
}
