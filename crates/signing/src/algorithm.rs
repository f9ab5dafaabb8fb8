//! The mathematics of signatures. Everything here is public, so nothing needs to take the same time always.

#[cfg(feature = "crypto")]
mod curve;
#[cfg(not(feature = "crypto"))]
#[path = "algorithm/no_curve.rs"]
mod curve;
mod dsa;
mod rsa;

use crate::Error;
use crate::packet::{Material, PublicKey, Signature};
pub(crate) use curve::is_on_curve;

/// Checks that a key made a signature over some bytes.
pub(crate) fn check(key: &PublicKey, signature: &Signature, bytes: &[u8]) -> Result<(), Error> {
    if !key.signs() {
        return Err(Error::Mismatch { why: "public key cannot generate signatures" });
    }
    if key.algorithm != signature.algorithm {
        return Err(Error::Mismatch { why: "public key and signature use different algorithms" });
    }
    let Some(hash) = signature.hash else { return Err(Error::bad("no hash function")) };
    let message = [bytes, &signature.suffix].concat();
    let (name, is_good) = match (&key.material, signature.numbers.as_slice()) {
        (Material::Rsa { modulus, exponent }, [number]) => {
            ("RSA", rsa::verify(modulus, exponent, (hash, &hash.digest(&message)), number))
        }
        (Material::Dsa { prime, subgroup, generator, public }, [r, s]) => {
            let key = dsa::Key::new(prime, subgroup, generator, public);
            ("DSA", key.verify(&hash.digest(&message), r, s))
        }
        (Material::Ecdsa { curve, point }, [r, s]) => {
            ("ECDSA", curve::verify_ecdsa(*curve, point, &hash.digest(&message), (r, s)))
        }
        (Material::Ed25519 { point }, [r, s]) => {
            let name = if key.algorithm == 22 { "EdDSA" } else { "Ed25519" };
            (name, curve::verify_ed25519(point, &hash.digest(&message), (r, s)))
        }
        _ => return Err(Error::bad("Unsupported public key algorithm used in signature")),
    };
    if is_good { Ok(()) } else { Err(Error::bad(format!("{name} verification failure"))) }
}
