use super::*;

/// Kind, bytes, what is broken, and what comes after.
fn parts(text: &str) -> Option<(String, Vec<u8>, Option<String>, String)> {
    let (armor, rest) = read(text.as_bytes())?;
    let Body { bytes, broken } = armor.body;
    let broken = broken.map(|error| error.to_string());
    Some((armor.kind.into_owned(), bytes, broken, String::from_utf8(rest.to_vec()).unwrap()))
}

fn of(body: &str) -> (Vec<u8>, Option<String>) {
    let (kind, bytes, broken, _) =
        parts(&format!("-----BEGIN X-----\n\n{body}\n-----END X-----\n")).unwrap();
    assert_eq!(kind, "X");
    (bytes, broken)
}

#[test]
fn bytes_are_those_of_all_lines() {
    assert_eq!(of("AAEC\nAw=="), (vec![0, 1, 2, 3], None));
    assert_eq!(of("AAE\nC\r\n  AwQF  \n\n"), (vec![0, 1, 2, 3, 4, 5], None));
    assert_eq!(of("AAEC\n=xxxx\nAAEC"), (vec![0, 1, 2], None), "a checksum ends it");
    assert_eq!(of(""), (vec![], None));
}

#[test]
fn what_is_no_base64_breaks_it_where_it_stands() {
    assert_eq!(
        of("AAEC\nA?EC"),
        (vec![0, 1, 2], Some("illegal base64 data at input byte 1".into()))
    );
    assert_eq!(of("AAECAA"), (vec![0, 1, 2], Some("unexpected EOF".into())));
    let long = "A".repeat(97);
    assert_eq!(of(&long), (vec![], Some("openpgp: invalid data: armor invalid".into())));
}

#[test]
fn blocks_are_found_after_other_text_and_headers() {
    let text = "Hello\n-----BEGIN\n-----BEGIN A-----\nVersion: 1\nComment: b\n\nAAEC\n-----END A-----\nrest";
    let (kind, bytes, broken, rest) = parts(text).unwrap();
    assert_eq!((&*kind, &*bytes, broken, &*rest), ("A", &[0, 1, 2][..], None, "rest"));
    assert_eq!(parts("-----BEGIN A-----\nno header\n-----BEGIN B-----\n\nAAEC").unwrap().0, "B");
    for none in ["", "-----BEGIN A-----", "-----BEGIN A-----\nVersion: 1\n", "x"] {
        assert_eq!(parts(none), None, "{none:?}");
    }
}
