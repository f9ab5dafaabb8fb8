//! The functions that the language itself has.

mod compare;
mod escape;
mod index;

pub(crate) use index::Boxed;
use rhumb_value::{CallError, Value, format};

/// A function of the language. `and` and `or` are the evaluator's own, since they do not evaluate all
/// their arguments.
///
/// It is a whole word, since nodes that have bytes in their first word are slow to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Builtin {
    /// `and VALUE…`: the first that is empty, or else the last; those after it are not evaluated.
    ///
    /// `{{ and true "x" }}` gives `x`.
    And,
    /// `call FUNCTION VALUE…`: what a function gives that is a value; charts have none, so it
    /// always fails.
    ///
    /// `{{ call "f" }}` fails with `non-function "f" of type string`.
    Call,
    /// `eq LEFT RIGHT…`: whether the left is equal to one of the others.
    ///
    /// `{{ eq .Chart.Name "a" "demo" }}` gives `true`.
    Eq,
    /// `ge LEFT RIGHT`: whether the left is greater than the right, or equal.
    ///
    /// `{{ ge 2 2 }}` gives `true`.
    Ge,
    /// `gt LEFT RIGHT`: whether the left is greater than the right.
    ///
    /// `{{ gt 2 2 }}` gives `false`.
    Gt,
    /// `html VALUE…`: the values as `print` puts them, with escapes for HTML.
    ///
    /// `{{ html "<a & b>" }}` gives `&lt;a &amp; b&gt;`.
    Html,
    /// `index VALUE KEY…`: the item of a list, the value of a map or the byte of a text, and so on
    /// down.
    ///
    /// `{{ index (list "a" "b") 1 }}` gives `b`.
    Index,
    /// `js VALUE…`: the values as `print` puts them, with escapes for JavaScript.
    ///
    /// `{{ js "it's" }}` gives `it\'s`.
    Js,
    /// `le LEFT RIGHT`: whether the left is less than the right, or equal.
    ///
    /// `{{ le 2 2 }}` gives `true`.
    Le,
    /// `len VALUE`: how many items a list or a map has, or bytes a text.
    ///
    /// `{{ len "abc" }}` gives `3`.
    Len,
    /// `lt LEFT RIGHT`: whether the left is less than the right.
    ///
    /// `{{ lt 2 2 }}` gives `false`.
    Lt,
    /// `ne LEFT RIGHT`: whether both differ.
    ///
    /// `{{ ne 1 2 }}` gives `true`.
    Ne,
    /// `not VALUE`: whether the value is empty.
    ///
    /// `{{ not "" }}` gives `true`.
    Not,
    /// `or VALUE…`: the first that is not empty, or else the last; those after it are not
    /// evaluated.
    ///
    /// `{{ or "" "x" "y" }}` gives `x`.
    Or,
    /// `print VALUE…`: the values, with spaces between two that are no texts.
    ///
    /// `{{ print "a" 1 2 "b" }}` gives `a1 2b`.
    Print,
    /// `printf FORMAT VALUE…`: the values in a format, such as `%s`, `%d`, `%v` and `%q`.
    ///
    /// `{{ printf "%s-%03d" "web" 7 }}` gives `web-007`.
    Printf,
    /// `println VALUE…`: the values with spaces between them and a line break at the end.
    ///
    /// `{{ println "a" 1 | quote }}` gives `"a 1\n"`.
    Println,
    /// `slice VALUE START END…`: a part of a list or a text.
    ///
    /// `{{ slice (list 1 2 3) 1 }}` gives `[2 3]`.
    Slice,
    /// `urlquery VALUE…`: the values as `print` puts them, with escapes for the query of a URL.
    ///
    /// `{{ urlquery "a b&c" }}` gives `a+b%26c`.
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

    /// The name in templates.
    pub(crate) fn name(self) -> &'static str {
        // They are in the order of the variants.
        Self::ALL.get(self as usize).map_or("", |(name, _)| name)
    }

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
