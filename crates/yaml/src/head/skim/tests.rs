use proptest::prelude::*;

use super::super::{Head, HeadReader};
use crate::Options;
use crate::compose::tests::PIECES;
use crate::source::Source;

/// What is read of a text in one pass, which must be what its nodes say.
fn skimmed(text: &str) -> Option<Head> {
    let source = Source::new(text.as_bytes()).expect("not too large");
    let options = Options::default();
    let head = super::head(&source, &options)?;
    let nodes = HeadReader::default().read_nodes(&source, &options);
    assert_eq!(Ok(&head), nodes.as_ref(), "{text:?}");
    Some(head)
}

#[test]
fn what_charts_render_is_read_in_one_pass() {
    let text = "\n# Source: c/templates/a.yaml\napiVersion: apps/v1\nkind: \"Deployment\"\nmetadata:\n  name: 'a' # b\n\
                \n  labels: {a: b, \"c\": 'd'}\n  annotations:\n    \"helm.sh/hook\": pre-install, test\n    weight: -5\n\
                \x20   none:\n  namespace: ns\nspec:\n  long: some words\n    and more: of them\n";
    assert_eq!(skimmed(text), None, "a `:` in a long text");
    let head = skimmed(&text.replace("more:", "more")).expect("is simple");
    assert_eq!((&*head.api_version, &*head.kind), ("apps/v1", "Deployment"));
    assert_eq!((&*head.name, &*head.namespace), ("a", "ns"));
    let annotations: Vec<_> =
        head.annotations.iter().map(|(key, text)| (&**key, &**text)).collect();
    assert_eq!(
        annotations,
        [("helm.sh/hook", "pre-install, test"), ("none", ""), ("weight", "-5")]
    );
}

#[test]
fn simple_documents_are_read_in_one_pass() {
    for text in [
        "a:\n- b\n- c: d\n  e: f\n-\n  - g\n  - - h\n    - i: j\nk:\n  - l\nm: {}\no: []\n",
        "a: |\n  b\n\n   c: [\n  # d\ne: >-\n\n\n f\ng: |+\nh: |\n  i\n \n\n",
        "a: [b, \"c\", 'd', [e, {f: g}], 1, 2.5, ]\nb: {\"a b\": c, d: {}}\n",
        "a: \"\\\"b\\\" \\\\ \\n\"\nb: 'it''s'\n\"c: d\": e\nf g: h\ni:j: k\n.l: m\n",
        "a:\n  long text\n  - of lines\n\n  # c\nb: it goes\n  on and on\n\n   # d\nc: d\n",
        "  a: b\n  c:\n    d: http://e/f#g # h\n",
        "kind: 1.50\nmetadata:\n  name: on\n  annotations: {}\n",
        "metadata:\nkind: ~\n",
        "metadata:\n  name:\n    \"n\"\n  annotations:\n    {}\n",
        "a: 'b\n\n it''s\n c'\nd: \"e\\\n  \\  f\\a\"\ng: {\"h\":i, \"j\":[k]}\n",
        "a: [\n  b,\n  \"c\"\n]\nd: ?e\nf: :g\nh: -i\n",
        "a: -1\nb: +1\nc: .5\nd: 1e3\ne: 0x1f\nf: 2001-01-01\ng: é — x\n",
    ] {
        assert!(skimmed(text).is_some(), "{text:?}");
    }
}

#[test]
fn nothing_is_said_of_the_rest() {
    for text in [
        "",
        "# a\n",
        "- a\n",
        "a\n",
        "a: b: c\n",
        "a: *b\n",
        "a: &b c\n",
        "a: !b c\n",
        "<<: {a: b}\n",
        "? a\n",
        "a: .inf\n",
        "a: [.inf]\n",
        "a: \t1\n",
        "a:\n\t- b\n",
        "a: b\n---\nc: d\n",
        "...\n",
        "1: a\n",
        "null: a\n",
        "a: \"\\x41\"\n",
        "a: [b,\n  c d]\n",
        "a: 'b\n---\n'\n",
        "'b\n c': d\n",
        "a: \"\\/\"\n",
        "a: |2\n   b\n",
        "a: |\n    \n  b\n",
        "a: b\n   # c\n   d\n",
        "a:\n    b: c\n  d: e\n",
        "a: b\n- c\n",
        "a:\n  - b\n c: d\n",
        "kind: a\n  b\n",
        "kind: |\n  b\n",
        "kind: [a]\n",
        "kind: a\nkind: b\n",
        "Kind: a\n",
        "metadata: a\n",
        "metadata:\n- name: a\n",
        "metadata: {name: a}\n",
        "metadata:\n  Name: a\n",
        "metadata:\n  annotations:\n    a: [b]\n",
        "metadata:\n  annotations:\n    a: b\n    a: c\n",
        "a\u{85}b: c\r\n",
    ] {
        assert_eq!(skimmed(text), None, "{text:?}");
    }
    let deep: Vec<_> = (0..200)
        .map(|level| {
            format!(
                "{}a:
",
                " ".repeat(level)
            )
        })
        .collect();
    assert_eq!(skimmed(&deep.concat()), None);
}

/// Lines that are mostly simple, with what makes them less so.
const LINES: &str = "\
a: b
c:
d: |
e: >-
- f
- g: h
-
- - i
j: {}
k: []
l: [m, n]
o: {p: q, \"r\":s}
\"t\": u
kind: K
metadata:
name: n
annotations:
namespace: ns
apiVersion: v1
v: 'w'
x: \"\\n\"
y z 1
# c

1: 2
on: off
a: b # c
a: b: c
'x
it''s
[y,
z]
{a: b,
\"w\"
\\
key:  5
- |
- \"k\": v
- # c
a:b: c
a: -.inf
a: &b
<<: *b";

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn pieces_are_read_as_their_nodes(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30),
    ) {
        skimmed(&pieces.concat());
    }

    #[test]
    fn lines_are_read_as_their_nodes(
        lines in prop::collection::vec((0_usize..6, prop::sample::select(all_lines())), 0..14),
        step in 1_usize..3,
    ) {
        let indented = |(level, line)| format!("{}{line}\n", " ".repeat(level * step));
        skimmed(&lines.into_iter().map(indented).collect::<String>());
    }
}

fn all_lines() -> Vec<&'static str> {
    LINES.lines().collect()
}
