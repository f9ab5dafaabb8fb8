//! The packets that keys and signatures are made of.

mod public_key;
mod signature;
mod subpacket;

use std::borrow::Cow;

use crate::Error;
use crate::armor::Body;
use crate::cursor::Cursor;

pub(crate) use public_key::{Curve, Material, PublicKey};
pub(crate) use signature::{Kind, Signature, is_over};

/// One packet.
#[derive(Clone, Debug)]
pub(crate) enum Packet {
    Key(Box<PublicKey>),
    Name(Vec<u8>),
    Signature(Box<Signature>),
    /// One that says nothing of keys and their signatures.
    Other,
}

/// Why there is no packet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Missing {
    /// It can be passed over.
    Skipped,
    Error(Error),
}

impl From<Error> for Missing {
    fn from(error: Error) -> Self {
        match error {
            // What OpenPGP has and we do not is passed over, so that other keys can be used.
            Error::Unsupported { .. } => Self::Skipped,
            error => Self::Error(error),
        }
    }
}

/// The packets of some bytes, one after another.
#[derive(Debug)]
pub(crate) struct Packets<'a> {
    rest: &'a [u8],
    /// Why there are no more bytes, if not because they end.
    broken: Option<&'a Error>,
    /// A packet that was read and put back.
    kept: Option<Packet>,
}

impl<'a> Packets<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, broken: None, kept: None }
    }

    pub(crate) fn of(body: &'a Body) -> Self {
        Self { broken: body.broken.as_ref(), ..Self::new(&body.bytes) }
    }

    /// Puts a packet back; it comes next.
    pub(crate) fn put_back(&mut self, packet: Packet) {
        self.kept = Some(packet);
    }

    /// The next packet that can be understood.
    pub(crate) fn next(&mut self) -> Result<Option<Packet>, Error> {
        if let Some(packet) = self.kept.take() {
            return Ok(Some(packet));
        }
        while !self.rest.is_empty() {
            match self.read() {
                Ok(packet) => return Ok(Some(packet)),
                Err(Missing::Skipped) => {}
                Err(Missing::Error(Error::Truncated)) if self.rest.is_empty() => {
                    return Err(self.broken.cloned().unwrap_or(Error::Truncated));
                }
                Err(Missing::Error(error)) => return Err(error),
            }
        }
        self.broken.cloned().map_or(Ok(None), Err)
    }

    fn read(&mut self) -> Result<Packet, Missing> {
        let Raw { tag, body, from, is_cut } = self.split()?;
        let mut fields = Cursor::new(&body);
        let packet = match tag {
            2 => Packet::Signature(Signature::read(&mut fields)?.into()),
            5..=7 | 14 => Packet::Key(PublicKey::read(&mut fields, tag)?.into()),
            10 if *body == *b"PGP" => return Err(Missing::Skipped),
            10 => return Err(Error::invalid("invalid marker packet").into()),
            // Trust that someone gave, and what nobody must understand.
            12 | 40.. => return Err(Missing::Skipped),
            13 if is_cut => return Err(Error::Truncated.into()),
            13 => Packet::Name(body.to_vec()),
            1 | 3 | 4 | 8 | 9 | 11 | 17 | 18 | 20 | 21 => Packet::Other,
            tag => return Err(Missing::Error(Error::CriticalPacket { tag })),
        };
        // As in Helm, what is left over of a signature or a public key is read as the next packet.
        if let (2 | 6 | 14, Cow::Borrowed(_)) = (tag, &body) {
            self.rest = &from[body.len() - fields.rest.len()..];
        }
        Ok(packet)
    }

    /// Takes a packet off.
    fn split(&mut self) -> Result<Raw<'a>, Error> {
        let mut fields = Cursor::new(self.rest);
        let head = fields.byte()?;
        if head & 0x80 == 0 {
            self.rest = fields.rest;
            return Err(Error::invalid("tag byte does not have MSB set"));
        }
        let is_new = head & 0x40 != 0;
        let tag = if is_new { head & 0x3f } else { head >> 2 & 0x0f };
        let length =
            if is_new { new_length(&mut fields) } else { old_length(&mut fields, head & 3) };
        // Without a length nothing after it can be read.
        let length = length.inspect_err(|_| self.rest = &[])?;
        let from = fields.rest;
        let (body, rest, is_cut) = match length {
            Length::Whole(length) => match from.split_at_checked(length) {
                Some((body, rest)) => (body.into(), rest, false),
                None => (from.into(), &[][..], true),
            },
            Length::Rest => (from.into(), &[][..], false),
            Length::Part(length) => {
                let (body, is_cut) = join_parts(&mut fields, length);
                (body.into(), fields.rest, is_cut)
            }
        };
        self.rest = rest;
        Ok(Raw { tag, body, from, is_cut })
    }
}

/// A packet that was taken off, and not looked at yet.
struct Raw<'a> {
    tag: u8,
    body: Cow<'a, [u8]>,
    /// The bytes from where its body starts.
    from: &'a [u8],
    /// Whether there is less of the body than its length says.
    is_cut: bool,
}

enum Length {
    Whole(usize),
    /// More parts follow.
    Part(usize),
    /// All that is left.
    Rest,
}

fn old_length(fields: &mut Cursor<'_>, kind: u8) -> Result<Length, Error> {
    Ok(match kind {
        0 => Length::Whole(fields.byte()?.into()),
        1 => Length::Whole(fields.short()?),
        2 => Length::Whole(fields.long()? as usize),
        _ => Length::Rest,
    })
}

fn new_length(fields: &mut Cursor<'_>) -> Result<Length, Error> {
    Ok(match fields.byte()? {
        first @ 0..192 => Length::Whole(first.into()),
        first @ 192..224 => {
            let second: usize = fields.byte()?.into();
            Length::Whole(((usize::from(first) - 192) << 8) + second + 192)
        }
        255 => Length::Whole(fields.long()? as usize),
        first => Length::Part(1 << (first & 0x1f)),
    })
}

/// Puts the parts of a packet together; also tells whether some are missing.
fn join_parts(fields: &mut Cursor<'_>, mut length: usize) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    let mut is_last = false;
    loop {
        let there = length.min(fields.rest.len());
        let (part, rest) = fields.rest.split_at(there);
        body.extend_from_slice(part);
        fields.rest = rest;
        if there < length || is_last {
            return (body, there < length);
        }
        match new_length(fields) {
            Ok(Length::Part(next)) => length = next,
            Ok(Length::Whole(next)) => (length, is_last) = (next, true),
            Ok(Length::Rest) | Err(_) => return (body, true),
        }
    }
}

#[cfg(test)]
mod tests;
