use super::{Style, append, parse};
use crate::{FloatKind, List, Map, Type, UintKind, Value, format};

fn print(value: &Value, style: Style) -> String {
    let mut out = Vec::new();
    match append(&mut out, value, style) {
        Ok(()) => String::from_utf8(out).unwrap(),
        Err(error) => error.to_string(),
    }
}

fn compact(value: &Value) -> String {
    print(value, Style::COMPACT)
}

fn read(text: &str) -> String {
    match parse(text.as_bytes()) {
        Ok(value) => String::from_utf8(format::print(&value).unwrap()).unwrap(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn numbers_as_go_prints_them() {
    let cases = [
        (1.0, "1"),
        (1e6, "1000000"),
        (1e21, "1e+21"),
        (1e-7, "1e-7"),
        (1.5e-10, "1.5e-10"),
        (0.000_001, "0.000001"),
        (-0.0, "-0"),
        (f64::NAN, "json: unsupported value: NaN"),
        (f64::NEG_INFINITY, "json: unsupported value: -Inf"),
    ];
    for (number, want) in cases {
        assert_eq!(compact(&Value::float(number)), want);
    }
    assert_eq!(compact(&Value::Float(FloatKind::Float32, f64::from(0.1_f32))), "0.1");
}

#[test]
fn texts_are_escaped() {
    let text = Value::text(&b"<a>&\"\\\n\x01\x7f\xe2\x80\xa8\xff\xc3\xa9"[..]);
    assert_eq!(compact(&text), "\"\\u003ca\\u003e\\u0026\\\"\\\\\\n\\u0001\u{7f}\\u2028\\ufffdé\"");
    assert_eq!(print(&"<&>".into(), Style::RAW), "\"<&>\"");
}

#[test]
fn lists_and_maps() {
    let bytes = |text: &[u8]| {
        let items = text.iter().map(|byte| Value::Uint(UintKind::Uint8, u64::from(*byte)));
        let kind = Type::List(&Type::Uint(UintKind::Uint8));
        Value::List(List::typed(kind, items.collect()))
    };
    assert_eq!(compact(&bytes(b"a\nb\n")), "\"YQpiCg==\"");
    assert_eq!(compact(&bytes(b"abc")), "\"YWJj\"");
    let map = Map::new();
    map.set("b", Value::list(vec![Value::int(1), Value::Nil]));
    map.set("a", Value::Map(Map::nil(Type::MAP)));
    map.set("c", Value::list(Vec::new()));
    let value = Value::Map(map.clone());
    assert_eq!(compact(&value), "{\"a\":null,\"b\":[1,null],\"c\":[]}");
    assert_eq!(
        print(&value, Style::PRETTY),
        "{\n  \"a\": null,\n  \"b\": [\n    1,\n    null\n  ],\n  \"c\": []\n}"
    );
    map.set("d", Value::Map(map.clone()));
    assert_eq!(
        compact(&value),
        "json: unsupported value: encountered a cycle via map[string]interface {}"
    );
    map.remove(b"d");
}

#[test]
fn reads_values() {
    assert_eq!(
        read(" {\"a\": [1, 2.5e1, true, null], \"a\": \"\\u00e9\\ud83d\\ude00\\ud800x\"} "),
        "map[a:é😀\u{FFFD}x]"
    );
    assert_eq!(read("[]"), "[]");
}

#[test]
fn errors_in_words_of_go() {
    let cases = [
        ("", "unexpected end of JSON input"),
        ("x", "invalid character 'x' looking for beginning of value"),
        ("{", "unexpected end of JSON input"),
        ("{a", "invalid character 'a' looking for beginning of object key string"),
        ("{\"a\" 1}", "invalid character '1' after object key"),
        ("{\"a\":1 2}", "invalid character '2' after object key:value pair"),
        ("{\"a\":1,}", "invalid character '}' looking for beginning of object key string"),
        ("[1,]", "invalid character ']' looking for beginning of value"),
        ("[1 2]", "invalid character '2' after array element"),
        ("1 x", "invalid character 'x' after top-level value"),
        ("-", "invalid character ' ' in numeric literal"),
        ("1.", "invalid character ' ' after decimal point in numeric literal"),
        ("1e", "invalid character ' ' in exponent of numeric literal"),
        ("trux", "invalid character 'x' in literal true (expecting 'e')"),
        ("\"a\nb\"", "invalid character '\\n' in string literal"),
        ("\"\\q\"", "invalid character 'q' in string escape code"),
        ("\"\\u12x\"", "invalid character 'x' in \\u hexadecimal character escape"),
        ("'a'", "invalid character '\\'' looking for beginning of value"),
        ("é", "invalid character 'Ã' looking for beginning of value"),
        ("[1e400]", "json: cannot unmarshal number 1e400 into Go value of type float64"),
    ];
    for (text, want) in cases {
        assert_eq!(read(text), want, "{text:?}");
    }
    assert_eq!(read(&"[".repeat(100_000)), "invalid character '[' exceeded max depth");
    assert_eq!(read(&"{\"a\":".repeat(10_001)), "invalid character '{' exceeded max depth");
    assert_eq!(read(&"[".repeat(10_000)), "unexpected end of JSON input");
}
