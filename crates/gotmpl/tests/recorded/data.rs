//! The data and functions of `conformance/gotmpl/record/main.go`.

use std::any::Any;
use std::rc::Rc;

use rhumb_gotmpl::{Func, Int64, func};
use rhumb_value::{
    CallError, FloatKind, IntKind, List, Map, Object, Signature, Text, Type, UintKind, Value,
};

const INT: Type = Type::Int(IntKind::Int);

fn int(number: i64) -> i64 {
    number
}

fn int64(number: Int64) -> Int64 {
    number
}

fn string(text: Text) -> Text {
    text
}

fn float(number: f64) -> f64 {
    number
}

fn boolean(truth: bool) -> bool {
    truth
}

fn length(count: usize) -> i64 {
    i64::try_from(count).expect("a small count")
}

fn map(map: Option<&Map>) -> i64 {
    length(map.map_or(0, Map::len))
}

fn list(list: &[Value]) -> i64 {
    length(list.len())
}

fn any(value: Value) -> Value {
    value
}

/// A `[]string`.
struct Strings(usize);

impl rhumb_gotmpl::FromValue<'_> for Strings {
    const TYPE: Type = Type::List(&Type::String);

    fn from_value(value: &Value) -> Result<Self, CallError> {
        Ok(Self(match value {
            Value::List(list) => list.items().len(),
            _ => 0,
        }))
    }
}

fn strings(Strings(count): Strings) -> i64 {
    length(count)
}

fn rest(_first: &Text, rest: Vec<i64>) -> i64 {
    length(rest.into_iter().map(|_| ()).collect::<Vec<()>>().len())
}

fn count(values: &[Value]) -> i64 {
    length(values.len())
}

fn fails(text: &Text) -> Result<Text, CallError> {
    Err(CallError::new(text.to_lossy()))
}

fn nothing() -> Value {
    Value::Nil
}

fn make_list(values: &[Value]) -> Vec<Value> {
    values.to_vec()
}

fn kind(value: &Value) -> String {
    value.kind().map_or_else(|| "<nil>".to_owned(), |kind| kind.to_string())
}

pub(crate) const FUNCS: &[Func] = &[
    func!("any_", any, [value]),
    func!("bool_", boolean, [truth]),
    func!("count", count, [; values]),
    func!("fails", fails, [text]),
    func!("float_", float, [number]),
    func!("int64_", int64, [number]),
    func!("int_", int, [number]),
    func!("kind", kind, [value]),
    func!("list", make_list, [; values]),
    func!("list_", list, [list]),
    func!("map_", map, [map]),
    func!("nothing", nothing, []),
    func!("rest", rest, [first; rest]),
    func!("string_", string, [text]),
    func!("strings_", strings, [list]),
];

/// `main.point` and `*main.point`.
#[derive(Debug)]
struct Point {
    x: i64,
    y: &'static str,
    z: bool,
    is_pointer: bool,
}

