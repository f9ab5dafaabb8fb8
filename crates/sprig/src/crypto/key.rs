//! Private keys, in the forms in which Go writes them.

use aws_lc_rs::encoding::{AsBigEndian, AsDer};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
};
use rhumb_gotmpl::Call;
use rhumb_value::CallError;

use super::der::{self, SEQUENCE, group, integer, object, read_sequence};
use super::dsa::Dsa;
use super::{failed, pem};

/// Sizes of RSA keys that are made here.
#[derive(Clone, Copy)]
pub(super) enum RsaSize {
    Bits2048,
    Bits4096,
}

/// A curve that keys may be on.
#[derive(Debug)]
pub(super) struct Curve {
    object: &'static [u8],
    algorithm: &'static EcdsaSigningAlgorithm,
    /// The object of its signature algorithm.
    signature: &'static [u8],
}

static CURVES: [Curve; 3] = [
    Curve {
        object: &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
        algorithm: &ECDSA_P256_SHA256_ASN1_SIGNING,
        signature: &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
    },
    Curve {
        object: &[0x2b, 0x81, 4, 0, 0x22],
        algorithm: &ECDSA_P384_SHA384_ASN1_SIGNING,
        signature: &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3],
    },
    Curve {
        object: &[0x2b, 0x81, 4, 0, 0x23],
        algorithm: &ECDSA_P521_SHA512_ASN1_SIGNING,
        signature: &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4],
    },
];

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// A private key.
#[derive(Debug)]
pub(super) enum Key {
    Rsa(RsaKeyPair),
    Ec(&'static Curve, EcdsaKeyPair),
    Ed25519(Box<[u8; 32]>, Ed25519KeyPair),
    Dsa(Dsa),
}

impl Key {
    /// A new RSA key.
    pub(super) fn rsa(size: RsaSize) -> Result<Self, CallError> {
        let size = match size {
            RsaSize::Bits2048 => KeySize::Rsa2048,
            RsaSize::Bits4096 => KeySize::Rsa4096,
        };
        RsaKeyPair::generate(size).map(Self::Rsa).map_err(|_| failed("an RSA key"))
    }

    /// A new key on the curve P-256.
    pub(super) fn ecdsa() -> Result<Self, CallError> {
        let curve = &CURVES[0];
        let pair = EcdsaKeyPair::generate(curve.algorithm);
        pair.map(|pair| Self::Ec(curve, pair)).map_err(|_| failed("an ECDSA key"))
    }

    /// A new Ed25519 key.
    pub(super) fn ed25519(call: &Call<'_>) -> Result<Self, CallError> {
        let mut seed = [0; 32];
        call.fill_random(&mut seed);
        Self::from_seed(&seed).ok_or_else(|| failed("an Ed25519 key"))
    }

    fn from_seed(seed: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        Some(Self::Ed25519(Box::new(seed.try_into().ok()?), pair))
    }

    /// Reads a key from PEM.
    ///
    /// # Errors
    ///
    /// Sprig's words.
    pub(super) fn from_pem(text: &[u8]) -> Result<Self, String> {
        let (kind, data) = pem::decode(text).ok_or("no PEM data in input")?;
        if kind == "PRIVATE KEY" {
            return Self::from_pkcs8(&data).ok_or_else(|| {
                "decoding PEM as PKCS#8: x509: failed to parse private key".to_owned()
            });
        }
        let Some(algorithm) = kind.strip_suffix(" PRIVATE KEY") else {
            return Err(format!("no private key data in PEM block of type {kind}"));
        };
        let (name, key) = match algorithm {
            "RSA" => ("RSA", RsaKeyPair::from_der(&data).ok().map(Self::Rsa)),
            "EC" => ("EC", Self::from_sec1(&data, None)),
            "DSA" => ("DSA", Dsa::from_der(&data).map(Self::Dsa)),
            _ => return Err(format!("invalid private key type {kind}")),
        };
        key.ok_or_else(|| {
            format!("parsing {name} private key from PEM: x509: failed to parse private key")
        })
    }

    fn from_pkcs8(data: &[u8]) -> Option<Self> {
        let parts = read_sequence(data)?;
        let [_, algorithm, key, ..] = parts[..] else { return None };
        let algorithm = der::read_all(algorithm.content)?;
        match algorithm.first()?.content {
            RSA => RsaKeyPair::from_der(key.content).ok().map(Self::Rsa),
            EC => Self::from_sec1(key.content, Some(algorithm.get(1)?.content)),
            ED25519 => Self::from_seed(der::read(key.content)?.0.content),
            _ => None,
        }
    }

