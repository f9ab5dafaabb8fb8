//! Whatever keys and signed texts come in, reading them ends, and nothing is accepted but the text that was signed.
//!
//! The input is read as it is, and as changes of a good ring and a good text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rhumb_signing::{Keyring, verify};

const RING: &[u8] = include_bytes!("../../crates/signing/tests/data/ring.gpg");
const SIGNED: &[u8] = include_bytes!("../../crates/signing/tests/data/rsa.prov");
const TEXT: &[u8] = include_bytes!("../../crates/signing/tests/data/text");
const NOW: i64 = 1_780_000_000;

fuzz_target!(|data: &[u8]| {
    check(data, SIGNED);
    check(RING, data);
    let Some((kind, changes)) = data.split_first() else { return };
    let (mut ring, mut signed) = (RING.to_vec(), SIGNED.to_vec());
    let target = if kind % 2 == 0 { &mut ring } else { &mut signed };
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]]));
        let length = target.len();
        target[at % length] = change[2];
    }
    check(&ring, &signed);
});

fn check(ring: &[u8], signed: &[u8]) {
    let Ok(ring) = Keyring::parse(ring, "keys") else { return };
    if let Ok(signed) = verify(&ring, signed, NOW) {
        assert_eq!(signed.text, TEXT.trim_ascii_end());
    }
}
