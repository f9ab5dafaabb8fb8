use super::*;

fn kinds(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut packets = Packets::new(bytes);
    let mut kinds = Vec::new();
    while let Some(packet) = packets.next().map_err(|error| error.to_string())? {
        kinds.push(match packet {
            Packet::Name(name) => String::from_utf8(name).unwrap(),
            Packet::Other => "other".to_owned(),
            other => format!("{other:?}"),
        });
    }
    Ok(kinds)
}

#[test]
fn lengths_have_many_forms() {
    assert_eq!(
        kinds(
            b"\xcd\x01a\xb4\x01b\xb5\x00\x01c\xb6\x00\x00\x00\x01d\xcd\xff\x00\x00\x00\x01e\xb7fg"
        )
        .unwrap(),
        ["a", "b", "c", "d", "e", "fg"]
    );
    let long = [&b"\xcd\xc0\x00"[..], &[b'x'; 192]].concat();
    assert_eq!(kinds(&long).unwrap(), ["x".repeat(192)]);
    assert_eq!(kinds(b"\xcd\xe1ab\xe0c\x01d\xcd\x00").unwrap(), ["abcd", ""], "in parts");
}

#[test]
fn packets_of_other_kinds_are_passed_over_or_told() {
    assert_eq!(kinds(b"\xca\x03PGP\xcc\x01x\xfc\x02xx\xd1\x01x\xcd\x01a").unwrap(), ["other", "a"]);
    assert_eq!(
        kinds(b"\xca\x01x\xcd\x01a").unwrap_err(),
        "openpgp: invalid data: invalid marker packet"
    );
    assert_eq!(kinds(b"\xd8\x00").unwrap_err(), "openpgp: unknown critical packet type: 24");
    assert_eq!(kinds(b"a").unwrap_err(), "openpgp: invalid data: tag byte does not have MSB set");
}

#[test]
fn packets_that_are_cut_are_told() {
    for cut in [
        &b"\xcd"[..],
        b"\xcd\x02a",
        b"\xcd\xff\x00\x00",
        b"\xb6\xff\xff\xff\xff",
        b"\xcd\xe1ab",
        b"\xcd\xe1a",
        b"\xc6\x02\x04\x00",
        b"\xc2\x00",
    ] {
        assert_eq!(kinds(cut).unwrap_err(), "unexpected EOF", "{cut:x?}");
    }
    let body =
        Body { bytes: b"\xcd\x01a\xcd\x02b".to_vec(), broken: Some(Error::Base64 { at: 3 }) };
    let mut packets = Packets::of(&body);
    assert!(matches!(packets.next(), Ok(Some(Packet::Name(name))) if name == b"a"));
    assert_eq!(packets.next().unwrap_err(), Error::Base64 { at: 3 });
    assert_eq!(packets.next().unwrap_err(), Error::Base64 { at: 3 });
}

#[test]
fn what_is_not_supported_is_passed_over() {
    // A signature of version 3, keys of version 6 and of an unknown kind.
    assert_eq!(kinds(b"\xc2\x01\x03\xc6\x06\x06\x00\x00\x00\x00\x01\xc6\x06\x04\x00\x00\x00\x00\x63\xcd\x01a").unwrap(), ["a"]);
}
