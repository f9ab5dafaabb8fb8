use proptest::prelude::*;

use super::*;

/// What simple lines are made of, and what makes them less simple.
pub(crate) const PIECES: &[&str] = &[
    "a: ",
    "b: ",
    "a:",
    "key: value",
    "- ",
    "-",
    "- a: b",
    "- c",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "  ",
    " ",
    "\t",
    "word",
    "two words",
    "{}",
    "[]",
    "{",
    "]",
    ", ",
    "'x'",
    "\"y\"",
    "\"",
    "it''s",
    " # c",
    "#",
    "\n# c\n",
    "\n\n",
    "---\n",
    "\n...\n",
    "|\n",
    "? ",
    ": ",
    "<<: ",
    "*x",
    "&x ",
    "!t ",
    "é",
    "\u{a0}",
    "😀",
    "\u{85}",
    "\r\n",
    "~",
    "-1",
    "--- ",
    "@",
    "a:b",
    "a :b",
    ":y",
    "?z",
    "\u{feff}",
    "long-key_1.x/y: ",
];

/// All nodes of all documents, or the error.
fn composed(text: &[u8], only_tokens: bool) -> Result<Vec<String>, Error> {
    let source = Source::new(text)?;
    let mut composer = Composer::new(&source);
    composer.parser.only_tokens = only_tokens;
    let mut nodes = Vec::new();
    while let Some(document) = composer.next_document()? {
        nodes.push(format!("{:#?}{}", document.nodes, document.copies));
    }
    Ok(nodes)
}

fn check(text: &str) {
    assert_eq!(composed(text.as_bytes(), false), composed(text.as_bytes(), true), "{text:?}");
}

#[test]
fn simple_lines_are_what_their_tokens_are() {
    for text in [
        "a: \"\"\nb: ''\nc: :y\n- ?z\n",
        "a: 1\nb:\n  c: 'x' # c\n\n  # c\n  d: {}\n e: 1\nf: 2\n",
        "a:\n- 1\n- b: 2\n  c: []\n-\n  d: 3\n- - e\ng:\n  - \"x\"\n  -  y z\n",
        "a: b\n  c\nd: e: f\n",
        "a: b\n\n  # c\nc:\n\n\n  d:\n e: x",
        "a:\nb: \"x\ny\"\n",
        "a: 'b': c\n",
        "a: \"b\" c\n",
        "a: {}x\n",
        "a:\n  - b\n -c\n",
        "a: [] # x\n- b\n",
        "a: b #\nc: d#e\nf: g:h\ni: -\n",
        "a:\n  b: c\n---\nd: e\n...\n",
        "é: ü\nb: ñ ñ\n  - x\n",
    ] {
        check(text);
    }
    check(&format!("a: b\n{}: c\n", "k".repeat(1020)));
    check(&format!("a: b\n{}: c\n", "k".repeat(1030)));
}

proptest! {
    #[test]
    fn any_lines_are_what_their_tokens_are(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24),
    ) {
        check(&format!("a: b\n{}", pieces.concat()));
    }

    #[test]
    fn collections_are_what_their_tokens_are(
        lines in prop::collection::vec((0usize..7, prop::sample::select(LINES)), 0..16),
    ) {
        let lines = lines.into_iter().map(|(indent, line)| format!("{}{line}\n", " ".repeat(indent)));
        check(&lines.collect::<String>());
    }
}

/// Lines at any depth.
const LINES: &[&str] = &[
    "a: b",
    "b:",
    "c: ",
    "- d",
    "- e: f",
    "-",
    "- - g",
    "h: {}",
    "i: []",
    "j: 'k'",
    "l: \"m\"",
    "# n",
    "",
    "o",
    "- p: ",
    "q: r # s",
    "t: |",
    "u: &v",
    "? w",
    ": x",
    "y: [z,",
    "]",
    "- {}",
    "- 'a'",
    "- \"b\": c",
    "...",
    "---",
    "d: e: f",
    "g:\th",
    "- \ti",
    "\"j\": k",
];
