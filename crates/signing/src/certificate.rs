//! A key with its names, its subkeys, and the signatures that tie them together.

use std::collections::BTreeMap;

use crate::Error;
use crate::algorithm::check;
use crate::packet::{Kind, Packet, Packets, PublicKey, Signature, is_over};

/// A key that may be in a ring. Everything in it was checked.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    pub(crate) key: PublicKey,
    pub(crate) names: BTreeMap<Vec<u8>, Name>,
    pub(crate) subkeys: Vec<Subkey>,
    revocations: Vec<Signature>,
}

/// What the key itself says of a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Name {
    /// The newest signature that says it is the key's.
    own: Option<Signature>,
    revocations: Vec<Signature>,
}

/// A key that belongs to another.
#[derive(Clone, Debug)]
pub(crate) struct Subkey {
    pub(crate) key: PublicKey,
    /// The newest signature that ties it to the other.
    pub(crate) binding: Signature,
    revocations: Vec<Signature>,
}

/// Which key of a certificate is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'c> {
    Primary,
    Subkey(&'c Subkey),
}

impl Certificate {
    /// Reads the next one, and checks it; none if there are no more packets.
    pub(crate) fn read(packets: &mut Packets<'_>) -> Result<Option<Self>, Error> {
        let key = match packets.next()? {
            None => return Ok(None),
            Some(Packet::Key(key)) => *key,
            Some(other) => {
                packets.put_back(other);
                return Err(Error::invalid("first packet was not a public/private key"));
            }
        };
        if !key.signs() {
            return Err(Error::invalid("primary key cannot be used for signatures"));
        }
        let (names, subkeys) = (BTreeMap::new(), Vec::new());
        let mut certificate = Self { key, names, subkeys, revocations: Vec::new() };
        while let Some(packet) = packets.next()? {
            match packet {
                Packet::Name(name) => certificate.read_name(name, packets)?,
                Packet::Key(key) if key.is_subkey => certificate.read_subkey(*key, packets)?,
                Packet::Key(_) => {
                    packets.put_back(packet);
                    break;
                }
                Packet::Signature(signature) if signature.kind == Kind::KEY_REVOCATION => {
                    certificate.revocations.push(*signature);
                }
                Packet::Signature(_) | Packet::Other => {}
            }
        }
        if certificate.names.is_empty() {
            return Err(Error::invalid("v4 entity without any identities"));
        }
        let Self { key, revocations, .. } = &certificate;
        if revocations.iter().any(|signature| check(key, signature, &key.signable).is_err()) {
            return Err(Error::invalid("revocation signature signed by alternate key"));
        }
        Ok(Some(certificate))
    }

    fn read_name(&mut self, text: Vec<u8>, packets: &mut Packets<'_>) -> Result<(), Error> {
        let mut name = Name::default();
        let mut is_own = false;
        while let Some(signature) = next_signature(packets)? {
            if !signature.kind.is_certification() && signature.kind != Kind::NAME_REVOCATION {
                return Err(Error::invalid("user ID signature with wrong type"));
            }
            // What others say of it is not looked at.
            if !signature.is_by(&self.key) {
                continue;
            }
            check(&self.key, &signature, &with_name(&self.key, &text)).map_err(|error| {
                Error::invalid(format!("user ID self-signature invalid: {error}"))
            })?;
            is_own = true;
            if signature.kind == Kind::NAME_REVOCATION {
                name.revocations.push(signature);
            } else if name.own.as_ref().is_none_or(|own| signature.created > own.created) {
                name.own = Some(signature);
            }
        }
        if is_own {
            self.names.insert(text, name);
        }
        Ok(())
    }

    fn read_subkey(&mut self, key: PublicKey, packets: &mut Packets<'_>) -> Result<(), Error> {
        let mut binding: Option<Signature> = None;
        let mut revocations = Vec::new();
        let invalid = |error| Error::invalid(format!("subkey signature invalid: {error}"));
        while let Some(signature) = next_signature(packets).map_err(invalid)? {
            if !matches!(signature.kind, Kind::SUBKEY | Kind::SUBKEY_REVOCATION) {
                return Err(Error::invalid("subkey signature with wrong type"));
            }
            self.check_subkey(&key, &signature).map_err(invalid)?;
            if signature.kind == Kind::SUBKEY_REVOCATION {
                revocations.push(signature);
            } else if binding.as_ref().is_none_or(|known| signature.created > known.created) {
                binding = Some(signature);
            }
        }
        let missing = || Error::invalid("subkey packet not followed by signature");
        let binding = binding.ok_or_else(missing)?;
        self.subkeys.push(Subkey { key, binding, revocations });
        Ok(())
    }

