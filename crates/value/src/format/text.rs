use super::printer::Flags;
use crate::{quote, unicode};

/// Prints a text by a verb; false if the verb is not for texts.
pub(super) fn verb(out: &mut Vec<u8>, text: &[u8], verb: char, flags: Flags) -> bool {
    match verb {
        'v' if flags.sharp_v => quoted(out, text, flags),
        'v' | 's' => string(out, text, flags),
        'x' => hexadecimal(out, text, *b"0123456789abcdefx", flags),
        'X' => hexadecimal(out, text, *b"0123456789ABCDEFX", flags),
        'q' => quoted(out, text, flags),
        _ => return false,
    }
    true
}

/// `%s`
pub(super) fn string(out: &mut Vec<u8>, text: &[u8], flags: Flags) {
    pad(out, truncate(text, flags), flags);
}

/// Fills up to the width, counted in characters.
pub(super) fn pad(out: &mut Vec<u8>, text: &[u8], flags: Flags) {
    let fill = flags.width.map_or(0, |width| width.saturating_sub(unicode::count(text)));
    if !flags.minus {
        padding(out, fill, flags);
    }
    out.extend_from_slice(text);
    if flags.minus {
        padding(out, fill, flags);
    }
}

/// Zeros go to the left only.
pub(super) fn padding(out: &mut Vec<u8>, count: usize, flags: Flags) {
    let byte = if flags.zero && !flags.minus { b'0' } else { b' ' };
    out.resize(out.len() + count, byte);
}

fn truncate(text: &[u8], flags: Flags) -> &[u8] {
    let Some(precision) = flags.precision else { return text };
    let mut end = 0;
    for _ in 0..precision {
        if end >= text.len() {
            break;
        }
        end += unicode::decode(&text[end..]).1;
    }
    &text[..end]
}

fn quoted(out: &mut Vec<u8>, text: &[u8], flags: Flags) {
    let text = truncate(text, flags);
    let mut literal = Vec::with_capacity(text.len() + 2);
    if flags.sharp && quote::can_backquote(text) {
        literal.push(b'`');
        literal.extend_from_slice(text);
        literal.push(b'`');
    } else {
        quote::append(&mut literal, text, '"', flags.plus);
    }
    pad(out, &literal, flags);
}

fn hexadecimal(out: &mut Vec<u8>, text: &[u8], digits: [u8; 17], flags: Flags) {
    let length = flags.precision.map_or(text.len(), |precision| precision.min(text.len()));
    if length == 0 {
        return padding(out, flags.width.unwrap_or(0), flags);
    }
    let mut width = 2 * length;
    if flags.space {
        width = if flags.sharp { 2 * width } else { width } + length - 1;
    } else if flags.sharp {
        width += 2;
    }
    let fill = flags.width.map_or(0, |wanted| wanted.saturating_sub(width));
    if !flags.minus {
        padding(out, fill, flags);
    }
    for (index, byte) in text[..length].iter().enumerate() {
        if flags.space && index > 0 {
            out.push(b' ');
        }
        if flags.sharp && (flags.space || index == 0) {
            out.extend_from_slice(&[b'0', digits[16]]);
        }
        out.push(digits[usize::from(byte >> 4)]);
        out.push(digits[usize::from(byte & 15)]);
    }
    if flags.minus {
        padding(out, fill, flags);
    }
}
