//! Whatever keys and signed texts come in, reading them ends, and nothing is accepted but the text that was signed.
//!
//! The input is read as it is, and as changes of a good ring and a good text.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rhumb_signing::{Keyring, verify};

const RING: &[u8] = include_bytes!("../../crates/signing/tests/data/ring.gpg");
const SIGNED: &[u8] = include_bytes!("../../crates/signing/tests/data/rsa.prov");
const TEXT: &[u8] = include_bytes!("../../crates/signing/tests/data/text");
const NOW: i64 = 1_780_000_000;

static GOOD: LazyLock<Keyring> =
    LazyLock::new(|| Keyring::parse(RING, "keys").expect("a good ring"));

fuzz_target!(|data: &[u8]| {
    check_ring(data, SIGNED);
    check(&GOOD, data);
    let Some((kind, changes)) = data.split_first() else { return };
    if kind % 2 == 0 {
        check_ring(&changed(RING, changes), SIGNED);
    } else {
        check(&GOOD, &changed(SIGNED, changes));
    }
});

/// Some bytes, of which others are put in the place: where, and which.
fn changed(bytes: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]]));
        let length = bytes.len();
        bytes[at % length] = change[2];
    }
    bytes
}

fn check_ring(ring: &[u8], signed: &[u8]) {
    if let Ok(ring) = Keyring::parse(ring, "keys") {
        check(&ring, signed);
    }
}

fn check(ring: &Keyring, signed: &[u8]) {
    if let Ok(signed) = verify(ring, signed, NOW) {
        assert_eq!(signed.text, TEXT.trim_ascii_end());
    }
}
