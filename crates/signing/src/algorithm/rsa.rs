use num_bigint::BigUint;

use crate::hash::Hash;

/// Keys below this size can be broken, and above it take long.
const BITS: std::ops::RangeInclusive<u64> = 1024..=16_384;

/// Checks a signature of PKCS #1 v1.5: what it was made of is put together anew and compared as a whole.
pub(super) fn verify(
    modulus: &[u8],
    exponent: &[u8],
    (hash, digest): (Hash, &[u8]),
    signature: &[u8],
) -> bool {
    let (modulus, exponent) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
    let signature = BigUint::from_bytes_be(signature);
    let is_odd = modulus.bit(0) && exponent.bit(0) && exponent.bits() > 1;
    if !is_odd || !BITS.contains(&modulus.bits()) || signature >= modulus {
        return false;
    }
    let Some(wanted) = padded(modulus.bits(), &hash.der_prefix(), digest) else { return false };
    signature.modpow(&exponent, &modulus) == BigUint::from_bytes_be(&wanted)
}

/// `00 01 ff … ff 00`, the name of the hash function and the digest, as long as the modulus.
fn padded(bits: u64, prefix: &[u8], digest: &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(bits.div_ceil(8)).ok()?;
    // At least eight bytes are `ff`.
    let filling = length.checked_sub(prefix.len() + digest.len() + 3).filter(|left| *left >= 8)?;
    let mut padded = vec![0, 1];
    padded.resize(2 + filling, 0xff);
    padded.push(0);
    padded.extend_from_slice(prefix);
    padded.extend_from_slice(digest);
    Some(padded)
}