    /// Reads a key on a curve, which may be named outside.
    fn from_sec1(data: &[u8], curve: Option<&[u8]>) -> Option<Self> {
        const CURVE: u8 = 0xa0;
        let parts = read_sequence(data)?;
        let inside = parts.iter().find(|part| part.tag == CURVE);
        let inside = inside.and_then(|part| der::read(part.content)).map(|(read, _)| read.content);
        let name = curve.or(inside)?;
        let curve = CURVES.iter().find(|curve| curve.object == name)?;
        let private = parts.get(1)?.content;
        let whole = group(
            SEQUENCE,
            &[
                integer(&[1]),
                der::value(der::OCTET_STRING, private),
                der::value(CURVE, &object(name)),
            ],
        );
        let pair = EcdsaKeyPair::from_private_key_der(curve.algorithm, &whole).ok()?;
        Some(Self::Ec(curve, pair))
    }

    /// The key as PEM.
    pub(super) fn to_pem(&self) -> String {
        match self {
            Self::Rsa(pair) => pem::encode("RSA PRIVATE KEY", &rsa_der(pair).unwrap_or_default()),
            Self::Ec(curve, pair) => {
                let private = pair.private_key().as_be_bytes();
                let private: &[u8] = private.as_deref().map(AsRef::as_ref).unwrap_or_default();
                let parts = [
                    integer(&[1]),
                    der::value(der::OCTET_STRING, private),
                    der::value(0xa0, &object(curve.object)),
                    der::value(0xa1, &der::bits(pair.public_key().as_ref())),
                ];
                pem::encode("EC PRIVATE KEY", &group(SEQUENCE, &parts))
            }
            Self::Ed25519(seed, _) => {
                let seed = der::value(der::OCTET_STRING, &**seed);
                let parts = [
                    integer(&[0]),
                    group(SEQUENCE, &[object(ED25519)]),
                    der::value(der::OCTET_STRING, &seed),
                ];
                pem::encode("PRIVATE KEY", &group(SEQUENCE, &parts))
            }
            Self::Dsa(key) => pem::encode("DSA PRIVATE KEY", &key.to_der()),
        }
    }

    /// The public key: its algorithm, and its bits.
    pub(super) fn public(&self) -> Option<(Vec<u8>, &[u8])> {
        let null = der::value(der::NULL, &[]);
        Some(match self {
            Self::Rsa(pair) => (group(SEQUENCE, &[object(RSA), null]), pair.public_key().as_ref()),
            Self::Ec(curve, pair) => {
                let algorithm = group(SEQUENCE, &[object(EC), object(curve.object)]);
                (algorithm, pair.public_key().as_ref())
            }
            Self::Ed25519(_, pair) => {
                (group(SEQUENCE, &[object(ED25519)]), pair.public_key().as_ref())
            }
            Self::Dsa(_) => return None,
        })
    }

    /// The algorithm with which the key signs.
    pub(super) fn signature_algorithm(&self) -> Option<Vec<u8>> {
        Some(match self {
            Self::Rsa(_) => group(SEQUENCE, &[object(RSA_SHA256), der::value(der::NULL, &[])]),
            Self::Ec(curve, _) => group(SEQUENCE, &[object(curve.signature)]),
            Self::Ed25519(..) => group(SEQUENCE, &[object(ED25519)]),
            Self::Dsa(_) => return None,
        })
    }

    /// Signs data.
    pub(super) fn sign(&self, data: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, data, &mut signature).ok()?;
                Some(signature)
            }
            Self::Ec(_, pair) => Some(pair.sign(&random, data).ok()?.as_ref().to_vec()),
            Self::Ed25519(_, pair) => Some(pair.sign(data).as_ref().to_vec()),
            Self::Dsa(_) => None,
        }
    }
}

/// An RSA key in the form of PKCS #1, which is inside that of PKCS #8.
fn rsa_der(pair: &RsaKeyPair) -> Option<Vec<u8>> {
    let whole = pair.as_der().ok()?;
    let parts = read_sequence(whole.as_ref())?;
    Some(parts.get(2)?.content.to_vec())
}
