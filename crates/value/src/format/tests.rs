use super::*;
use crate::{Map, Text};

fn printf(format: &str, values: &[Value]) -> String {
    String::from_utf8(sprintf(format.as_bytes(), values).unwrap()).unwrap()
}

#[test]
fn verbs() {
    assert_eq!(
        printf("%5d|%-5d|%05d", &[Value::int(3), Value::int(3), Value::int(-3)]),
        "    3|3    |-0003"
    );
    assert_eq!(printf("%d", &[Value::text("x")]), "%!d(string=x)");
    assert_eq!(printf("%d", &[]), "%!d(MISSING)");
    assert_eq!(printf("a", &[Value::int(1), Value::Nil]), "a%!(EXTRA int=1, <nil>)");
    assert_eq!(printf("%[2]d %[1]d", &[Value::int(1), Value::int(2)]), "2 1");
    assert_eq!(printf("%#v %T", &[Value::text("a"), Value::float(1.0)]), "\"a\" float64");
    assert_eq!(
        printf(
            "%*d|%.2f|%q",
            &[Value::int(4), Value::int(1), Value::float(2.345), Value::text("é")]
        ),
        "   1|2.35|\"é\""
    );
    assert_eq!(
        printf("%x % X %#x", &[Value::text("hi"), Value::text("hi"), Value::int(255)]),
        "6869 68 69 0xff"
    );
}

#[test]
fn maps_are_sorted_and_nested() {
    let map: Map = [("b", Value::Nil), ("a", Value::list(vec![Value::int(1), Value::text("x")]))]
        .map(|(key, value)| (Text::from(key), value))
        .into_iter()
        .collect();
    assert_eq!(printf("%v", &[Value::Map(map.clone())]), "map[a:[1 x] b:<nil>]");
    assert_eq!(
        printf("%#v", &[Value::Map(map)]),
        r#"map[string]interface {}{"a":[]interface {}{1, "x"}, "b":interface {}(nil)}"#
    );
}

#[test]
fn a_map_that_holds_itself_is_an_error() {
    let map = Map::new();
    map.set("self", Value::Map(map.clone()));
    assert!(print(&Value::Map(map)).unwrap_err().message.contains("deeper than 1000"));
}
