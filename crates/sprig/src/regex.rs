//! Regular expressions with Go's syntax.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rhumb_goregexp::{Regex, quote_meta};
use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::{CallError, List, Text, Type, Value};

use crate::list::Texts;

const TEXTS: Type = Type::List(&Type::String);

/// How many compiled patterns a thread keeps; charts use the same few over and over.
const MAX_KEPT: usize = 64;

thread_local! {
    static KEPT: RefCell<BTreeMap<Text, Rc<Regex>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Compiles a pattern, for the functions that return an error.
fn compile(pattern: &Text) -> Result<Rc<Regex>, CallError> {
    if let Some(regex) = KEPT.with_borrow(|kept| kept.get(pattern).cloned()) {
        return Ok(regex);
    }
    let regex = Regex::compile(pattern.as_bytes());
    let regex = Rc::new(regex.map_err(|error| CallError::new(error.to_string()))?);
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(pattern.clone(), Rc::clone(&regex));
    });
    Ok(regex)
}

/// Compiles a pattern, for the functions that panic in Go.
fn must_compile(pattern: &Text) -> Result<Rc<Regex>, CallError> {
    compile(pattern).map_err(|error| {
        let text = pattern.as_bytes();
        let shown = if rhumb_value::quote::can_backquote(text) {
            format!("`{}`", pattern.to_lossy())
        } else {
            rhumb_value::quote::quote(text)
        };
        CallError::new(format!("regexp: Compile({shown}): {}", error.message))
    })
}

/// A count as Go takes it: a negative one is none.
fn limit(count: i64) -> Option<usize> {
    usize::try_from(count).ok()
}

/// `regexMatch PATTERN TEXT`: whether it is found; false for a bad pattern.
///
/// `{{ regexMatch "^v[0-9]+$" "v12" }}` gives `true`.
fn regex_match(pattern: &Text, text: &[u8]) -> bool {
    compile(pattern).is_ok_and(|regex| regex.is_match(text))
}

/// `mustRegexMatch PATTERN TEXT`: whether it is found.
///
/// `{{ mustRegexMatch "^v[0-9]+$" "v12" }}` gives `true`.
fn must_match(pattern: &Text, text: &[u8]) -> Result<bool, CallError> {
    Ok(compile(pattern)?.is_match(text))
}

/// `regexFind PATTERN TEXT`: the leftmost match, or an empty text.
///
/// `{{ regexFind "[0-9]+" "a1b22" }}` gives `1`.
fn find(pattern: &Text, text: &[u8]) -> Result<Text, CallError> {
    Ok(must_compile(pattern)?.find(text).unwrap_or_default().into())
}

/// `mustRegexFind PATTERN TEXT`: the leftmost match, or an empty text.
///
/// `{{ mustRegexFind "[0-9]+" "a1b22" }}` gives `1`.
fn must_find(pattern: &Text, text: &[u8]) -> Result<Text, CallError> {
    Ok(compile(pattern)?.find(text).unwrap_or_default().into())
}

/// `regexFindAll PATTERN TEXT COUNT`: the matches; all if the count is negative.
///
/// `{{ regexFindAll "[0-9]+" "a1b22" -1 }}` gives `[1 22]`.
fn find_all(pattern: &Text, text: &[u8], count: i64) -> Result<Texts, CallError> {
    Ok(list(must_compile(pattern)?.find_all(text, limit(count))))
}

/// `mustRegexFindAll PATTERN TEXT COUNT`: the matches; all if the count is negative.
///
/// `{{ mustRegexFindAll "[0-9]+" "a1b22" -1 }}` gives `[1 22]`.
fn must_find_all(pattern: &Text, text: &[u8], count: i64) -> Result<Texts, CallError> {
    Ok(list(compile(pattern)?.find_all(text, limit(count))))
}

/// `regexSplit PATTERN TEXT COUNT`: what is between the matches.
///
/// `{{ regexSplit ", *" "a,b, c" -1 }}` gives `[a b c]`.
fn split(pattern: &Text, text: &[u8], count: i64) -> Result<Texts, CallError> {
    Ok(pieces(must_compile(pattern)?.split(text, limit(count)), count))
}

/// `mustRegexSplit PATTERN TEXT COUNT`: what is between the matches.
///
/// `{{ mustRegexSplit ", *" "a,b, c" -1 }}` gives `[a b c]`.
fn must_split(pattern: &Text, text: &[u8], count: i64) -> Result<Texts, CallError> {
    Ok(pieces(compile(pattern)?.split(text, limit(count)), count))
}

