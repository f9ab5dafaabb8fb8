use rhumb_value::{CallError, Map, Text, Type, Value};

use crate::{Call, Func, Host, Int64, Moment, Session, func};

fn add(left: i64, right: i64) -> i64 {
    left + right
}

fn cat(separator: &Text, parts: &[Value]) -> String {
    format!("{separator:?}{}", parts.len())
}

fn pick(_map: Map, keys: Vec<&Text>) -> Vec<Text> {
    keys.into_iter().cloned().collect()
}

fn first(list: &[Value]) -> Result<Value, CallError> {
    list.first().cloned().ok_or_else(|| CallError::new("empty"))
}

fn seconds(call: &Call<'_>) -> i64 {
    call.now().seconds
}

fn tagged(call: &Call<'_>, tag: &Text, rest: Vec<Int64>) -> Result<Text, CallError> {
    let longest = rest.into_iter().max().map_or(0, |Int64(count)| count);
    call.charge(usize::try_from(longest).unwrap_or_default())?;
    Ok(tag.clone())
}

const FUNCS: &[Func] = &[
    func!("add", add, [left, right]),
    func!("cat", cat, [separator; parts]),
    func!("first", first, [list]),
    func!("pick", pick, [map; keys]),
    func!("seconds", seconds, call, []),
    func!("tagged", tagged, call, [tag; rest]),
];

#[derive(Debug)]
struct Fixed;

impl Host for Fixed {
    fn now(&self) -> Moment {
        Moment { seconds: 7, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(1);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[test]
fn rows_know_their_go_types() {
    let signature = FUNCS[3].signature;
    assert_eq!(signature.params, [Type::MAP, Type::String]);
    assert!(signature.variadic);
    assert_eq!(signature.returns.to_string(), "[]string");
    assert_eq!(FUNCS[1].params, ["separator", "...parts"]);
}

#[test]
fn rows_call_their_functions() {
    let session = Session::new(&Fixed);
    let call = Call::outside(&session);
    let run = |index: usize, values: &[Value]| (FUNCS[index].call)(&call, values);
    let number = run(0, &[Value::int(1), Value::int(2)]).unwrap();
    assert!(matches!(number, Value::Int(_, 3)));
    assert!(matches!(run(4, &[]).unwrap(), Value::Int(_, 7)));
    let tag = run(5, &[Value::text("a"), Value::int64(1)]).unwrap();
    assert!(matches!(tag, Value::Text(text) if text.as_bytes() == b"a"));
    assert_eq!(run(2, &[Value::list(Vec::new())]).unwrap_err().message, "empty");
}
