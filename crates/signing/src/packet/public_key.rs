use std::fmt::Write as _;

use sha1::{Digest as _, Sha1};

use crate::Error;
use crate::algorithm;
use crate::cursor::Cursor;

/// The most bytes of an RSA exponent.
const MAX_EXPONENT: usize = 3;
/// How Ed25519 points begin.
const NATIVE_POINT: u8 = 0x40;

/// The public part of a key.
#[derive(Clone, Debug)]
pub(crate) struct PublicKey {
    pub(crate) is_subkey: bool,
    /// Whether it came with its secret part, which is not looked at.
    pub(crate) is_secret: bool,
    /// When it was made, in seconds since 1970.
    pub(crate) created: u32,
    pub(crate) algorithm: u8,
    pub(crate) material: Material,
    pub(crate) fingerprint: [u8; 20],
    /// As signatures are made over it.
    pub(crate) signable: Vec<u8>,
}

/// The numbers of a key.
#[derive(Clone, Debug)]
pub(crate) enum Material {
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    Dsa {
        prime: Vec<u8>,
        subgroup: Vec<u8>,
        generator: Vec<u8>,
        public: Vec<u8>,
    },
    Ecdsa {
        curve: Curve,
        point: Vec<u8>,
    },
    Ed25519 {
        point: Vec<u8>,
    },
    /// A key that encrypts.
    NoSigner,
}

/// A curve for ECDSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
    Secp256k1,
}

const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
const SECP256K1: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x0a];
const ED25519: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01];
/// The curves that Helm knows for encryption.
const ENCRYPTING: &[&[u8]] = &[
    P256,
    P384,
    P521,
    SECP256K1,
    &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01],
    &[0x2b, 0x65, 0x6f],
    &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07],
    &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0b],
    &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0d],
];

impl PublicKey {
    /// Reads what a packet with this number holds.
    pub(crate) fn read(fields: &mut Cursor<'_>, tag: u8) -> Result<Self, Error> {
        let whole = fields.rest;
        let [version, created @ .., algorithm] = fields.array::<6>()?;
        if version != 4 {
            return Err(Error::unsupported(format!("public key version {version}")));
        }
        let material = Material::read(fields, algorithm)?;
        // What may come after it is no part of the key.
        let body = &whole[..whole.len() - fields.rest.len()];
        let length = u16::try_from(body.len()).map_err(|_| Error::invalid("large key"))?;
        let mut signable = vec![0x99];
        signable.extend(length.to_be_bytes());
        signable.extend(body);
        Ok(Self {
            is_subkey: matches!(tag, 7 | 14),
            is_secret: matches!(tag, 5 | 7),
            created: u32::from_be_bytes(created),
            algorithm,
            material,
            fingerprint: Sha1::digest(&signable).into(),
            signable,
        })
    }

    /// The end of the fingerprint, by which signatures name their key.
    pub(crate) fn id(&self) -> u64 {
        self.fingerprint.last_chunk().copied().map(u64::from_be_bytes).unwrap_or_default()
    }

    /// Whether signatures can be made with it.
    pub(crate) fn signs(&self) -> bool {
        !matches!(self.material, Material::NoSigner) && self.algorithm != 2
    }
}

impl Material {
    fn read(fields: &mut Cursor<'_>, kind: u8) -> Result<Self, Error> {
        let number = |fields: &mut Cursor<'_>| fields.number().map(<[u8]>::to_vec);
        Ok(match kind {
            1..=3 => {
                let (modulus, exponent) = (number(fields)?, number(fields)?);
                if exponent.len() > MAX_EXPONENT {
                    return Err(Error::unsupported("large public exponent"));
                }
                Self::Rsa { modulus, exponent }
            }
            16 => {
                for _ in 0..3 {
                    fields.number()?;
                }
                Self::NoSigner
            }
            17 => Self::Dsa {
                prime: number(fields)?,
                subgroup: number(fields)?,
                generator: number(fields)?,
                public: number(fields)?,
            },
            18 => {
                let curve = fields.field()?;
                if !ENCRYPTING.contains(&curve) {
                    return Err(unknown_curve(curve));
                }
                fields.number()?;
                // How keys are derived.
                fields.field()?;
                Self::NoSigner
            }
            19 => {
                let curve = ecdsa_curve(fields.field()?)?;
                let point = number(fields)?;
                if !algorithm::is_on_curve(curve, &point) {
                    return Err(Error::Point { algorithm: "ecdsa" });
                }
                Self::Ecdsa { curve, point }
            }
            22 => Self::Ed25519 { point: edwards_point(fields)? },
            25 => {
                fields.take(32)?;
                Self::NoSigner
            }
            26 => {
                fields.take(56)?;
                Self::NoSigner
            }
            27 => Self::Ed25519 { point: fields.take(32)?.to_vec() },
            other => return Err(Error::unsupported(format!("public key type: {other}"))),
        })
    }
}

fn ecdsa_curve(name: &[u8]) -> Result<Curve, Error> {
    match name {
        P256 => Ok(Curve::P256),
        P384 => Ok(Curve::P384),
        P521 => Ok(Curve::P521),
        SECP256K1 => Ok(Curve::Secp256k1),
        name => Err(unknown_curve(name)),
    }
}

/// The point of an Ed25519 key, without the byte before it.
fn edwards_point(fields: &mut Cursor<'_>) -> Result<Vec<u8>, Error> {
    let curve = fields.field()?;
    if curve != ED25519 {
        return Err(unknown_curve(curve));
    }
    match fields.number()? {
        [] => Err(Error::invalid("empty EdDSA public key")),
        [NATIVE_POINT, point @ ..] if point.len() == 32 => Ok(point.to_vec()),
        [NATIVE_POINT, ..] => Err(Error::Point { algorithm: "eddsa" }),
        [first, ..] => Err(Error::unsupported(format!("unsupported EdDSA compression: {first}"))),
    }
}

fn unknown_curve(name: &[u8]) -> Error {
    let mut hex = String::new();
    for byte in name {
        let _ = write!(hex, "{byte:02x}");
    }
    Error::unsupported(format!("unknown oid: &{{{hex}}}"))
}
