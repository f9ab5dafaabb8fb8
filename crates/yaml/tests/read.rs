//! What reading gives, and what it refuses, in Helm's words.

use std::fmt::Write;

use rhumb_yaml::{Content, Limits, Options, check, parse, parse_documents, parse_value};

fn error_of(text: &str) -> String {
    parse(text.as_bytes(), &Options::default()).expect_err("an error").to_string()
}

#[test]
fn words_mean_what_they_meant_in_yaml_1_1() {
    let node =
        parse(b"a: yes\nb: 017\nc: 0x1f\nd: 1_000\ne: '1'\nf: ~\ng: 1.5\n", &Options::default());
    let node = node.expect("reads");
    let content = |key: &str| node.get(key).expect("is there").content.clone();
    assert_eq!(content("a"), Content::Bool(true));
    assert_eq!(content("b"), Content::Int(15));
    assert_eq!(content("c"), Content::Int(31));
    assert_eq!(content("d"), Content::Int(1000));
    assert_eq!(content("e"), Content::Text("1".to_owned()));
    assert_eq!(content("f"), Content::Null);
    assert_eq!(content("g"), Content::Float(1.5));
}

#[test]
fn nodes_know_their_places() {
    let text = "a: 1\nb:\n  - x\n  - y z\n";
    let node = parse(text.as_bytes(), &Options::default()).expect("reads");
    let entry = node.as_map().and_then(|map| map.get_entry("b")).expect("is there");
    assert_eq!(entry.key_span.line_and_column(text), (2, 1));
    let items = entry.value.as_list().expect("a list");
    assert_eq!(items[1].span.line_and_column(text), (4, 5));
    assert_eq!(&text[items[1].span.start as usize..items[1].span.end as usize], "y z");
}

#[test]
fn errors_are_those_of_helm() {
    for (text, message) in [
        ("a: b: c", "yaml: mapping values are not allowed in this context"),
        ("x: 1\na: b: c", "yaml: line 2: mapping values are not allowed in this context"),
        ("a: 1\n- b", "yaml: line 1: did not find expected key"),
        ("a: *b", "yaml: unknown anchor 'b' referenced"),
        ("a: &b [*b]", "yaml: anchor 'b' value contains itself"),
        ("<<: 1", "yaml: map merge requires map or sequence of maps as the value"),
        ("{a: 1}: 2", "yaml: invalid map key: map[interface {}]interface {}{\"a\":1}"),
        ("~: 1", "unsupported map key of type: %!s(<nil>), key: <nil>, value: 1"),
        ("a: .inf", "json: unsupported value: +Inf"),
        ("!!int x", "yaml: cannot decode !!str `x` as a !!int"),
        ("a: \u{7}", "yaml: control characters are not allowed"),
    ] {
        assert_eq!(error_of(text), message, "{text}");
    }
}

#[test]
fn duplicate_keys_are_refused_when_asked() {
    let text = b"a: 1\nb: 2\na: 3\nb: 4\n";
    let node = parse(text, &Options::default()).expect("reads");
    assert_eq!(node.get("a").map(|node| &node.content), Some(&Content::Int(3)));
    let error = parse(text, &Options::strict()).expect_err("an error").to_string();
    let all = "yaml: unmarshal errors:\n  line 3: key \"a\" already set in map\n  line 4: key \"b\" already set in map";
    assert_eq!(error, all);
}

#[test]
fn the_first_of_two_keys_is_shown_where_the_second_is_refused() {
    let error = parse(b"? {a: 1, a: 2}\n: x\n", &Options::strict()).expect_err("an error");
    let shown = "yaml: invalid map key: map[interface {}]interface {}{\"a\":1}";
    assert_eq!(error.to_string(), shown);
}

#[test]
fn aliases_and_merges_are_resolved() {
    let text = b"x: &x {a: 1, b: 2}\nw:\n  <<: *x\n  b: 3\nz: *x\n";
    let node = parse(text, &Options::default()).expect("reads");
    let w = node.get("w").expect("is there");
    assert_eq!(w.get("a").map(|node| &node.content), Some(&Content::Int(1)));
    assert_eq!(w.get("b").map(|node| &node.content), Some(&Content::Int(3)));
    assert_eq!(node.get("x"), node.get("z"));
}

#[test]
fn a_billion_laughs_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        let aliases = [alias.as_str(); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{aliases}]").expect("writes");
    }
    assert_eq!(error_of(&text), "yaml: document contains excessive aliasing");
}

#[test]
fn depth_is_limited_without_the_stack() {
    for depth in [2000, 9000] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(error_of(&text), "yaml: exceeded max depth of 256");
    }
    assert_eq!(error_of(&"[".repeat(20_000)), "yaml: exceeded max depth of 10000");
    assert_eq!(error_of(&"- ".repeat(20_000)), "yaml: exceeded max depth of 10000");
}

#[test]
fn values_and_checks_go_as_deep_as_helm() {
    let options = Options::deep();
    let nested = |open: &str, close: &str, depth| open.repeat(depth) + &close.repeat(depth);
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let text = nested(open, close, 10_000);
        assert_eq!(check(text.as_bytes(), &options), Ok(()), "{open}");
        drop(parse_value(text.as_bytes(), &options).expect("a value"));
        let error = parse_value(nested(open, close, 10_001).as_bytes(), &options);
        let error = error.expect_err("too deep").to_string();
        assert_eq!(error, "yaml: exceeded max depth of 10000", "{open}");
    }
    // Looking for the number makes nodes, which go less deep.
    let text = nested("[.inf, ", "]", 300);
    let error = parse_value(text.as_bytes(), &options).expect_err("a number");
    assert_eq!(error.to_string(), "yaml: exceeded max depth of 256");
}

#[test]
fn size_is_limited() {
    let limits = Limits { bytes: 4, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    assert_eq!(check(b"a: b", &options), Ok(()));
    let error = check(b"a: bc", &options).expect_err("an error");
    assert_eq!(error.to_string(), "YAML is larger than the limit of 4 bytes");
}

#[test]
fn streams_have_documents() {
    let documents = parse_documents(b"a: 1\n---\nb\n---\n", &Options::default()).expect("reads");
    assert_eq!(documents.len(), 3);
    assert!(documents[2].is_null());
    assert!(parse(b"# nothing\n", &Options::default()).expect("reads").is_null());
}

#[test]
fn values_hold_floats() {
    let value = parse_value(b"a: [1, 2.5]", &Options::default()).expect("reads");
    let rhumb_value::Value::Map(map) = value else { panic!("not a map") };
    let Some(rhumb_value::Value::List(list)) = map.get(b"a") else { panic!("not a list") };
    assert_eq!(
        list.items()[0].kind(),
        Some(rhumb_value::Type::Float(rhumb_value::FloatKind::Float64))
    );
}
