//! How values are printed, as `toYaml` and `toYamlPretty` do.

use rhumb_value::{List, Map, Text, Type, Value};
use rhumb_yaml::{Options, PrintLimits, parse, parse_value, print, print_node, print_pretty};

fn both(text: &str) -> (String, String) {
    let value = parse_value(text.as_bytes(), &Options::default()).expect("reads");
    let limits = PrintLimits::default();
    (print(&value, limits).expect("prints"), print_pretty(&value, limits).expect("prints"))
}

#[test]
fn lists_are_indented_only_when_pretty() {
    let (plain, pretty) = both("{a: [1, [2, {c: d}]], b: {}, e: []}");
    assert_eq!(plain, "a:\n- 1\n- - 2\n  - c: d\nb: {}\ne: []\n");
    assert_eq!(pretty, "a:\n  - 1\n  - - 2\n    - c: d\nb: {}\ne: []\n");
}

#[test]
fn numbers_lose_their_type_on_the_way_through_json() {
    let (plain, pretty) = both("[1.0, 1e6, 1e20, 1.5]");
    assert_eq!(plain, "- 1\n- 1000000\n- 1e+20\n- 1.5\n");
    assert_eq!(pretty, "- 1\n- 1e+06\n- 1e+20\n- 1.5\n");
}

#[test]
fn texts_that_look_like_something_else_are_quoted() {
    let (plain, _) = both(r#"["yes", "1", "", "a: b", " a", "2001-01-01", "1:20", "<<", "a\tb"]"#);
    assert_eq!(
        plain,
        "- \"yes\"\n- \"1\"\n- \"\"\n- 'a: b'\n- ' a'\n- \"2001-01-01\"\n- \"1:20\"\n- <<\n- \"a\\tb\"\n"
    );
}

#[test]
fn long_lines_are_folded_only_when_not_pretty() {
    let words = ["word"; 20].join(" ");
    let (plain, pretty) = both(&words);
    let lines: Vec<_> = plain.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].starts_with("  word"));
    assert_eq!(pretty, format!("{words}\n"));
}

#[test]
fn lines_become_block_scalars() {
    let (plain, _) = both("{a: \"x\\n y\\n\", b: \"x\\ny\", c: \" x\\n\\n\"}");
    assert_eq!(plain, "a: |\n  x\n   y\nb: |-\n  x\n  y\nc: |2+\n   x\n\n");
}

#[test]
fn what_json_and_yaml_read_differently_is_read_as_helm_does() {
    let limits = PrintLimits::default();
    let error = print(&Value::text("a\x7f"), limits).expect_err("an error");
    assert_eq!(error.to_string(), "yaml: control characters are not allowed");
    assert_eq!(print(&Value::text("a \u{85} b"), limits).as_deref(), Ok("a b\n"));
    let long = Map::new();
    long.set("k".repeat(2000).as_str(), Value::Nil);
    let error = print(&Value::Map(long.clone()), limits).expect_err("an error");
    assert_eq!(error.to_string(), "yaml: did not find expected ',' or '}'");
    assert!(print_pretty(&Value::Map(long), limits).is_ok());
}

#[test]
fn bytes_are_binary_when_pretty() {
    let value = Value::Text(Text::from(&b"\xff\xfe"[..]));
    let limits = PrintLimits::default();
    assert_eq!(print(&value, limits).as_deref(), Ok("\u{fffd}\u{fffd}\n"));
    assert_eq!(print_pretty(&value, limits).as_deref(), Ok("!!binary //4=\n"));
}

#[test]
fn a_map_that_holds_itself_is_refused() {
    let map = Map::new();
    map.set("self", Value::Map(map.clone()));
    let value = Value::Map(map.clone());
    let error = print(&value, PrintLimits::default()).expect_err("an error").to_string();
    map.remove(b"self");
    let wanted = "error marshaling into JSON: json: unsupported value: encountered a cycle via map[string]interface {}";
    assert_eq!(error, wanted);
}

#[test]
fn nil_is_null_in_json_and_empty_in_yaml() {
    let limits = PrintLimits::default();
    let map = Value::Map(Map::nil(Type::MAP));
    assert_eq!(print(&map, limits).as_deref(), Ok("null\n"));
    assert_eq!(print_pretty(&map, limits).as_deref(), Ok("{}\n"));
    let list = Value::List(List::nil(Type::LIST));
    assert_eq!(print(&list, limits).as_deref(), Ok("null\n"));
    assert_eq!(print_pretty(&list, limits).as_deref(), Ok("[]\n"));
}

#[test]
fn output_is_limited() {
    let value = Value::list(vec![Value::text("x".repeat(100)); 10]);
    let limits = PrintLimits { bytes: 500, ..PrintLimits::default() };
    let error = print(&value, limits).expect_err("an error").to_string();
    assert_eq!(error, "YAML is larger than the limit of 500 bytes");
}

#[test]
fn nodes_are_printed_sorted() {
    let node = parse(b"b: 1.50 # one\na10: x\na2: [z]\n", &Options::default()).expect("reads");
    let text = print_node(&node, PrintLimits::default());
    assert_eq!(text.as_deref(), Ok("a2:\n- z\na10: x\nb: 1.5\n"));
}