/// Matches are the nil slice if there are none. Go makes room for 10, and twice as many each time that those are too
/// few, which [`slice`](super::list) can show; long lists have none here.
fn list(found: Vec<&[u8]>) -> Texts {
    if found.is_empty() {
        return Texts(List::nil(TEXTS));
    }
    let room = [10, 20, 40, 80].into_iter().find(|room| found.len() <= *room);
    let spare = room.map_or(0, |room| room - found.len());
    Texts(List::roomy(TEXTS, found.into_iter().map(Value::text).collect(), spare))
}

/// Pieces are the nil slice only if none were asked for. Go makes room for as many as there are matches, and twice as
/// many if one more piece follows them.
fn pieces(found: Vec<&[u8]>, count: i64) -> Texts {
    if count == 0 {
        return list(found);
    }
    let is_cut = i64::try_from(found.len()) == Ok(count);
    let spare = if is_cut || found.len() > 16 { 0 } else { found.len().saturating_sub(2) };
    Texts(List::roomy(TEXTS, found.into_iter().map(Value::text).collect(), spare))
}

/// `regexReplaceAll PATTERN TEXT TEMPLATE`: the text with each match replaced; `$1` and `${name}`
/// stand for groups.
///
/// `{{ regexReplaceAll "a(x+)" "axx-ax" "<$1>" }}` gives `<xx>-<x>`.
fn replace(
    call: &Call<'_>,
    pattern: &Text,
    text: &[u8],
    template: &[u8],
) -> Result<Vec<u8>, CallError> {
    charged(call, must_compile(pattern)?.replace_all(text, template))
}

/// `mustRegexReplaceAll PATTERN TEXT TEMPLATE`: as `regexReplaceAll`.
///
/// `{{ mustRegexReplaceAll "a(x+)" "axx-ax" "<$1>" }}` gives `<xx>-<x>`.
fn must_replace(
    call: &Call<'_>,
    pattern: &Text,
    text: &[u8],
    template: &[u8],
) -> Result<Vec<u8>, CallError> {
    charged(call, compile(pattern)?.replace_all(text, template))
}

/// `regexReplaceAllLiteral PATTERN TEXT REPLACEMENT`: the text with each match replaced.
///
/// `{{ regexReplaceAllLiteral "x+" "axx-ax" "$1" }}` gives `a$1-a$1`.
fn replace_literal(
    call: &Call<'_>,
    pattern: &Text,
    text: &[u8],
    replacement: &[u8],
) -> Result<Vec<u8>, CallError> {
    charged(call, must_compile(pattern)?.replace_all_literal(text, replacement))
}

/// `mustRegexReplaceAllLiteral PATTERN TEXT REPLACEMENT`: as `regexReplaceAllLiteral`.
///
/// `{{ mustRegexReplaceAllLiteral "x+" "axx-ax" "$1" }}` gives `a$1-a$1`.
fn must_replace_literal(
    call: &Call<'_>,
    pattern: &Text,
    text: &[u8],
    replacement: &[u8],
) -> Result<Vec<u8>, CallError> {
    charged(call, compile(pattern)?.replace_all_literal(text, replacement))
}

fn charged(
    call: &Call<'_>,
    replaced: Result<Vec<u8>, rhumb_goregexp::Error>,
) -> Result<Vec<u8>, CallError> {
    let text = replaced.map_err(|error| CallError::new(error.to_string()))?;
    call.charge(text.len())?;
    Ok(text)
}

/// `regexQuoteMeta TEXT`: the text with a backslash before each character that means something in
/// patterns.
///
/// `{{ regexQuoteMeta "1.2" }}` gives `1\.2`.
fn quote(text: &[u8]) -> Vec<u8> {
    quote_meta(text)
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("mustRegexFind", must_find, [pattern, text]),
    func!("mustRegexFindAll", must_find_all, [pattern, text, count]),
    func!("mustRegexMatch", must_match, [pattern, text]),
    func!("mustRegexReplaceAll", must_replace, call, [pattern, text, template]),
    func!("mustRegexReplaceAllLiteral", must_replace_literal, call, [pattern, text, replacement]),
    func!("mustRegexSplit", must_split, [pattern, text, count]),
    func!("regexFind", find, [pattern, text]),
    func!("regexFindAll", find_all, [pattern, text, count]),
    func!("regexMatch", regex_match, [pattern, text]),
    func!("regexQuoteMeta", quote, [text]),
    func!("regexReplaceAll", replace, call, [pattern, text, template]),
    func!("regexReplaceAllLiteral", replace_literal, call, [pattern, text, replacement]),
    func!("regexSplit", split, [pattern, text, count]),
];
