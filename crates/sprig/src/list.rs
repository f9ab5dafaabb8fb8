//! Lists.

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::{CallError, List, Type, Value};

use crate::cast::{
    NIL_DEREFERENCE, is_empty, plain, texts, to_int64, to_list, to_text, to_texts, truncate,
};
use crate::equal::deep_equal;

/// The most items of a list that a function makes from numbers alone.
pub(crate) const MAX_ITEMS: usize = 10_000_000;

/// `list VALUE…`: its arguments.
///
/// `{{ list 1 2 3 | join "-" }}` gives `1-2-3`.
fn list(values: &[Value]) -> List {
    List::new(values.to_vec())
}

/// `append LIST VALUE`: the list with the value at its end.
///
/// `{{ append (list 1 2) 3 }}` gives `[1 2 3]`.
fn append(list: &Value, value: Value) -> Result<List, CallError> {
    let mut items = to_list(list, "Cannot push on type")?.items().to_vec();
    items.push(value);
    // Go's list was full, and so has room for twice as many now.
    let spare = items.len().saturating_sub(2);
    Ok(if items.len() <= 256 { List::roomy(Type::LIST, items, spare) } else { List::new(items) })
}

/// `prepend LIST VALUE`: the list with the value at its start.
///
/// `{{ prepend (list 1 2) 3 }}` gives `[3 1 2]`.
fn prepend(list: &Value, value: Value) -> Result<List, CallError> {
    let list = to_list(list, "Cannot prepend on type")?;
    Ok(List::new(std::iter::once(value).chain(list.items().iter().cloned()).collect()))
}

/// `first LIST`: its first item, or nil.
///
/// `{{ first (list 1 2 3) }}` gives `1`.
fn first(list: &Value) -> Result<Value, CallError> {
    let list = to_list(list, "Cannot find first on type")?;
    Ok(list.items().first().cloned().unwrap_or_default())
}

/// `last LIST`: its last item, or nil.
///
/// `{{ last (list 1 2 3) }}` gives `3`.
fn last(list: &Value) -> Result<Value, CallError> {
    let list = to_list(list, "Cannot find last on type")?;
    Ok(list.items().last().cloned().unwrap_or_default())
}

/// `rest LIST`: all but the first item.
///
/// `{{ rest (list 1 2 3) }}` gives `[2 3]`.
fn rest(list: &Value) -> Result<List, CallError> {
    let list = to_list(list, "Cannot find rest on type")?;
    Ok(or_nil(list.items().split_first().map(|(_, rest)| rest)))
}

/// `initial LIST`: all but the last item.
///
/// `{{ initial (list 1 2 3) }}` gives `[1 2]`.
fn initial(list: &Value) -> Result<List, CallError> {
    let list = to_list(list, "Cannot find initial on type")?;
    Ok(or_nil(list.items().split_last().map(|(_, initial)| initial)))
}

fn or_nil(items: Option<&[Value]>) -> List {
    items.map_or_else(|| List::nil(Type::LIST), |items| List::new(items.to_vec()))
}

/// `reverse LIST`: its items backwards.
///
/// `{{ reverse (list 1 2 3) }}` gives `[3 2 1]`.
fn reverse(list: &Value) -> Result<List, CallError> {
    let list = to_list(list, "Cannot find reverse on type")?;
    Ok(List::new(list.items().iter().rev().cloned().collect()))
}

/// `compact LIST`: its items without the empty ones.
///
/// `{{ compact (list 1 "" 2 0) }}` gives `[1 2]`.
fn compact(list: &Value) -> Result<List, CallError> {
    let list = to_list(list, "Cannot compact on type")?;
    Ok(List::grown(list.items().iter().filter(|item| !is_empty(item)).cloned().collect()))
}

