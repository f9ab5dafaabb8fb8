use crate::Error;
use crate::cursor::Cursor;
use crate::hash::Hash;

use super::subpacket;

/// How many signatures may be within each other.
const MAX_DEPTH: usize = 4;

/// A signature over anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signature {
    pub(crate) kind: Kind,
    pub(crate) algorithm: u8,
    pub(crate) hash: Option<Hash>,
    /// What is signed after what the signature is over.
    pub(crate) suffix: Vec<u8>,
    pub(crate) numbers: Vec<Vec<u8>>,
    /// When it was made, in seconds since 1970.
    pub(crate) created: Option<u32>,
    /// For how many seconds it is good; always without them.
    pub(crate) lifetime: Option<u32>,
    /// The same of the key that it is over.
    pub(crate) key_lifetime: Option<u32>,
    /// The end of the fingerprint of the key that made it.
    pub(crate) issuer: Option<u64>,
    pub(crate) issuer_fingerprint: Option<Vec<u8>>,
    /// Whether the name that it is over is the first of the key's.
    pub(crate) is_primary: bool,
    /// What the key that it is over is for.
    pub(crate) flags: Option<u8>,
    pub(crate) revocation_reason: Option<u8>,
    /// The first note that must be understood.
    pub(crate) critical_note: Option<String>,
    /// The signature of a subkey over the key that it belongs to.
    pub(crate) embedded: Option<Box<Self>>,
}

/// What a signature is over, and what it says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind(pub(crate) u8);

impl Kind {
    pub(crate) const BYTES: Self = Self(0x00);
    pub(crate) const TEXT: Self = Self(0x01);
    pub(crate) const SUBKEY: Self = Self(0x18);
    pub(crate) const PRIMARY_KEY: Self = Self(0x19);
    pub(crate) const KEY_REVOCATION: Self = Self(0x20);
    pub(crate) const SUBKEY_REVOCATION: Self = Self(0x28);
    pub(crate) const NAME_REVOCATION: Self = Self(0x30);

    /// Whether it says that a name belongs to a key.
    pub(crate) fn is_certification(self) -> bool {
        matches!(self.0, 0x10..=0x13)
    }
}

impl Signature {
    pub(crate) const CAN_SIGN: u8 = 2;
    /// The reason of a revocation that counts for all time.
    const COMPROMISED: u8 = 2;

    /// Reads what a packet holds.
    pub(crate) fn read(fields: &mut Cursor<'_>) -> Result<Self, Error> {
        Self::read_within(fields, 0)
    }

    pub(super) fn read_within(fields: &mut Cursor<'_>, depth: usize) -> Result<Self, Error> {
        if depth > MAX_DEPTH {
            return Err(Error::invalid("too many embedded signatures"));
        }
        let whole = fields.rest;
        let version = fields.byte()?;
        if version != 4 {
            return Err(Error::unsupported(format!("signature packet version {version}")));
        }
        let [kind, algorithm, hash] = fields.array::<3>()?;
        let length = fields.short()?;
        if !matches!(algorithm, 1 | 3 | 17 | 19 | 22 | 27) {
            return Err(Error::unsupported(format!("public key algorithm {algorithm}")));
        }
        let found = Hash::of(hash);
        if found.is_none() {
            return Err(Error::unsupported(format!("hash function {hash}")));
        }
        let mut signature = Self { kind: Kind(kind), algorithm, hash: found, ..Self::default() };
        let hashed = fields.take(length)?;
        signature.suffix = suffix(&whole[..6 + length]);
        subpacket::read_all(&mut signature, hashed, true, depth)?;
        let length = fields.short()?;
        subpacket::read_all(&mut signature, fields.take(length)?, false, depth)?;
        // Two bytes of the digest, for the quick.
        fields.take(2)?;
        signature.numbers = match algorithm {
            1 | 3 => vec![fields.number()?.to_vec()],
            27 => vec![fields.take(32)?.to_vec(), fields.take(32)?.to_vec()],
            _ => vec![fields.number()?.to_vec(), fields.number()?.to_vec()],
        };
        Ok(signature)
    }

    /// Whether it says that this key made it.
    pub(crate) fn is_by(&self, key: &super::PublicKey) -> bool {
        match &self.issuer_fingerprint {
            Some(fingerprint) => *fingerprint == key.fingerprint,
            None => self.issuer == Some(key.id()),
        }
    }

    /// Whether the key that it is over may sign.
    pub(crate) fn lets_sign(&self) -> bool {
        self.flags.is_some_and(|flags| flags & Self::CAN_SIGN != 0)
    }

    /// Whether it is not good any more, or not yet.
    pub(crate) fn is_expired(&self, now: i64) -> bool {
        let created = i64::from(self.created.unwrap_or_default());
        created > now || is_over(created, self.lifetime, now)
    }

    /// Whether it says something against a key now.
    pub(crate) fn revokes(&self, now: i64) -> bool {
        self.revocation_reason == Some(Self::COMPROMISED) || !self.is_expired(now)
    }
}

/// Whether more seconds have passed than there were; no limit and zero last for ever.
pub(crate) fn is_over(created: i64, lifetime: Option<u32>, now: i64) -> bool {
    lifetime.is_some_and(|lifetime| lifetime != 0 && now > created + i64::from(lifetime))
}

/// The signed part of a signature, and its length.
fn suffix(hashed: &[u8]) -> Vec<u8> {
    let mut suffix = hashed.to_vec();
    suffix.extend([4, 0xff]);
    // No more than 65,541 bytes.
    suffix.extend(u32::try_from(hashed.len()).unwrap_or_default().to_be_bytes());
    suffix
}