impl Object for Point {
    fn kind(&self) -> Type {
        Type::Opaque(if self.is_pointer { "*main.point" } else { "main.point" })
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![("X", Value::int(self.x)), ("Y", Value::text(self.y)), ("z", Value::Bool(self.z))]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let string = Type::String;
        Some(match name {
            "Sum" => Signature { params: &[INT], variadic: false, returns: INT },
            "Join" => Signature {
                params: &[Type::String, Type::Interface],
                variadic: true,
                returns: string,
            },
            "Fail" => Signature { params: &[], variadic: false, returns: string },
            _ => return None,
        })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        Ok(match (name, arguments) {
            ("Sum", [Value::Int(_, number)]) => Value::int(self.x + number),
            ("Join", [Value::Text(separator), parts @ ..]) => {
                Value::text(format!("{}{}{}", parts.len(), separator.to_lossy(), self.y))
            }
            _ => return Err(CallError::new("point fails")),
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `main.files`.
#[derive(Debug)]
struct Files(Map);

impl Object for Files {
    fn kind(&self) -> Type {
        Type::Opaque("main.files")
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let params = &[Type::String];
        (name == "Get").then_some(Signature { params, variadic: false, returns: Type::String })
    }

    fn call(&self, _name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        let text = match arguments {
            [Value::Text(text)] if text.as_bytes() == b"f.txt" => "body",
            _ => "",
        };
        Ok(Value::text(text))
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Map(self.0.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `time.Duration`, with two of its methods.
#[derive(Debug)]
struct Duration(i64);

impl Object for Duration {
    fn kind(&self) -> Type {
        Type::Opaque("time.Duration")
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let returns = Type::Float(FloatKind::Float64);
        (name == "Seconds").then_some(Signature { params: &[], variadic: false, returns })
    }

    fn call(&self, _name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        Ok(Value::float(90.0))
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::int64(self.0))
    }

    fn text(&self) -> Option<Text> {
        Some("1m30s".into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `*errors.errorString`.
#[derive(Debug)]
struct Failure;

impl Object for Failure {
    fn kind(&self) -> Type {
        Type::Opaque("*errors.errorString")
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![("s", Value::text("an error"))]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Error").then_some(Signature {
            params: &[],
            variadic: false,
            returns: Type::String,
        })
    }

    fn call(&self, _name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        Ok(Value::text("an error"))
    }

    fn text(&self) -> Option<Text> {
        Some("an error".into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn entries<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries.into_iter().map(|(key, value)| (Text::from(key), value)).collect()
}

fn typed<const N: usize>(kind: Type, values: [(&str, Value); N]) -> Value {
    let entries = values.into_iter().map(|(key, value)| (Text::from(key), value)).collect();
    Value::Map(Map::typed(kind, entries))
}

fn items(kind: Type, items: Vec<Value>) -> Value {
    Value::List(List::typed(kind, items))
}

fn bytes(text: &[u8]) -> Value {
    let byte = |byte: &u8| Value::Uint(UintKind::Uint8, u64::from(*byte));
    items(Type::List(&Type::Uint(UintKind::Uint8)), text.iter().map(byte).collect())
}

fn numbers(map: &Map) {
    for (name, value) in [
        ("i", Value::int(42)),
        ("neg", Value::int(-7)),
        ("zero", Value::int(0)),
        ("i8", Value::Int(IntKind::Int8, -8)),
        ("i16", Value::Int(IntKind::Int16, 16)),
        ("i32", Value::Int(IntKind::Int32, 65)),
        ("i64", Value::int64(1 << 40)),
        ("u", Value::Uint(UintKind::Uint, 7)),
        ("u8", Value::Uint(UintKind::Uint8, 200)),
        ("u16", Value::Uint(UintKind::Uint16, 16)),
        ("u32", Value::Uint(UintKind::Uint32, 32)),
        ("u64", Value::Uint(UintKind::Uint64, (1 << 63) + 5)),
        ("f", Value::float(3.25)),
        ("fbig", Value::float(1e21)),
        ("fsmall", Value::float(1.5e-7)),
        ("fint", Value::float(1_000_000.0)),
        ("fneg", Value::float(-0.5)),
        ("f32", Value::Float(FloatKind::Float32, f64::from(0.1f32))),
        ("cplx", Value::Complex(1.0, -2.0)),
    ] {
        map.set(name, value);
    }
}

fn collections(map: &Map) {
    let strings = Type::List(&Type::String);
    let ints = [3, 1, 2].map(Value::int).to_vec();
    let list =
        vec![Value::int(1), Value::text("two"), Value::float(3.5), Value::Nil, Value::Bool(true)];
    let nested = vec![
        Value::list(vec![Value::int(1), Value::int(2)]),
        Value::Map(entries([("k", Value::text("v"))])),
    ];
    let inner = entries([
        ("b", Value::int(1)),
        ("a", Value::text("x")),
        ("c", Value::Map(entries([("d", Value::Nil)]))),
        ("e", Value::list(vec![Value::int(1)])),
    ]);
    let texts = Type::Map(&Type::String);
    let deep = entries([("z", Value::text("deep"))]);
    let deep = entries([("x", Value::Map(entries([("y", Value::Map(deep))])))]);
    for (name, value) in [
        ("list", Value::list(list)),
        ("strings", items(strings, vec![Value::text("a"), Value::text("b")])),
        ("none", Value::list(Vec::new())),
        ("ints", items(Type::List(&INT), ints)),
        ("nested", Value::list(nested)),
        ("bytes", bytes(b"hi!")),
        ("map", Value::Map(inner)),
        ("mss", typed(texts, [("k", Value::text("v")), ("a", Value::text("z"))])),
        ("named", typed(Type::Named("main.named", &Type::MAP), [("n", Value::int(1))])),
        ("emap", Value::Map(Map::new())),
        ("msi", typed(Type::Map(&INT), [("one", Value::int(1))])),
        ("deep", Value::Map(deep)),
    ] {
        map.set(name, value);
    }
}

pub(crate) fn dot() -> Value {
    let map = Map::new();
    numbers(&map);
    collections(&map);
    let content = Type::Map(&Type::List(&Type::Uint(UintKind::Uint8)));
    let Value::Map(files) = typed(content, [("f.txt", bytes(b"body"))]) else {
        unreachable!("a map")
    };
    let point = Point { x: 3, y: "why", z: true, is_pointer: false };
    let pointer = Point { x: 4, y: "ptr", z: false, is_pointer: true };
    for (name, value) in [
        ("s", Value::text("hello")),
        ("empty", Value::text("")),
        ("uni", Value::text("héllo ✓")),
        ("bad", Value::text(b"a\xffb".as_slice())),
        ("quote", Value::text("it's \"<b>\" & `x`\n\t\\")),
        ("t", Value::Bool(true)),
        ("no", Value::Bool(false)),
        ("nil", Value::Nil),
        ("point", Value::Object(Rc::new(point))),
        ("ptr", Value::Object(Rc::new(pointer))),
        ("files", Value::Object(Rc::new(Files(files)))),
        ("dur", Value::Object(Rc::new(Duration(90_000_000_000)))),
        ("err", Value::Object(Rc::new(Failure))),
    ] {
        map.set(name, value);
    }
    Value::Map(map)
}
