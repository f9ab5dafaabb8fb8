//! What a signature says about itself and its key.

use crate::Error;
use crate::cursor::Cursor;

use super::{Kind, Signature};

const CREATED: u8 = 2;
const LIFETIME: u8 = 3;
const EXPORTABLE: u8 = 4;
const TRUST: u8 = 5;
const REGULAR_EXPRESSION: u8 = 6;
const KEY_LIFETIME: u8 = 9;
const ISSUER: u8 = 16;
const NOTE: u8 = 20;
const PRIMARY: u8 = 25;
const FLAGS: u8 = 27;
const REVOCATION_REASON: u8 = 29;
const EMBEDDED: u8 = 32;
const ISSUER_FINGERPRINT: u8 = 33;
const RECIPIENT: u8 = 35;
const CIPHERS: u8 = 39;
/// Those that are known, and have nothing in them that matters here.
const KNOWN: &[u8] =
    &[EXPORTABLE, TRUST, REGULAR_EXPRESSION, RECIPIENT, CIPHERS, 11, 21, 22, 23, 24, 26, 28, 30];

/// Reads all of one part, of which the signature covers the one that is `signed`.
pub(super) fn read_all(
    signature: &mut Signature,
    part: &[u8],
    signed: bool,
    depth: usize,
) -> Result<(), Error> {
    let mut fields = Cursor::new(part);
    while !fields.rest.is_empty() {
        let content =
            split(&mut fields).map_err(|_| Error::invalid("signature subpacket truncated"))?;
        let [kind, content @ ..] = content else {
            return Err(Error::invalid("zero length signature subpacket"));
        };
        let (kind, is_critical) = (kind & 0x7f, kind & 0x80 != 0);
        // What is not signed is only believed where the check of the signature would find it out.
        if signed || matches!(kind, ISSUER | ISSUER_FINGERPRINT | EMBEDDED) {
            read(signature, kind, content, (is_critical, depth))?;
        }
    }
    if signature.created.is_none() {
        return Err(Error::invalid("no creation time in signature"));
    }
    Ok(())
}

fn split<'a>(fields: &mut Cursor<'a>) -> Result<&'a [u8], Error> {
    let length = match fields.byte()? {
        first @ 0..192 => first.into(),
        255 => fields.long()? as usize,
        first => {
            let second: usize = fields.byte()?.into();
            ((usize::from(first) - 192) << 8) + second + 192
        }
    };
    fields.take(length)
}

fn read(
    signature: &mut Signature,
    kind: u8,
    content: &[u8],
    (is_critical, depth): (bool, usize),
) -> Result<(), Error> {
    let number = |why: &str| {
        let bytes = content.try_into().map_err(|_| Error::invalid(why))?;
        Ok::<_, Error>(Some(u32::from_be_bytes(bytes)))
    };
    match kind {
        CREATED => signature.created = number("signature creation time not four bytes")?,
        LIFETIME => signature.lifetime = number("expiration subpacket with bad length")?,
        KEY_LIFETIME => {
            signature.key_lifetime = number("key expiration subpacket with bad length")?;
        }
        EXPORTABLE if content.first() == Some(&0) => {
            return Err(Error::unsupported("signature with non-exportable certification"));
        }
        TRUST if content.len() != 2 => {
            return Err(Error::invalid("trust subpacket with bad length"));
        }
        REGULAR_EXPRESSION if content.is_empty() => {
            return Err(Error::invalid("regexp subpacket with bad length"));
        }
        REGULAR_EXPRESSION if content.last() != Some(&0) => {
            return Err(Error::invalid("expected regular expression to be null-terminated"));
        }
        ISSUER => {
            let id = content.try_into();
            let id = id.map_err(|_| Error::invalid("issuer subpacket with bad length"))?;
            signature.issuer = Some(u64::from_be_bytes(id));
        }
        NOTE => note(signature, content, is_critical)?,
        PRIMARY => match content {
            [flag] => signature.is_primary = *flag > 0,
            _ => return Err(Error::invalid("primary user id subpacket with bad length")),
        },
        FLAGS => {
            let flags = content.first().copied().unwrap_or_default();
            signature.flags = Some(signature.flags.unwrap_or_default() | flags);
        }
        REVOCATION_REASON => match content {
            [] => return Err(Error::invalid("empty revocation reason subpacket")),
            [reason, ..] => signature.revocation_reason = Some(*reason),
        },
        EMBEDDED => embedded(signature, content, depth)?,
        ISSUER_FINGERPRINT => issuer(signature, content)?,
        RECIPIENT if content.is_empty() => {
            return Err(Error::invalid("invalid intended recipient fingerprint length"));
        }
        RECIPIENT if !fits(content[0], &content[1..]) => {
            return Err(Error::invalid("invalid fingerprint length"));
        }
        CIPHERS if !content.len().is_multiple_of(2) => {
            return Err(Error::invalid("invalid aead cipher suite length"));
        }
        kind if is_critical && !KNOWN.contains(&kind) => {
            let what = format!("unknown critical signature subpacket type {kind}");
            return Err(Error::unsupported(what));
        }
        _ => {}
    }
    Ok(())
}

/// Whether a fingerprint is as long as those of keys of this version.
fn fits(version: u8, fingerprint: &[u8]) -> bool {
    fingerprint.len() == if version >= 5 { 32 } else { 20 }
}

fn note(signature: &mut Signature, content: &[u8], is_critical: bool) -> Result<(), Error> {
    let bad = || Error::invalid("notation data subpacket with bad length");
    let mut fields = Cursor::new(content);
    let lengths = fields.array::<4>().and_then(|_| Ok((fields.short()?, fields.short()?)));
    let (name, value) = lengths.map_err(|_| bad())?;
    if fields.rest.len() != name + value {
        return Err(bad());
    }
    if is_critical && signature.critical_note.is_none() {
        let name = String::from_utf8_lossy(&fields.rest[..name]);
        signature.critical_note = Some(name.into_owned());
    }
    Ok(())
}

fn embedded(signature: &mut Signature, content: &[u8], depth: usize) -> Result<(), Error> {
    if signature.embedded.is_some() {
        return Err(Error::invalid("Cannot have multiple embedded signatures"));
    }
    let within = Signature::read_within(&mut Cursor::new(content), depth + 1)?;
    if within.kind != Kind::PRIMARY_KEY {
        let kind = within.kind.0;
        return Err(Error::invalid(format!("cross-signature has unexpected type {kind}")));
    }
    signature.embedded = Some(within.into());
    Ok(())
}

fn issuer(signature: &mut Signature, content: &[u8]) -> Result<(), Error> {
    let [version, print @ ..] = content else {
        return Err(Error::invalid("empty issuer fingerprint subpacket"));
    };
    if !fits(*version, print) {
        return Err(Error::invalid("bad fingerprint length"));
    }
    let id = if *version >= 5 { print.first_chunk() } else { print.last_chunk() };
    signature.issuer = id.map(|id| u64::from_be_bytes(*id));
    signature.issuer_fingerprint = Some(print.to_vec());
    Ok(())
}