    /// Checks that the key made the signature over a subkey, and that a subkey that signs says so itself.
    fn check_subkey(&self, key: &PublicKey, signature: &Signature) -> Result<(), Error> {
        let both = [&*self.key.signable, &*key.signable].concat();
        check(&self.key, signature, &both)?;
        if !signature.lets_sign() {
            return Ok(());
        }
        let missing = || Error::invalid("signing subkey is missing cross-signature");
        let embedded = signature.embedded.as_deref().ok_or_else(missing)?;
        check(key, embedded, &both).map_err(|error| {
            Error::invalid(format!("error while verifying cross-signature: {error}"))
        })
    }

    /// The keys with this end of their fingerprint that may sign.
    pub(crate) fn signers(&self, id: u64) -> impl Iterator<Item = Part<'_>> {
        let own = self.primary_name().and_then(|name| name.own.as_ref());
        let is_primary = self.key.id() == id && own.is_some_and(Signature::lets_sign);
        let subkeys = self.subkeys.iter().filter(move |subkey| subkey.key.id() == id);
        let subkeys = subkeys.filter(|subkey| subkey.binding.lets_sign()).map(Part::Subkey);
        is_primary.then_some(Part::Primary).into_iter().chain(subkeys)
    }

    /// Checks that a key was good for a signature that it made, and is now.
    pub(crate) fn check_time(
        &self,
        part: Part<'_>,
        signature: &Signature,
        now: i64,
    ) -> Result<(), Error> {
        // A name that was only ever taken back says nothing of the key.
        let name = self.primary_name();
        let own = name.and_then(|name| name.own.as_ref()).ok_or(Error::RevokedKey)?;
        let mut signatures = vec![signature, own];
        if let Part::Subkey(Subkey { binding, .. }) = part {
            signatures.push(binding);
            signatures.extend(binding.embedded.as_deref());
        }
        if let Some(note) = signatures.iter().find_map(|made| made.critical_note.as_ref()) {
            return Err(Error::bad(format!("unknown critical notation: {note}")));
        }
        let revoked = |made: &[Signature]| made.iter().any(|signature| signature.revokes(now));
        let is_revoked = revoked(&self.revocations)
            || matches!(part, Part::Subkey(subkey) if revoked(&subkey.revocations))
            || name.is_some_and(|name| revoked(&name.revocations));
        if is_revoked {
            return Err(Error::RevokedKey);
        }
        let is_expired = is_expired(&self.key, own, now)
            || matches!(part, Part::Subkey(subkey) if is_expired(&subkey.key, &subkey.binding, now));
        if is_expired {
            return Err(Error::ExpiredKey);
        }
        if signatures.iter().any(|made| made.is_expired(now)) {
            return Err(Error::ExpiredSignature);
        }
        Ok(())
    }

    /// The name whose signature speaks for the key: not taken back, marked as the first, made last.
    fn primary_name(&self) -> Option<&Name> {
        self.names.values().reduce(|best, name| if name.is_before(best) { name } else { best })
    }
}

impl Name {
    fn is_before(&self, other: &Self) -> bool {
        use std::cmp::Reverse;
        let rank = |name: &Self| {
            let own = name.own.as_ref();
            let revoked = Reverse(name.revocations.len());
            (revoked, own.map(|own| (own.is_primary, own.created)))
        };
        rank(self) > rank(other)
    }
}

fn next_signature(packets: &mut Packets<'_>) -> Result<Option<Signature>, Error> {
    match packets.next()? {
        Some(Packet::Signature(signature)) => Ok(Some(*signature)),
        Some(other) => {
            packets.put_back(other);
            Ok(None)
        }
        None => Ok(None),
    }
}

/// What is signed to give a key a name.
fn with_name(key: &PublicKey, name: &[u8]) -> Vec<u8> {
    // A file is never so large.
    let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
    [&*key.signable, &[0xb4], &length.to_be_bytes(), name].concat()
}

fn is_expired(key: &PublicKey, own: &Signature, now: i64) -> bool {
    let created = key.created.into();
    created > now || is_over(created, own.key_lifetime, now)
}
