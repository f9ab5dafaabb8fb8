#[cfg(feature = "crypto")]
use aws_lc_rs::digest;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// A hash function that signatures may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
    Sha224,
    #[cfg(feature = "crypto")]
    Sha3With256,
    #[cfg(feature = "crypto")]
    Sha3With512,
}

impl Hash {
    /// The function with a number that OpenPGP gives it.
    pub(crate) fn of(number: u8) -> Option<Self> {
        Some(match number {
            2 => Self::Sha1,
            8 => Self::Sha256,
            9 => Self::Sha384,
            10 => Self::Sha512,
            11 => Self::Sha224,
            #[cfg(feature = "crypto")]
            12 => Self::Sha3With256,
            #[cfg(feature = "crypto")]
            14 => Self::Sha3With512,
            _ => return None,
        })
    }

    pub(crate) fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(data).to_vec(),
            Self::Sha224 => Sha224::digest(data).to_vec(),
            Self::Sha256 => Sha256::digest(data).to_vec(),
            Self::Sha384 => Sha384::digest(data).to_vec(),
            Self::Sha512 => Sha512::digest(data).to_vec(),
            #[cfg(feature = "crypto")]
            Self::Sha3With256 => digest::digest(&digest::SHA3_256, data).as_ref().to_vec(),
            #[cfg(feature = "crypto")]
            Self::Sha3With512 => digest::digest(&digest::SHA3_512, data).as_ref().to_vec(),
        }
    }

    /// What stands before the digest in an RSA signature: the name of the function, in DER.
    pub(crate) fn der_prefix(self) -> Vec<u8> {
        // The last bytes of 2.16.840.1.101.3.4.2.x, and the bytes of the digest.
        let nist = |last: u8, length: u8| {
            let mut der = vec![0x30, 17 + length, 0x30, 0x0d, 0x06, 0x09];
            der.extend([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last]);
            der.extend([0x05, 0x00, 0x04, length]);
            der
        };
        match self {
            Self::Sha1 => {
                let mut der = vec![0x30, 0x21, 0x30, 0x09, 0x06, 0x05];
                der.extend([0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 20]);
                der
            }
            Self::Sha256 => nist(1, 32),
            Self::Sha384 => nist(2, 48),
            Self::Sha512 => nist(3, 64),
            Self::Sha224 => nist(4, 28),
            #[cfg(feature = "crypto")]
            Self::Sha3With256 => nist(8, 32),
            #[cfg(feature = "crypto")]
            Self::Sha3With512 => nist(10, 64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn digests_have_the_length_that_their_names_say() {
        for number in 0..=u8::MAX {
            let Some(hash) = Hash::of(number) else { continue };
            let (prefix, digest) = (hash.der_prefix(), hash.digest(b"abc"));
            assert_eq!(usize::from(prefix[prefix.len() - 1]), digest.len(), "{hash:?}");
            assert_eq!(usize::from(prefix[1]) + 2, prefix.len() + digest.len(), "{hash:?}");
        }
        assert!(Hash::of(1).is_none(), "MD5");
        assert!(Hash::of(3).is_none(), "RIPEMD-160");
    }
}
