//! Whatever comes in, reading ends, and what is printed is read back.

use proptest::prelude::*;
use rhumb_yaml::{
    Options, PrintLimits, check, parse, parse_documents, parse_value, print, print_pretty,
    read_head,
};

/// Pieces that mean something to YAML.
const PIECES: &[&str] = &[
    "a",
    "b: ",
    ": ",
    ":",
    "- ",
    "\n",
    "\n  ",
    "  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "? ",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "!x ",
    "# c\n",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "\"",
    "'",
    "\\",
    "1",
    ".inf",
    "é",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\r\n",
    "\u{7f}",
    "😀",
    "|2+\n",
    "yes",
    "~",
];

fn read_everything(bytes: &[u8]) {
    let options = Options::default();
    let node = parse(bytes, &options);
    assert_eq!(check(bytes, &options).err(), node.err());
    drop(parse_documents(bytes, &options));
    drop(parse(bytes, &Options::strict()));
    drop(read_head(bytes, &options));
    let Ok(value) = parse_value(bytes, &options) else { return };
    let limits = PrintLimits::default();
    let Ok(text) = print_pretty(&value, limits) else { return };
    // Both write a text `<<` as the key that merges, and the pretty dialect writes marks and tabs in
    // ways that the reader does not take.
    if text.contains("<<") {
        return;
    }
    if !text.contains(['\u{feff}', '\t']) {
        parse(text.as_bytes(), &options).expect("what is printed is read");
    }
    let Ok(text) = print(&value, limits) else { return };
    let again = parse_value(text.as_bytes(), &options).expect("what is printed is read");
    let twice = print(&again, limits).expect("what was printed is printed again");
    // A line that folds may fold once more.
    if text.lines().all(|line| line.chars().count() <= 80)
        && !text.contains(['\u{2028}', '\u{2029}'])
    {
        assert_eq!(twice, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_everything(&bytes);
    }

    #[test]
    fn pieces_of_yaml_do_no_harm(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        read_everything(pieces.concat().as_bytes());
    }

    #[test]
    fn utf_16_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..100), big in any::<bool>()) {
        let mark: &[u8] = if big { b"\xfe\xff" } else { b"\xff\xfe" };
        read_everything(&[mark, &bytes].concat());
    }
}