/// `uniq LIST`: each of its items once.
///
/// `{{ uniq (list 1 2 1) }}` gives `[1 2]`.
fn uniq(call: &Call<'_>, list: &Value) -> Result<List, CallError> {
    let list = to_list(list, "Cannot find uniq on type")?;
    let mut kept: Vec<Value> = Vec::new();
    for item in list.items() {
        call.step(kept.len() as u64)?;
        if !kept.iter().any(|other| deep_equal(item, other)) {
            kept.push(item.clone());
        }
    }
    Ok(List::grown(kept))
}

/// `without LIST VALUE…`: its items but for these.
///
/// `{{ without (list 1 2 3) 2 }}` gives `[1 3]`.
fn without(list: &Value, omitted: &[Value]) -> Result<List, CallError> {
    let list = to_list(list, "Cannot find without on type")?;
    let is_kept = |item: &&Value| !omitted.iter().any(|other| deep_equal(other, item));
    Ok(List::grown(list.items().iter().filter(is_kept).cloned().collect()))
}

/// `has VALUE LIST`: whether it is one of the items.
///
/// `{{ has 2 (list 1 2 3) }}` gives `true`.
fn has(value: &Value, list: &Value) -> Result<bool, CallError> {
    if matches!(list, Value::Nil) {
        return Ok(false);
    }
    let list = to_list(list, "Cannot find has on type")?;
    Ok(list.items().iter().any(|item| deep_equal(value, item)))
}

/// `slice LIST [START [END]]`: the items between two places. As in Go the end may be past the last
/// item where there is room, which has the zero value of the items in it.
///
/// `{{ slice (list 1 2 3) 1 }}` gives `[2 3]`.
fn slice(list: &Value, bounds: &[Value]) -> Result<Value, CallError> {
    let named = if let Value::Object(object) = list { Some(object.kind()) } else { None };
    let list = to_list(list, "list should be type of slice or array but")?;
    let items = list.items();
    if items.is_empty() {
        return Ok(Value::Nil);
    }
    let start = usize::try_from(bounds.first().map_or(0, to_int64)).ok();
    let end = bounds.get(1).map_or(Some(items.len()), |end| usize::try_from(to_int64(end)).ok());
    let room = items.len() + list.spare();
    let bounds = start.zip(end).filter(|(start, end)| start <= end && *end <= room);
    let (start, end) =
        bounds.ok_or_else(|| CallError::new("reflect.Value.Slice: slice index out of bounds"))?;
    let inner = items.get(start.min(items.len())..end.min(items.len())).unwrap_or_default();
    let mut part = inner.to_vec();
    part.resize_with(end - start, || list.element().zero());
    // What follows the end of a part that ends early is not kept.
    let spare = if end < items.len() { 0 } else { room - end };
    Ok(List::roomy(named.unwrap_or(list.kind()), part, spare).into())
}

/// `concat LIST…`: the items of all.
///
/// `{{ concat (list 1) (list 2 3) }}` gives `[1 2 3]`.
fn concat(lists: &[Value]) -> Result<Value, CallError> {
    let mut items = Vec::new();
    for list in lists {
        match plain(list) {
            Value::List(list) => items.extend_from_slice(list.items()),
            Value::Nil => return Err(CallError::new(NIL_DEREFERENCE)),
            other => {
                let kind = crate::cast::kind_name(&other);
                return Err(CallError::new(format!("Cannot concat type {kind} as list")));
            }
        }
    }
    let list = if items.is_empty() { List::nil(Type::LIST) } else { List::grown(items) };
    Ok(list.into())
}

