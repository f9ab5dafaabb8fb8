use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256K1_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    ECDSA_P521_SHA512_ASN1, ED25519, EcdsaVerificationAlgorithm, ParsedPublicKey,
    UnparsedPublicKey,
};

use crate::packet::Curve;

/// Bytes of each half of an Ed25519 signature.
const HALF: usize = 32;

/// How points begin that have both of their numbers.
const WHOLE_POINT: u8 = 4;

/// Whether a point, with both of its numbers, is on a curve.
pub(crate) fn is_on_curve(curve: Curve, point: &[u8]) -> bool {
    let is_whole = point.first() == Some(&WHOLE_POINT);
    is_whole && ParsedPublicKey::new(algorithm(curve).0, point).is_ok()
}

/// Checks a signature of a digest.
pub(super) fn verify_ecdsa(
    curve: Curve,
    point: &[u8],
    digest: &[u8],
    (r, s): (&[u8], &[u8]),
) -> bool {
    let (algorithm, hash) = algorithm(curve);
    // Of a digest the first bits count, as many as the curve has. So one of any function can be given as one of the
    // function that has the curve's length.
    let length = hash.output_len();
    let mut sized = vec![0; length.saturating_sub(digest.len())];
    sized.extend(&digest[..digest.len().min(length)]);
    let Ok(digest) = Digest::import_less_safe(&sized, hash) else { return false };
    let Some(signature) = der(r, s) else { return false };
    UnparsedPublicKey::new(algorithm, point).verify_digest(&digest, &signature).is_ok()
}

/// Checks a signature of a digest. Halves that begin with zeros are written shorter.
pub(super) fn verify_ed25519(point: &[u8], digest: &[u8], (r, s): (&[u8], &[u8])) -> bool {
    let mut signature = [0; 2 * HALF];
    for (half, number) in signature.chunks_exact_mut(HALF).zip([r, s]) {
        let Some(start) = HALF.checked_sub(number.len()) else { return false };
        half[start..].copy_from_slice(number);
    }
    UnparsedPublicKey::new(&ED25519, point).verify(digest, &signature).is_ok()
}

fn algorithm(curve: Curve) -> (&'static EcdsaVerificationAlgorithm, &'static digest::Algorithm) {
    match curve {
        Curve::P256 => (&ECDSA_P256_SHA256_ASN1, &digest::SHA256),
        Curve::P384 => (&ECDSA_P384_SHA384_ASN1, &digest::SHA384),
        Curve::P521 => (&ECDSA_P521_SHA512_ASN1, &digest::SHA512),
        Curve::Secp256k1 => (&ECDSA_P256K1_SHA256_ASN1, &digest::SHA256),
    }
}

/// A sequence of two whole numbers; none if they are longer than those of any curve.
fn der(r: &[u8], s: &[u8]) -> Option<Vec<u8>> {
    let content = [integer(r)?, integer(s)?].concat();
    let length = u8::try_from(content.len()).ok()?;
    let mut der = if length < 0x80 { vec![0x30, length] } else { vec![0x30, 0x81, length] };
    der.extend(content);
    Some(der)
}

fn integer(number: &[u8]) -> Option<Vec<u8>> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let number = &number[zeros..];
    // The first bit would be a sign.
    let sign = number.first().is_none_or(|first| *first >= 0x80);
    let length =
        u8::try_from(number.len() + usize::from(sign)).ok().filter(|length| *length < 0x80);
    let mut der = vec![2, length?];
    der.extend(sign.then_some(0));
    der.extend(number);
    Some(der)
}
