//! No template panics, hangs or exhausts the stack.

#[path = "recorded/data.rs"]
mod data;
#[path = "recorded/nothing.rs"]
mod nothing;

use std::rc::Rc;

use proptest::prelude::*;
use rhumb_gotmpl::{Functions, Limits, Session, Set};

use nothing::Nothing;

fn render(template: &[u8]) -> Result<Vec<u8>, String> {
    let mut set = Set::new("t.txt", Rc::new(Functions::new(&[data::FUNCS])));
    set.parse("t.txt", template).map_err(|error| error.to_string())?;
    let limits = Limits { bytes: 1 << 20, steps: 100_000 };
    let session = Session::limited(&Nothing, limits);
    set.execute(&session, "t.txt", data::dot()).map_err(|error| error.to_string())
}

fn fails(template: &str, with: &str) {
    let error = render(template.as_bytes()).expect_err("an error");
    let shown: String = error.chars().take(500).collect();
    assert!(error.contains(with), "{shown}");
}

#[test]
fn deep_templates_end_with_errors() {
    let parens = |depth: usize| format!("{{{{ {}1{} }}}}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(render(parens(9_999).as_bytes()).as_deref(), Ok(b"1".as_slice()));
    fails(&parens(10_001), "max expression depth exceeded");
    let not = format!("{{{{ {}1{} }}}}", "(not ".repeat(5_000), ")".repeat(5_000));
    assert_eq!(render(not.as_bytes()).as_deref(), Ok(b"true".as_slice()));
    let ifs = "{{ if 1 }}".repeat(5_000) + "x" + &"{{ end }}".repeat(5_000);
    assert_eq!(render(ifs.as_bytes()).as_deref(), Ok(b"x".as_slice()));
    fails(&"{{ if 1 }}".repeat(100_000), "blocks nest deeper");
    fails(&("{{ if 0 }}".to_owned() + &"{{ else if 0 }}".repeat(100_000)), "blocks nest deeper");
    fails(&"{{ define \"a\" }}".repeat(100_000), "unexpected <define>");
    fails(&"{{ block \"a\" . }}".repeat(100_000), "blocks nest deeper");
}

#[test]
fn wide_templates_take_no_longer_than_they_are() {
    let many = 90_000;
    let sum = format!("{{{{ len (print{}) }}}}", " (print 1)".repeat(many));
    assert_eq!(render(sum.as_bytes()).as_deref(), Ok(many.to_string().as_bytes()));
    let pipes = format!("{{{{ (1){} }}}}", " | print (print)".repeat(40_000));
    assert_eq!(render(pipes.as_bytes()).as_deref(), Ok(b"1".as_slice()));
}

#[test]
fn a_failed_template_leaves_nothing_to_the_next() {
    for broken in ["{{ with $x := 1 }}{{ print (1 | print .a (", "{{ $x := 1 | ", "{{ if 1 }}a{{ b"]
    {
        fails(broken, "template: ");
        assert_eq!(render(b"{{ print (print 1) | print }}").as_deref(), Ok(b"1".as_slice()));
        fails("{{ $x }}", "undefined variable");
    }
}

#[test]
fn endless_templates_end_with_errors() {
    let recursion = "{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}";
    fails(recursion, "templates take more than 100000 steps");
    fails("{{ range 1000000000 }}{{ end }}", "templates take more than 100000 steps");
    fails("{{ range 1000 }}{{ printf \"%9999d\" 1 }}{{ end }}", "make more than 1048576 bytes");
    fails("{{ printf \"%999999d%999999d\" 1 1 }}", "make more than 1048576 bytes");
}

#[test]
fn go_ends_recursion_at_its_own_depth() {
    let recursion = b"{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}";
    let mut set = Set::new("t.txt", Rc::new(Functions::new(&[])));
    set.parse("t.txt", recursion).expect("parses");
    let error = set.execute(&Session::new(&Nothing), "t.txt", data::dot()).expect_err("too deep");
    let want = "template: t.txt:1:28: executing \"r\" at <{{template \"r\"}}>: \
                exceeded maximum template depth (100000)";
    assert_eq!(error.to_string(), want);
}

/// Pieces of templates.
const PIECES: &[&str] = &[
    "{{", "}}", "{{-", "-}}", " ", "\n", "if", "else", "end", "range", "with", "define", "block",
    "template", "break", "nil", "true", "$", "$x", ":=", "=", ",", ".", ".map", ".list.a", "(",
    ")", "|", "\"a\"", "`", "'c'", "-1", "0x", "1e", "1+2i", "eq", "and", "printf", "%", "index",
    "/*", "*/", "é", "\\", "text",
];

proptest! {
    #[test]
    fn any_text_is_answered(text in proptest::collection::vec(any::<u8>(), 0..200)) {
        let answer = render(&text);
        prop_assert!(answer.is_ok() || answer.is_err_and(|error| error.starts_with("template: ")));
    }

    #[test]
    fn any_pieces_are_answered(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: Vec<&str> = pieces.into_iter().map(|index| PIECES[index]).collect();
        for text in [format!("{{{{ {}", text.join(" ")), text.concat()] {
            let answer = render(text.as_bytes());
            prop_assert!(answer.is_ok() || answer.is_err_and(|error| error.starts_with("template: ")));
        }
    }
}
