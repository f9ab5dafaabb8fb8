use std::fmt::Write as _;

use crate::algorithm::check;
use crate::armor::Body;
use crate::certificate::{Certificate, Part};
use crate::packet::{Kind, Packet, Packets, Signature};
use crate::{Error, Keyring, clearsign};

/// A text, and who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The text that was signed, without the signature.
    pub text: Vec<u8>,
    /// Whose key it was.
    pub signer: Signer,
}

/// The holder of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The names that the key gives itself, such as `Ada <ada@example.com>`, sorted. They may have any bytes.
    pub names: Vec<Vec<u8>>,
    /// The fingerprint of the key, or of the one that it belongs to, in capital hexadecimal digits.
    pub fingerprint: String,
}

/// Checks the first clear-signed text in `data`.
///
/// `now` is the time in seconds since 1970: keys and signatures must be good then.
///
/// # Errors
///
/// If there is none, or no key of the ring made its signature, or the key is not good any more.
pub fn verify(keyring: &Keyring, data: &[u8], now: i64) -> Result<Signed, Error> {
    let found = clearsign::read(data).ok_or(Error::NoBlock)?;
    let signer = signer(keyring, &found.signed, &found.signature.body, now)?;
    Ok(Signed { text: found.text, signer: signer.into() })
}

/// Finds who made the first signature that a key of the ring could have made.
fn signer<'k>(
    keyring: &'k Keyring,
    signed: &[u8],
    signatures: &Body,
    now: i64,
) -> Result<&'k Certificate, Error> {
    let mut packets = Packets::of(signatures);
    while let Some(packet) = packets.next()? {
        let Packet::Signature(signature) = packet else {
            return Err(Error::invalid("non signature packet found"));
        };
        let issuer = signature.issuer;
        let issuer = issuer.ok_or_else(|| Error::invalid("signature doesn't have an issuer"))?;
        let mut failed = None;
        for (certificate, part) in keyring.signers(issuer) {
            let bytes = message(&signature, signed)?;
            let key = match part {
                Part::Primary => &certificate.key,
                Part::Subkey(subkey) => &subkey.key,
            };
            match check(key, &signature, &bytes) {
                Ok(()) => {
                    certificate.check_time(part, &signature, now)?;
                    return Ok(certificate);
                }
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
    }
    Err(Error::UnknownSigner)
}

/// What a signature is made of: the bytes, or a text with line ends as the network has them.
fn message(signature: &Signature, signed: &[u8]) -> Result<Vec<u8>, Error> {
    match signature.kind {
        Kind::BYTES => Ok(signed.to_vec()),
        Kind::TEXT => Ok(canonical(signed)),
        Kind(other) => Err(Error::unsupported(format!("unsupported signature type: {other}"))),
    }
}

fn canonical(text: &[u8]) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(text.len());
    let mut after_return = false;
    for byte in text {
        if *byte == b'\n' && !after_return {
            canonical.push(b'\r');
        }
        canonical.push(*byte);
        after_return = *byte == b'\r' && !after_return;
    }
    canonical
}

impl From<&Certificate> for Signer {
    fn from(certificate: &Certificate) -> Self {
        let mut fingerprint = String::new();
        for byte in certificate.key.fingerprint {
            let _ = write!(fingerprint, "{byte:02X}");
        }
        Self { names: certificate.names.keys().cloned().collect(), fingerprint }
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn line_ends_become_those_of_the_network() {
        assert_eq!(canonical(b"a\nb\r\nc\r\r\nd"), b"a\r\nb\r\nc\r\r\r\nd");
    }
}
