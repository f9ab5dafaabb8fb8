use super::*;

const ARMOR: &str = "-----BEGIN PGP SIGNATURE-----\n\nAAEC\n=xxxx\n-----END PGP SIGNATURE-----\n";

fn file(text: &str) -> String {
    format!("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{text}\n{ARMOR}")
}

/// The text and what was signed.
fn parts(data: &str) -> Option<(String, String)> {
    let found = read(data.as_bytes())?;
    assert_eq!(found.signature.kind, "PGP SIGNATURE");
    assert_eq!(found.signature.body.bytes, [0, 1, 2]);
    Some((String::from_utf8(found.text).unwrap(), String::from_utf8(found.signed).unwrap()))
}

fn both(text: &str) -> (String, String) {
    (text.to_owned(), text.replace('\n', "\r\n"))
}

#[test]
fn a_text_is_taken_apart() {
    assert_eq!(
        parts(&file("name: web\n\n...\nfiles:\n  a: b")),
        Some(both("name: web\n\n...\nfiles:\n  a: b"))
    );
    assert_eq!(parts(&file("")), Some(both("")));
    assert_eq!(parts(&file("a\n")), Some(both("a\n")));
}

#[test]
fn line_ends_may_be_those_of_windows() {
    assert_eq!(parts(&file("a\nb").replace('\n', "\r\n")), Some(both("a\nb")));
}

#[test]
fn blanks_at_line_ends_and_dashes_before_lines_are_taken_off() {
    assert_eq!(
        parts(&file("a  \t\n\t\nb \r ")),
        Some(("a\n\nb \r".into(), "a\r\n\r\nb \r".into()))
    );
    assert_eq!(
        parts(&file("- -----BEGIN\n- - a\n- \n-x\n-")),
        Some(both("-----BEGIN\n- a\n\n-x\n-"))
    );
}

#[test]
fn only_the_first_text_counts_wherever_it_begins() {
    let twice = format!("something\n-----BEGIN\n{}more\n{}", file("one"), file("two"));
    assert_eq!(parts(&twice), Some(both("one")));
    assert_eq!(parts(&format!(" {}", file("one"))), None, "not at the start of a line");
}

#[test]
fn headers_name_hashes_and_nothing_else() {
    let with = |headers: &str| parts(&file("a").replace("Hash: SHA512\n", headers)).is_some();
    assert!(with("") && with("Hash: sha1,SHA256\nHash: MD5\n") && with(" Hash :SHA3-512\n"));
    for bad in
        ["Hash: SHA9\n", "Hash:\n", "hash: SHA1\n", "Version: 1\n", "Hash\n", "Hash: SHA1\u{e9}\n"]
    {
        assert!(!with(bad), "{bad:?}");
    }
}

#[test]
fn a_text_that_is_cut_anywhere_is_none() {
    let whole = file("a\n- -b\nc");
    for end in 0..whole.len() - 1 {
        assert_eq!(parts(&whole[..end]), None, "{end}");
    }
    assert!(parts(&whole[..whole.len() - 1]).is_some(), "the last line end");
}

#[test]
fn what_is_not_framed_is_none() {
    for bad in [
        "",
        "name: web\n...\nfiles: {}\n",
        ARMOR,
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "-----BEGIN PGP SIGNED MESSAGE----- \n\na\n",
        "-----BEGIN PGP SIGNED MESSAGE-----\n\n-----BEGIN PGP SIGNATURE-----\n\nAAEC\n-----END PGP SIGNATURE-----\n",
    ] {
        assert_eq!(parts(bad), None, "{bad:?}");
    }
}

#[test]
fn large_texts_take_time_as_their_size() {
    let lines = "- -a   \n".repeat(500_000);
    let start = std::time::Instant::now();
    assert_eq!(read(file(&lines).as_bytes()).unwrap().text.len(), 1_500_000);
    assert!(parts(&"-----BEGIN PGP SIGNED MESSAGE-----x\n".repeat(100_000)).is_none());
    assert!(parts(&"\n".repeat(4_000_000)).is_none());
    assert!(start.elapsed().as_secs() < 10);
}
