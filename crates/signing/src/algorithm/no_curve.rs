//! Without a library for curves nothing that was made with one is verified.

use crate::packet::Curve;

pub(crate) fn is_on_curve(_: Curve, _: &[u8]) -> bool {
    true
}

pub(super) fn verify_ecdsa(_: Curve, _: &[u8], _: &[u8], _: (&[u8], &[u8])) -> bool {
    false
}

pub(super) fn verify_ed25519(_: &[u8], _: &[u8], _: (&[u8], &[u8])) -> bool {
    false
}
