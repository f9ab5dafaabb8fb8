use crate::quote::quote;

/// Which part of a URL a text is, as each allows other characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Path,
    Host,
    Zone,
    User,
    Fragment,
}

impl Part {
    /// Whether a byte stands for itself.
    fn allows(self, byte: u8) -> bool {
        let marks: &[u8] = match self {
            Self::Path => b"-_.~$&+,/:;=@",
            Self::Host | Self::Zone => b"-_.~!\"$&'()*+,:;<=>[]",
            Self::User => b"-_.~$&+,;=",
            Self::Fragment => b"-_.~!$&()*+,/:;=?@",
        };
        byte.is_ascii_alphanumeric() || marks.contains(&byte)
    }
}

/// The text with `%XX` for each byte that the part does not allow.
pub(super) fn escape(text: &[u8], part: Part) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        if part.allows(*byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    out
}

/// The text with `%XX` made bytes.
///
/// # Errors
///
/// Go's words for a wrong escape, or for a byte that no host name has.
pub(super) fn unescape(text: &[u8], part: Part) -> Result<Vec<u8>, String> {
    let is_host = part == Part::Host || part == Part::Zone;
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        if *byte != b'%' {
            if is_host && byte.is_ascii() && !part.allows(*byte) {
                return Err(format!("invalid character {} in host name", quote(&[*byte])));
            }
            out.push(*byte);
            rest = after;
            continue;
        }
        let error = || Err(format!("invalid URL escape {}", quote(&rest[..rest.len().min(3)])));
        let hex = |index: usize| after.get(index).and_then(|byte| char::from(*byte).to_digit(16));
        let Some((high, low)) = hex(0).zip(hex(1)) else { return error() };
        let value = (high * 16 + low).to_le_bytes()[0];
        let is_percent = after.starts_with(b"25");
        let is_refused = match part {
            Part::Host => high < 8 && !is_percent,
            Part::Zone => !is_percent && value != b' ' && !Part::Host.allows(value),
            _ => false,
        };
        if is_refused {
            return error();
        }
        out.push(value);
        rest = &after[2..];
    }
    Ok(out)
}

/// Whether an escaped text is one that may be kept as it was written.
pub(super) fn is_valid_escaped(text: &[u8], part: Part) -> bool {
    text.iter().all(|byte| part.allows(*byte) || b"!$&'()*+,;=:@[]%".contains(byte))
}
