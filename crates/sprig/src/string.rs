//! Texts. Places and lengths count bytes, as in Go.

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::format::print;
use rhumb_value::{CallError, Map, Text, Type, Value};

use crate::cast::{texts, to_text, to_texts};
use crate::list::Texts;
use crate::rune::{self, chars};

/// What Go says when a text is to be repeated less than no times.
const NEGATIVE_REPEAT: &str = "strings: negative Repeat count";

/// `trim TEXT`: without white space around it.
///
/// `{{ trim "  a  " }}` gives `a`.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    let is_space = |char: char| char.is_whitespace();
    trim_end(trim_start(text, is_space), is_space)
}

/// `trimAll CHARACTERS TEXT`: without these characters around it.
///
/// `{{ trimAll "$" "$5.00$" }}` gives `5.00`.
fn trim_all(cut: &Text, text: &Text) -> Text {
    let cut: Vec<char> = chars(cut.as_bytes()).collect();
    let is_cut = |char: char| cut.contains(&char);
    trim_end(trim_start(text.as_bytes(), is_cut), is_cut).into()
}

fn trim_start(mut text: &[u8], is_cut: impl Fn(char) -> bool) -> &[u8] {
    loop {
        let (char, width) = rhumb_value::unicode::decode(text);
        if width == 0 || !is_cut(char.unwrap_or(char::REPLACEMENT_CHARACTER)) {
            return text;
        }
        text = &text[width..];
    }
}

fn trim_end(mut text: &[u8], is_cut: impl Fn(char) -> bool) -> &[u8] {
    while !text.is_empty() {
        let (char, width) = last_char(text);
        if !is_cut(char) {
            break;
        }
        text = &text[..text.len() - width];
    }
    text
}

/// The last character and its width.
fn last_char(text: &[u8]) -> (char, usize) {
    let valid = |width: &usize| {
        let start = text.len().checked_sub(*width)?;
        str::from_utf8(&text[start..]).ok()?.chars().next().map(|char| (char, *width))
    };
    [1, 2, 3, 4].iter().find_map(valid).unwrap_or((char::REPLACEMENT_CHARACTER, 1))
}

/// `trimPrefix PREFIX TEXT`: without the prefix.
///
/// `{{ trimPrefix "v" "v1.2" }}` gives `1.2`.
fn trim_prefix(prefix: &Text, text: &Text) -> Text {
    let rest = text.as_bytes().strip_prefix(prefix.as_bytes());
    rest.map_or_else(|| text.clone(), Text::from)
}

/// `trimSuffix SUFFIX TEXT`: without the suffix.
///
/// `{{ trimSuffix "-" "web-" }}` gives `web`.
fn trim_suffix(suffix: &Text, text: &Text) -> Text {
    let rest = text.as_bytes().strip_suffix(suffix.as_bytes());
    rest.map_or_else(|| text.clone(), Text::from)
}

/// `contains PART TEXT`: whether the part is in the text.
///
/// `{{ contains "art" "chart" }}` gives `true`.
fn contains(part: &Text, text: &Text) -> bool {
    find(text.as_bytes(), part.as_bytes()).is_some()
}

/// Where a part starts first.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, part)
}

/// `hasPrefix PREFIX TEXT`: whether the text starts with it.
///
/// `{{ hasPrefix "ch" "chart" }}` gives `true`.
fn has_prefix(prefix: &Text, text: &Text) -> bool {
    text.as_bytes().starts_with(prefix.as_bytes())
}

/// `hasSuffix SUFFIX TEXT`: whether the text ends with it.
///
/// `{{ hasSuffix "rt" "chart" }}` gives `true`.
fn has_suffix(suffix: &Text, text: &Text) -> bool {
    text.as_bytes().ends_with(suffix.as_bytes())
}

/// `replace OLD NEW TEXT`: the text with a part replaced wherever it is.
///
/// `{{ replace "." "-" "1.2.3" }}` gives `1-2-3`.
fn replace(call: &Call<'_>, old: &Text, new: &Text, text: &Text) -> Result<Vec<u8>, CallError> {
    let (old, new, text) = (old.as_bytes(), new.as_bytes(), text.as_bytes());
    let starts: Vec<usize> = if old.is_empty() {
        std::iter::once(0).chain(boundaries(text)).collect()
    } else {
        memchr::memmem::find_iter(text, old).collect()
    };
    call.charge(text.len().saturating_add(starts.len().saturating_mul(new.len())))?;
    let mut result = Vec::with_capacity(text.len());
    let mut done = 0;
    for start in starts {
        result.extend_from_slice(&text[done..start]);
        result.extend_from_slice(new);
        done = start + old.len();
    }
    result.extend_from_slice(&text[done..]);
    Ok(result)
}

/// Where each character of a text ends.
fn boundaries(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut position = 0;
    std::iter::from_fn(move || {
        let (_, width) = rhumb_value::unicode::decode(&text[position..]);
        position += width;
        (width > 0).then_some(position)
    })
}

