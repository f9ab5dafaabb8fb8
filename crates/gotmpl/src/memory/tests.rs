use std::cell::Cell;
use std::rc::Rc;

use rhumb_value::{CallError, Entries, Map, Text, Type, Value, Watch};

use crate::{Call, Func, Functions, Host, Memory, Moment, Session, Set, func};

/// A host that counts how often it is asked.
#[derive(Debug, Default)]
struct Counter(Cell<i64>);

impl Host for Counter {
    fn now(&self) -> Moment {
        Moment { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// The number of this call: something that shows whether a template ran again.
fn count(call: &Call<'_>) -> i64 {
    let Some(Counter(count)) = call.host() else { return -1 };
    count.set(count.get() + 1);
    count.get()
}

fn include(call: &Call<'_>, name: &Text, dot: &Value) -> Result<Value, CallError> {
    call.execute(&name.to_lossy(), dot).map(Value::Text)
}

fn lucky(call: &Call<'_>) -> i64 {
    call.is_unique();
    7
}

fn now(call: &Call<'_>) -> i64 {
    call.now().seconds
}

fn put(map: Option<&Map>, key: &Text, value: Value) -> &'static str {
    map.expect("a map").set(key.clone(), value);
    ""
}

const FUNCS: &[Func] = &[
    func!("count", count, call, []),
    func!("include", include, call, [name, dot]),
    func!("lucky", lucky, call, []),
    func!("now", now, call, []),
    func!("put", put, [map, key, value]),
];

const NAMED: Type = Type::Named("common.Values", &Type::MAP);

/// What a text makes of a dot `{a: {b: 1}, Changing: 2}` whose type has a name.
fn made(text: &str) -> String {
    let mut set = Set::new("set", Rc::new(Functions::new(&[FUNCS])));
    set.parse("text", text.as_bytes()).unwrap();
    let inner: Map = [("b".into(), Value::int(1))].into_iter().collect();
    let entries = [("a".into(), inner.into()), ("Changing".into(), Value::int(2))];
    let dot = Map::typed(NAMED, entries.into_iter().collect::<Entries>());
    let watch = Watch::default();
    watch.set_on(&dot);
    let host = Counter::default();
    let memory = Memory { watch, volatile: &["Changing"], runners: &["include"] };
    let session = Session::new(&host).remembering(memory);
    String::from_utf8(set.execute(&session, "text", dot.into()).unwrap()).unwrap()
}

/// What a template made when it was asked for three times, with something in between.
fn thrice(body: &str, between: &str) -> String {
    let call = "{{ include \"one\" . }} ";
    let definition = format!("{{{{ define \"one\" }}}}{{{{ count }}}}{body}{{{{ end }}}}");
    let two = "{{ define \"two\" }}{{ .a.b }}{{ end }}{{ define \"odd\" }}{{ with lucky }}{{ end }}{{ end }}";
    made(&format!("{definition}{two}{call}{call}{between}{{{{ template \"one\" . }}}}"))
}

#[test]
fn what_only_the_dot_decides_is_made_once() {
    assert_eq!(thrice("", ""), "1 1 1");
    assert_eq!(thrice("{{ .a.b }}{{ range .a }}{{ . }}{{ end }}", ""), "111 111 111");
    assert_eq!(thrice("{{ template \"two\" . }}", ""), "11 11 11");
}

#[test]
fn what_else_decides_is_asked_again() {
    for body in [
        "{{ with lucky }}{{ end }}",
        "{{ with now }}{{ end }}",
        "{{ with .Changing }}{{ end }}",
        "{{ with $ }}{{ with .Changing }}{{ end }}{{ end }}",
        "{{ range . }}{{ end }}",
        "{{ with print . }}{{ end }}",
        "{{ with . | print }}{{ end }}",
        "{{ with index . \"a\" }}{{ end }}",
    ] {
        assert_eq!(thrice(body, ""), "1 2 3", "{body}");
    }
    assert_eq!(thrice("{{ with 1 }}{{ include \"odd\" $ }}{{ end }}", ""), "1 2 3");
}

#[test]
fn changes_are_seen() {
    assert_eq!(thrice("{{ .a.b }}", "{{ put .a \"b\" 1 }}"), "11 11 11");
    assert_eq!(thrice("{{ .a.b }}", "{{ put .a \"b\" 5 }}"), "11 11 25");
    assert_eq!(thrice("{{ put .a \"c\" 5 }}", ""), "1 2 2", "only the first changes anything");
}

#[test]
fn other_dots_are_not_remembered() {
    let other =
        "{{ define \"one\" }}{{ count }}{{ end }}{{ include \"one\" .a }} {{ include \"one\" .a }}";
    assert_eq!(made(other), "1 2");
}
