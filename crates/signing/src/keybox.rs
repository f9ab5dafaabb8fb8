//! GnuPG's own file of public keys, `pubring.kbx`: blobs one after another, some of which hold keys.
//!
//! Source: GnuPG 2.4, `kbx/keybox-blob.c`.

/// Length and kind.
const MIN_BLOB: usize = 5;
/// Up to the place and length of the keys.
const MIN_KEYS: usize = 16;
const KIND_HEADER: u8 = 1;
const KIND_OPENPGP: u8 = 2;
/// A blob that does not belong to the ring yet.
const EPHEMERAL: u16 = 2;

/// Whether this is such a file.
pub(crate) fn is_keybox(data: &[u8]) -> bool {
    data.len() >= 12 && data[4] == KIND_HEADER && &data[8..12] == b"KBXf"
}

/// The packets of all keys.
///
/// # Errors
///
/// In Helm's words, if the blobs do not fit into the file, or none has a key.
pub(crate) fn keys(data: &[u8]) -> Result<Vec<u8>, String> {
    let mut keys = Vec::new();
    let mut offset = 0;
    while offset < data.len() {
        let rest = &data[offset..];
        if rest.len() < MIN_BLOB {
            return Err(format!("truncated blob header at offset {offset}"));
        }
        let length = number(rest, 0);
        if length < MIN_BLOB {
            return Err(format!("invalid blob length {length} at offset {offset}"));
        }
        let Some(blob) = rest.get(..length) else {
            let left = rest.len();
            return Err(format!(
                "blob at offset {offset} has length {length} exceeding the {left} remaining bytes"
            ));
        };
        if blob[4] == KIND_OPENPGP {
            if blob.len() < MIN_KEYS {
                return Err(format!("OpenPGP blob at offset {offset} is too short"));
            }
            let (from, length) = (number(blob, 8), number(blob, 12));
            let packets = from.checked_add(length).and_then(|to| blob.get(from..to));
            let packets = packets.ok_or_else(|| {
                format!("OpenPGP blob at offset {offset} has an out-of-range keyblock")
            })?;
            if u16::from_be_bytes([blob[6], blob[7]]) & EPHEMERAL == 0 {
                keys.extend_from_slice(packets);
            }
        }
        offset += length;
    }
    if keys.is_empty() { Err("keybox contains no OpenPGP keys".to_owned()) } else { Ok(keys) }
}

/// The number of four bytes at a place where there are as many.
fn number(bytes: &[u8], at: usize) -> usize {
    bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with a header and blobs of this kind, flags and content.
    fn file(blobs: &[(u8, u16, &[u8])]) -> Vec<u8> {
        let mut file = vec![0, 0, 0, 12, 1, 1, 0, 0];
        file.extend(b"KBXf");
        for (kind, flags, content) in blobs {
            let length = u8::try_from(MIN_KEYS + content.len()).unwrap();
            file.extend([0, 0, 0, length, *kind, 1]);
            file.extend(flags.to_be_bytes());
            file.extend([0, 0, 0, 16, 0, 0, 0, length - 16]);
            file.extend(*content);
        }
        file
    }

    #[test]
    fn keys_of_the_ring_are_found_and_others_are_not() {
        let file = file(&[(2, 0, b"one"), (3, 0, b"cert"), (2, 2, b"not yet"), (2, 0, b"two")]);
        assert!(is_keybox(&file));
        assert_eq!(keys(&file).unwrap(), b"onetwo");
        assert!(!is_keybox(&file[..11]));
    }

    #[test]
    fn broken_files_are_told() {
        let good = file(&[(2, 0, b"one")]);
        let told = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut file = good.clone();
            change(&mut file);
            keys(&file).unwrap_err()
        };
        assert_eq!(told(&|file| file.truncate(12)), "keybox contains no OpenPGP keys");
        assert_eq!(told(&|file| file.truncate(15)), "truncated blob header at offset 12");
        assert_eq!(told(&|file| file[15] = 4), "invalid blob length 4 at offset 12");
        assert_eq!(
            told(&|file| file[12] = 1),
            "blob at offset 12 has length 16777235 exceeding the 19 remaining bytes"
        );
        assert_eq!(
            told(&|file| file[27] = 4),
            "OpenPGP blob at offset 12 has an out-of-range keyblock"
        );
        let short = |file: &mut Vec<u8>| {
            file[15] = 15;
            file.truncate(27);
        };
        assert_eq!(told(&short), "OpenPGP blob at offset 12 is too short");
    }
}