/// `chunk SIZE LIST`: the items in lists of that size.
///
/// `{{ chunk 2 (list 1 2 3) }}` gives `[[1 2] [3]]`.
fn chunk(size: i64, list: &Value) -> Result<Chunks, CallError> {
    let list = to_list(list, "Cannot chunk type")?;
    let items = list.items();
    let out_of_range = || CallError::new("runtime error: makeslice: len out of range");
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    #[expect(clippy::cast_precision_loss, reason = "Go divides as floats; odd sizes depend on it")]
    let (length_float, highest, by) = (length as f64, (length - 1) as f64, size as f64);
    let count = truncate((highest / by).floor()).wrapping_add(1);
    let count = usize::try_from(count).map_err(|_| out_of_range())?;
    let mut chunks = Vec::new();
    let mut start = 0_usize;
    for index in 0..count {
        let mut length = size;
        if index + 1 == count {
            length = match truncate((length_float % by).floor()) {
                0 => size,
                rest => rest,
            };
        }
        let end = usize::try_from(length).map_err(|_| out_of_range())?.saturating_add(start);
        let part = items
            .get(start..end)
            .ok_or_else(|| CallError::new("reflect: slice index out of range"))?;
        chunks.push(List::new(part.to_vec()).into());
        start = end;
    }
    Ok(Chunks(chunks))
}

/// A `[][]interface {}`.
struct Chunks(Vec<Value>);

impl rhumb_gotmpl::IntoReturn for Chunks {
    const TYPE: Type = Type::List(&Type::LIST);

    fn into_return(self) -> Result<Value, CallError> {
        Ok(List::typed(Self::TYPE, self.0).into())
    }
}

/// `sortAlpha LIST`: its items as texts, in the order of their bytes. A list of texts is itself sorted,
/// and so it is for whoever else has it.
///
/// `{{ sortAlpha (list "b" "a") }}` gives `[a b]`.
fn sort_alpha(list: &Value) -> Result<Texts, CallError> {
    let mut items = match list {
        Value::List(texts) if texts.kind() == Type::List(&Type::String) => {
            texts.sort_texts();
            return Ok(Texts(texts.clone()));
        }
        other if matches!(plain(other), Value::List(_)) => to_texts(other)?,
        other => vec![to_text(other)?],
    };
    items.sort();
    Ok(Texts(texts(items)))
}

/// `toStrings LIST`: its items as texts, without the nils.
///
/// `{{ toStrings (list 1 true) | toJson }}` gives `["1","true"]`.
fn to_strings(list: &Value) -> Result<Texts, CallError> {
    Ok(Texts(match list {
        Value::List(list) if list.kind() == Type::List(&Type::String) => list.clone(),
        other => texts(to_texts(other)?),
    }))
}

/// A `[]string`.
pub(crate) struct Texts(pub(crate) List);

impl rhumb_gotmpl::IntoReturn for Texts {
    const TYPE: Type = Type::List(&Type::String);

    fn into_return(self) -> Result<Value, CallError> {
        Ok(self.0.into())
    }
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("append", append, [list, value]),
    func!("chunk", chunk, [size, list]),
    func!("compact", compact, [list]),
    func!("concat", concat, [; lists]),
    func!("first", first, [list]),
    func!("has", has, [value, list]),
    func!("initial", initial, [list]),
    func!("last", last, [list]),
    func!("list", list, [; values]),
    func!("mustAppend", append, [list, value]),
    func!("mustChunk", chunk, [size, list]),
    func!("mustCompact", compact, [list]),
    func!("mustFirst", first, [list]),
    func!("mustHas", has, [value, list]),
    func!("mustInitial", initial, [list]),
    func!("mustLast", last, [list]),
    func!("mustPrepend", prepend, [list, value]),
    func!("mustPush", append, [list, value]),
    func!("mustRest", rest, [list]),
    func!("mustReverse", reverse, [list]),
    func!("mustSlice", slice, [list; bounds]),
    func!("mustUniq", uniq, call, [list]),
    func!("mustWithout", without, [list; omitted]),
    func!("prepend", prepend, [list, value]),
    func!("push", append, [list, value]),
    func!("rest", rest, [list]),
    func!("reverse", reverse, [list]),
    func!("slice", slice, [list; bounds]),
    func!("sortAlpha", sort_alpha, [list]),
    func!("toStrings", to_strings, [list]),
    func!("tuple", list, [; values]),
    func!("uniq", uniq, call, [list]),
    func!("without", without, [list; omitted]),
];