/// `repeat COUNT TEXT`: the text so many times.
///
/// `{{ repeat 3 "ab" }}` gives `ababab`.
fn repeat(call: &Call<'_>, count: i64, text: &Text) -> Result<Vec<u8>, CallError> {
    let count = usize::try_from(count).map_err(|_| CallError::new(NEGATIVE_REPEAT))?;
    call.charge(text.as_bytes().len().saturating_mul(count))?;
    Ok(text.as_bytes().repeat(count))
}

/// `indent SPACES TEXT`: the text with spaces before each line.
///
/// `{{ indent 2 "a\nb" | quote }}` gives `"  a\n  b"`.
fn indent(call: &Call<'_>, spaces: i64, text: &Text) -> Result<Vec<u8>, CallError> {
    indented(call, Vec::new(), spaces, text.as_bytes())
}

/// `nindent SPACES TEXT`: a line break and the text with spaces before each line.
///
/// `{{ nindent 2 "a\nb" | quote }}` gives `"\n  a\n  b"`.
fn nindent(call: &Call<'_>, spaces: i64, text: &Text) -> Result<Vec<u8>, CallError> {
    indented(call, b"\n".to_vec(), spaces, text.as_bytes())
}

fn indented(
    call: &Call<'_>,
    mut out: Vec<u8>,
    spaces: i64,
    text: &[u8],
) -> Result<Vec<u8>, CallError> {
    let spaces = usize::try_from(spaces).map_err(|_| CallError::new(NEGATIVE_REPEAT))?;
    let breaks = memchr::memchr_iter(b'\n', text);
    let lines = breaks.clone().count() + 1;
    let length = text.len().saturating_add(lines.saturating_mul(spaces));
    call.charge(length)?;
    out.reserve(length);
    let mut start = 0;
    for end in breaks.map(|at| at + 1).chain([text.len()]) {
        out.resize(out.len() + spaces, b' ');
        out.extend_from_slice(&text[start..end]);
        start = end;
    }
    Ok(out)
}

/// `cat VALUE…`: the values with spaces between them, without the nils.
///
/// `{{ cat "a" nil 1 }}` gives `a 1`.
fn cat(call: &Call<'_>, values: &[Value]) -> Result<Vec<u8>, CallError> {
    joined(call, b" ", values.iter().filter(|value| !is_nil(value)).map(print))
}

fn is_nil(value: &Value) -> bool {
    matches!(value, Value::Nil)
}

fn joined<T: AsRef<[u8]>>(
    call: &Call<'_>,
    separator: &[u8],
    parts: impl Iterator<Item = Result<T, CallError>>,
) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    for (index, part) in parts.enumerate() {
        let part = part?;
        let separator = if index == 0 { b"" } else { separator };
        call.charge(separator.len() + part.as_ref().len())?;
        out.extend_from_slice(separator);
        out.extend_from_slice(part.as_ref());
    }
    Ok(out)
}

/// `quote VALUE…`: the values in double quotes with Go's escapes, without the nils.
///
/// `{{ quote "a" 1 }}` gives `"a" "1"`.
fn quote(call: &Call<'_>, values: &[Value]) -> Result<Vec<u8>, CallError> {
    let quoted = |value| Ok(rhumb_value::quote::quote(to_text(value)?.as_bytes()));
    joined(call, b" ", values.iter().filter(|value| !is_nil(value)).map(quoted))
}

/// `squote VALUE…`: the values in single quotes, without the nils.
///
/// `{{ squote "a" 1 }}` gives `'a' '1'`.
fn squote(call: &Call<'_>, values: &[Value]) -> Result<Vec<u8>, CallError> {
    let quoted = |value| Ok([b"'", &*print(value)?, b"'"].concat());
    joined(call, b" ", values.iter().filter(|value| !is_nil(value)).map(quoted))
}

/// `join SEPARATOR LIST`: the items as texts with a separator between them.
///
/// `{{ join "," (list "a" 1) }}` gives `a,1`.
fn join(call: &Call<'_>, separator: &Text, list: &Value) -> Result<Vec<u8>, CallError> {
    joined(call, separator.as_bytes(), to_texts(list)?.into_iter().map(Ok))
}

/// `toString VALUE`: the value as a text.
///
/// `{{ toString 1.5 | quote }}` gives `"1.5"`.
fn to_string(value: &Value) -> Result<Text, CallError> {
    to_text(value)
}

/// `splitList SEPARATOR TEXT`: the parts between the separators.
///
/// `{{ splitList "," "a,b" | toJson }}` gives `["a","b"]`.
fn split_list(separator: &Text, text: &Text) -> Texts {
    Texts(texts(parts(text.as_bytes(), separator.as_bytes(), -1)))
}

/// `split SEPARATOR TEXT`: the parts as a dictionary with the keys `_0`, `_1` and so on.
///
/// `{{ (split "." "a.b")._1 }}` gives `b`.
fn split(separator: &Text, text: &Text) -> Parts {
    Parts(parts(text.as_bytes(), separator.as_bytes(), -1))
}

/// `splitn SEPARATOR COUNT TEXT`: as `split`, in at most so many parts.
///
/// `{{ (splitn "." 2 "a.b.c")._1 }}` gives `b.c`.
fn splitn(separator: &Text, count: i64, text: &Text) -> Parts {
    Parts(parts(text.as_bytes(), separator.as_bytes(), count))
}

