mod base64;
mod number;
mod timestamp;

use crate::Error;
use crate::tag::Tag;

pub(crate) use base64::encode as encode_base64;

/// What a scalar stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'t> {
    /// Null, or nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Only what is too large for the other.
    Uint(u64),
    /// A number with a point or an exponent.
    Float(f64),
    /// Text.
    Text(&'t str),
    /// What a `!!binary` holds.
    Bytes(Vec<u8>),
}

/// What a plain scalar looks like, by YAML 1.1 as Go reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Looks {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Timestamp,
    Text,
}

impl Looks {
    const fn tag(self) -> Tag {
        match self {
            Self::Null => Tag::Null,
            Self::Bool(_) => Tag::Bool,
            Self::Int(_) | Self::Uint(_) => Tag::Int,
            Self::Float(_) => Tag::Float,
            Self::Timestamp => Tag::Timestamp,
            Self::Text => Tag::Str,
        }
    }
}

/// The meaning of a scalar, given its tag and whether it is plain.
///
/// Timestamps are texts, as they have always been for Helm.
pub(crate) fn scalar(
    tag: Tag,
    is_plain: bool,
    text: &str,
    offset: u32,
) -> Result<Scalar<'_>, Error> {
    match tag {
        Tag::None if !is_plain => return Ok(Scalar::Text(text)),
        Tag::Str | Tag::NonSpecific | Tag::Merge | Tag::Other => return Ok(Scalar::Text(text)),
        Tag::Binary => {
            let bytes = base64::decode(text).ok_or(Error::InvalidBase64 { offset })?;
            return Ok(Scalar::Bytes(bytes));
        }
        _ => {}
    }
    let looks = looks(text, matches!(tag, Tag::None | Tag::Timestamp));
    if tag != Tag::None && tag != looks.tag() {
        if let (Tag::Float, Looks::Int(number)) = (tag, looks) {
            #[expect(clippy::cast_precision_loss, reason = "what the tag asks for")]
            return Ok(Scalar::Float(number as f64));
        }
        let (got, want, text) = (looks.tag().short(), tag.short(), text.to_owned());
        return Err(Error::TagMismatch { got, text, want, offset });
    }
    Ok(match looks {
        Looks::Null => Scalar::Null,
        Looks::Bool(value) => Scalar::Bool(value),
        Looks::Int(number) => Scalar::Int(number),
        Looks::Uint(number) => Scalar::Uint(number),
        Looks::Float(number) => Scalar::Float(number),
        Looks::Timestamp | Looks::Text => Scalar::Text(text),
    })
}

/// What the text of a plain scalar looks like. Timestamps are texts unless they are asked for.
#[inline]
pub(crate) fn looks(text: &str, with_timestamps: bool) -> Looks {
    // The first byte says what the text may be at all.
    match text.as_bytes().first() {
        None => Looks::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            word(text)
        }
        Some(b'.') => dotted(text),
        Some(b'+' | b'-' | b'0'..=b'9') => numeric(text, with_timestamps),
        Some(_) => Looks::Text,
    }
}

fn word(text: &str) -> Looks {
    // Most keys start like one of these words and are longer than all of them.
    if text.len() > "false".len() {
        return Looks::Text;
    }
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Looks::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Looks::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Looks::Null,
        _ => Looks::Text,
    }
}

fn dotted(text: &str) -> Looks {
    match text {
        ".nan" | ".NaN" | ".NAN" => Looks::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Looks::Float(f64::INFINITY),
        _ => number::parse_dotted_float(text).map_or(Looks::Text, Looks::Float),
    }
}

fn numeric(text: &str, with_timestamps: bool) -> Looks {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Looks::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Looks::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if with_timestamps && timestamp::is_timestamp(text) {
        return Looks::Timestamp;
    }
    number::parse(text)
}
