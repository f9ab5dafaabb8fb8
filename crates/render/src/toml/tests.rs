use rhumb_value::{Value, format};

use super::{parse, print};

fn read(text: &str) -> String {
    match parse(text.as_bytes()) {
        Ok(map) => String::from_utf8(format::print(&Value::Map(map)).unwrap()).unwrap(),
        Err(error) => error.to_string(),
    }
}

fn reprint(text: &str) -> String {
    let map = parse(text.as_bytes()).unwrap();
    String::from_utf8(print(&Value::Map(map)).unwrap()).unwrap()
}

#[test]
fn values_of_all_kinds() {
    assert_eq!(
        read("a = 1\nb = 0x1f\nc = 1_000\nd = 0o17\ne = -0"),
        "map[a:1 b:31 c:1000 d:15 e:0]"
    );
    assert_eq!(read("a = 1.5\nb = 1e3\nc = -inf\nd = true"), "map[a:1.5 b:1000 c:-Inf d:true]");
    assert_eq!(
        read("a = \"x\\ty\"\nb = 'x\\t'\nc = \"\"\"\nx\\\n  y\"\"\""),
        "map[a:x\ty b:x\\t c:xy]"
    );
    assert_eq!(read("a = [1, [2, 'b'], {c = 3}]"), "map[a:[1 [2 b] map[c:3]]]");
    assert_eq!(
        read("[a.b]\nc = 1\n[[d]]\ne = 1\n[[d]]\ne = 2"),
        "map[a:map[b:map[c:1]] d:[map[e:1] map[e:2]]]"
    );
    assert_eq!(
        read("a.b.c = 1\na.b.d = {e.f = 2} # x\n"),
        "map[a:map[b:map[c:1 d:map[e:map[f:2]]]]]"
    );
}

#[test]
fn errors_in_the_words_of_the_reference() {
    let cases = [
        ("abc", "toml: line 1: unexpected EOF; expected key separator '='"),
        ("a =", "toml: line 1 (last key \"a\"): unexpected EOF; expected value"),
        ("a = 1\na = 2", "toml: line 2 (last key \"a\"): Key 'a' has already been defined."),
        ("[a]\n[a]", "toml: line 2: Key 'a' has already been defined."),
        ("a = 'x", "toml: line 1 (last key \"a\"): unexpected EOF; expected \"'\""),
        ("= 1", "toml: line 1: unexpected '=': key name appears blank"),
        ("é = 1", "toml: line 1: expected '.' or '=', but got 'é' instead"),
        (
            "a = 01",
            "toml: line 1 (last key \"a\"): Invalid integer \"01\": cannot have leading zeroes",
        ),
        ("a = .5", "toml: line 1 (last key \"a\"): floats must start with a digit, not '.'"),
        ("a = \"\\q\"", "toml: line 1 (last key \"a\"): invalid escape in string '\\q'"),
        ("a = b", "toml: line 1 (last key \"a\"): expected value but found \"b\" instead"),
        ("[a\n", "toml: line 2: expected '.' or ']' to end table name, but got '\\n' instead"),
        (
            "a = {x = 1",
            "toml: line 1 (last key \"a.x\"): expected a comma or an inline table terminator '}', \
             but got end of file instead",
        ),
    ];
    for (text, want) in cases {
        assert_eq!(read(text), want, "{text:?}");
    }
    assert!(read(&format!("a = {}", "[".repeat(100_000))).contains("nested deeper"));
}

#[test]
fn plain_keys_are_printed_before_tables() {
    assert_eq!(
        reprint("z = 1\n[b]\nx = 1.0\n[b.c]\n\"d e\" = [1, {f = 'g'}]\n[[a]]\n[[a]]\nq = []"),
        "z = 1\n\n[[a]]\n\n[[a]]\n  q = []\n\n[b]\n  x = 1.0\n  [b.c]\n    \"d e\" = [1, {f = \"g\"}]\n"
    );
}