/// A `map[string]string` with the keys `_0`, `_1` and so on.
struct Parts(Vec<Text>);

impl rhumb_gotmpl::IntoReturn for Parts {
    const TYPE: Type = Type::Map(&Type::String);

    fn into_return(self) -> Result<Value, CallError> {
        let keyed = |(index, part)| (Text::from(format!("_{index}")), Value::Text(part));
        Ok(Map::typed(Self::TYPE, self.0.into_iter().enumerate().map(keyed).collect()).into())
    }
}

/// The parts between separators, or the characters if the separator is empty. A count that is not
/// negative is the most parts there may be.
fn parts(text: &[u8], separator: &[u8], count: i64) -> Vec<Text> {
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    if limit == 0 {
        return Vec::new();
    }
    let ends: Vec<(usize, usize)> = if separator.is_empty() {
        boundaries(text).filter(|end| *end < text.len()).map(|end| (end, end)).collect()
    } else {
        memchr::memmem::find_iter(text, separator).map(|at| (at, at + separator.len())).collect()
    };
    if separator.is_empty() && text.is_empty() {
        return Vec::new();
    }
    let mut start = 0;
    let mut parts = Vec::new();
    for (end, next) in ends.into_iter().take(limit - 1) {
        parts.push(text[start..end].into());
        start = next;
    }
    parts.push(text[start..].into());
    parts
}

/// `trunc LENGTH TEXT`: the start of the text, or its end if the length is negative.
///
/// `{{ trunc 3 "chart" }}` gives `cha`.
fn trunc(length: i64, text: &Text) -> Text {
    let bytes = text.as_bytes();
    let kept = usize::try_from(length.unsigned_abs()).unwrap_or(usize::MAX);
    if kept >= bytes.len() {
        return text.clone();
    }
    if length < 0 { bytes[bytes.len() - kept..].into() } else { bytes[..kept].into() }
}

/// `substr START END TEXT`: the part between two places; a negative start is the very start, an
/// end that is negative or past the text is its very end.
///
/// `{{ substr 1 3 "chart" }}` gives `ha`.
fn substr(start: i64, end: i64, text: &Text) -> Result<Text, CallError> {
    let bytes = text.as_bytes();
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let out_of_range = |bounds: String| {
        Err(CallError::new(format!("runtime error: slice bounds out of range [{bounds}")))
    };
    let to_end = start >= 0 && (end < 0 || end > length);
    let (from, to) = (start.max(0), if to_end { length } else { end });
    if to < 0 {
        return out_of_range(format!(":{to}]"));
    }
    if to > length {
        return out_of_range(format!(":{to}] with length {length}"));
    }
    if from > to {
        return out_of_range(format!("{from}:{to}]"));
    }
    let place = |place| usize::try_from(place).unwrap_or_default();
    Ok(bytes[place(from)..place(to)].into())
}

/// `upper TEXT`: in capitals.
///
/// `{{ upper "chart" }}` gives `CHART`.
fn upper(text: &Text) -> Text {
    if text.as_bytes().is_ascii() {
        return text.as_bytes().to_ascii_uppercase().into();
    }
    rune::map(text.as_bytes(), rune::to_upper).into()
}

/// `lower TEXT`: in small letters.
///
/// `{{ lower "Chart" }}` gives `chart`.
fn lower(text: &Text) -> Text {
    if text.as_bytes().is_ascii() {
        return text.as_bytes().to_ascii_lowercase().into();
    }
    rune::map(text.as_bytes(), rune::to_lower).into()
}

/// `plural ONE MANY COUNT`: one of two words.
///
/// `{{ plural "chart" "charts" 2 }}` gives `charts`.
fn plural(one: Text, many: Text, count: i64) -> Text {
    if count == 1 { one } else { many }
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("cat", cat, call, [; values]),
    func!("contains", contains, [part, text]),
    func!("hasPrefix", has_prefix, [prefix, text]),
    func!("hasSuffix", has_suffix, [suffix, text]),
    func!("indent", indent, call, [spaces, text]),
    func!("join", join, call, [separator, list]),
    func!("lower", lower, [text]),
    func!("nindent", nindent, call, [spaces, text]),
    func!("plural", plural, [one, many, count]),
    func!("quote", quote, call, [; values]),
    func!("repeat", repeat, call, [count, text]),
    func!("replace", replace, call, [old, new, text]),
    func!("split", split, [separator, text]),
    func!("splitList", split_list, [separator, text]),
    func!("splitn", splitn, [separator, count, text]),
    func!("squote", squote, call, [; values]),
    func!("substr", substr, [start, end, text]),
    func!("toString", to_string, [value]),
    func!("trim", trim, [text]),
    func!("trimAll", trim_all, [characters, text]),
    func!("trimPrefix", trim_prefix, [prefix, text]),
    func!("trimSuffix", trim_suffix, [suffix, text]),
    func!("trimall", trim_all, [characters, text]),
    func!("trunc", trunc, [length, text]),
    func!("upper", upper, [text]),
];
