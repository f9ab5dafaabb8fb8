//! Keys and signatures of GnuPG, of every kind; `data/make` made them.

use std::fs;
use std::path::Path;

use rhumb_signing::{Error, Keyring, KeyringError, Signed, verify};

/// A time at which all keys are good but those that are never.
const NOW: i64 = 1_780_000_000;
/// Just after the keys were made.
const THEN: i64 = 1_767_225_601;

const ED: &str = "B5BF0CBC8799576E281E572DDF44EA7E885AFC46";

fn data(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn ring(name: &str) -> Keyring {
    Keyring::parse(&data(name), name).expect("a ring")
}

/// Who signed, or why it is not accepted.
fn told(result: Result<Signed, Error>) -> String {
    match result {
        Ok(Signed { text, signer }) => {
            assert_eq!(text, data("text").trim_ascii_end());
            let names = signer.names.join(&b", "[..]);
            format!("{} {}", String::from_utf8_lossy(&names), signer.fingerprint)
        }
        Err(error) => error.to_string(),
    }
}

fn check(ring: &Keyring, file: &str, now: i64) -> String {
    told(verify(ring, &data(file), now))
}

#[test]
fn keys_of_every_kind_verify() {
    let rsa = "Rsa <rsa@example.com>, Second (name) <two@example.com> D4D992A56513AE8786F6B530FCD75C75835EBD9C";
    let k1 = "K1 <k1@example.com> 5207CD68BDE076E9EB5C6A3A40C67BBE9AD9B051";
    for name in ["ring.gpg", "ring.kbx"] {
        let ring = ring(name);
        for (file, signer) in [
            ("rsa.prov", rsa),
            ("rsa-SHA1.prov", rsa),
            ("rsa-SHA224.prov", rsa),
            ("rsa-SHA384.prov", rsa),
            ("ed.prov", "Ed <ed@example.com> B5BF0CBC8799576E281E572DDF44EA7E885AFC46"),
            ("dsa.prov", "Dsa <dsa@example.com> D6409ADACFBCB16C47B49EA2C1289B39F9F5F58D"),
            ("p256.prov", "P256 <p256@example.com> 52A9604253580F2A5F5DFFDA304ED706A892C74E"),
            ("p384.prov", "P384 <p384@example.com> 6FABA53ED49C1E06032309A890C85F9347BBC06B"),
            ("p521.prov", "P521 <p521@example.com> B41ED8592C01BFCAFE14EA1E5CDFDFAE746F179B"),
            ("k1.prov", k1),
            ("k1-SHA512.prov", k1),
            ("sub.prov", "Sub <sub@example.com> E3226D1CE5561907CD3FDF99AEE1ED1BD5EE84C2"),
        ] {
            assert_eq!(check(&ring, file, NOW), signer, "{file} by {name}");
        }
    }
}

#[test]
fn keys_that_are_not_good_do_not_verify() {
    let ring = ring("ring.gpg");
    assert_eq!(check(&ring, "gone.prov", NOW), "openpgp: signature made by revoked key");
    assert_eq!(check(&ring, "old.prov", NOW), "openpgp: key expired");
    assert!(check(&ring, "old.prov", THEN).starts_with("Old "));
    assert_eq!(check(&ring, "ed.prov", 0), "openpgp: key expired", "made later");
    // A curve that is not known.
    assert_eq!(check(&ring, "pool.prov", NOW), "openpgp: signature made by unknown entity");
}

#[test]
fn rings_are_text_or_bytes_and_may_have_secrets() {
    let armored = ring("armored.asc");
    for file in ["rsa.prov", "ed.prov", "dsa.prov"] {
        assert_eq!(check(&armored, file, NOW), check(&ring("ring.gpg"), file, NOW));
    }
    let unknown = "openpgp: signature made by unknown entity";
    assert_eq!(check(&armored, "p256.prov", NOW), unknown);
    assert_eq!(check(&ring("secret.asc"), "ed.prov", NOW), format!("Ed <ed@example.com> {ED}"));
    let empty = Keyring::parse(b"", "none").unwrap();
    assert_eq!(check(&empty, "ed.prov", NOW), unknown);
}

#[test]
fn bad_rings_are_told_by_name() {
    let error = |data: &[u8]| Keyring::parse(data, "keys").unwrap_err().to_string();
    assert_eq!(error(b"no keys"), "openpgp: invalid data: tag byte does not have MSB set");
    assert_eq!(error(&data("ed.gpg")[..100]), "unexpected EOF");
    assert_eq!(
        error(&data("pool.gpg")),
        "openpgp: invalid data: first packet was not a public/private key"
    );
    assert_eq!(
        error(&data("ring.kbx")[..50]),
        "reading keybox keys: blob at offset 32 has length 1190 exceeding the 18 remaining bytes"
    );
    assert_eq!(
        error(b"-----BEGIN PGP MESSAGE-----\n\nAAEC\n-----END PGP MESSAGE-----\n"),
        "reading armored keyring keys: expected a public or private key block, got \"PGP MESSAGE\""
    );
    assert_eq!(error(b"-----BEGIN PGP"), "reading armored keyring keys: no keys found");
}

#[test]
fn another_text_under_the_same_signature_is_refused() {
    let ring = ring("ring.gpg");
    let bad = |name: &str, algorithm: &str| {
        let text = String::from_utf8(data(name)).unwrap().replace("1.0.0", "1.0.1");
        let want = format!("openpgp: invalid signature: {algorithm} verification failure");
        assert_eq!(told(verify(&ring, text.as_bytes(), NOW)), want);
    };
    bad("rsa.prov", "RSA");
    bad("ed.prov", "EdDSA");
    bad("dsa.prov", "DSA");
    bad("p256.prov", "ECDSA");
}

#[test]
fn line_ends_and_blanks_at_them_do_not_count() {
    let ring = ring("ed.gpg");
    let text = String::from_utf8(data("ed.prov")).unwrap();
    for changed in [text.replace('\n', "\r\n"), text.replace("name: web", "name: web \t ")] {
        assert_eq!(
            told(verify(&ring, changed.as_bytes(), NOW)),
            format!("Ed <ed@example.com> {ED}")
        );
    }
}

/// Whatever is changed, either nothing is accepted, or the same text of the same signer.
#[test]
fn no_changed_byte_makes_another_text_accepted() {
    let (keys, file) = (data("ed.gpg"), data("ed.prov"));
    let mut accepted = 0;
    let mut check = |keys: &[u8], file: &[u8]| {
        let Ok(ring) = Keyring::parse(keys, "keys") else { return };
        let Ok(signed) = verify(&ring, file, NOW) else { return };
        assert_eq!(signed.text, data("text").trim_ascii_end());
        assert_eq!(signed.signer.fingerprint, ED);
        accepted += 1;
    };
    for change in [1_u8, 0x20, 0x80, 0xff] {
        for at in 0..keys.len() {
            let mut keys = keys.clone();
            keys[at] ^= change;
            check(&keys, &file);
        }
        for at in 0..file.len() {
            let mut file = file.clone();
            file[at] ^= change;
            check(&keys, &file);
        }
    }
    for end in 0..file.len() {
        check(&keys, &file[..end]);
    }
    for end in 0..keys.len() {
        check(&keys[..end], &file);
    }
    // Such as in the checksum of the armor, which nobody looks at.
    assert!(accepted > 0 && accepted < 150, "{accepted}");
}

#[test]
fn a_key_whose_name_is_not_signed_by_it_is_passed_over() {
    // Names of keys are signed by them: with another name it is another's.
    let mut keys = data("ed.gpg");
    let at = keys.windows(3).position(|window| window == b"Ed ").unwrap();
    keys[at] = b'X';
    let error = Keyring::parse(&keys, "keys").unwrap_err();
    let why =
        "user ID self-signature invalid: openpgp: invalid signature: EdDSA verification failure";
    assert_eq!(error, KeyringError::Keys(Error::Invalid { why: why.to_owned() }));
    let both = [keys, data("ed.gpg")].concat();
    let ring = Keyring::parse(&both, "keys").unwrap();
    assert!(check(&ring, "ed.prov", NOW).starts_with("Ed <"));
}
