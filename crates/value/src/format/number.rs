use super::printer::Flags;
use super::text::{pad, padding};
use crate::float::{self, FloatFormat};
use crate::{quote, unicode};

/// Appends a plain decimal number.
pub(super) fn decimal(out: &mut Vec<u8>, mut number: u64, negative: bool) {
    let mut buffer = [0; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            break;
        }
    }
    if negative {
        out.push(b'-');
    }
    out.extend_from_slice(&buffer[at..]);
}

/// Prints an integer by a verb; false if the verb is not for integers. An unsigned one has no sign.
pub(super) fn integer(
    out: &mut Vec<u8>,
    magnitude: u64,
    negative: Option<bool>,
    verb: char,
    flags: Flags,
) -> bool {
    let is_negative = negative == Some(true);
    let two = if is_negative { magnitude.wrapping_neg() } else { magnitude };
    match verb {
        'v' if flags.sharp_v && negative.is_none() => {
            digits(out, magnitude, false, 'x', Flags { sharp: true, ..flags });
        }
        'v' | 'd' | 'b' | 'o' | 'O' | 'x' | 'X' => {
            digits(out, magnitude, is_negative, verb, flags);
        }
        'c' => {
            let mut text = Vec::new();
            unicode::push(&mut text, character(two));
            pad(out, &text, flags);
        }
        'q' => {
            let mut text = Vec::new();
            let character = character(two).encode_utf8(&mut [0; 4]).as_bytes().to_vec();
            quote::append(&mut text, &character, '\'', flags.plus);
            pad(out, &text, flags);
        }
        'U' => code_point(out, two, flags),
        _ => return false,
    }
    true
}

/// Go converts to an `int32` first, so that numbers beyond it may name a character again.
fn character(number: u64) -> char {
    let code = u32::try_from(number).ok().filter(|code| *code <= 0x0010_FFFF);
    code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn code_point(out: &mut Vec<u8>, number: u64, flags: Flags) {
    let precision = flags.precision.unwrap_or(0).max(4);
    let mut text = format!("U+{number:0precision$X}").into_bytes();
    if flags.sharp {
        let code = u32::try_from(number).ok().filter(|code| *code <= 0x0010_FFFF);
        if let Some(character) = code.and_then(char::from_u32).filter(|c| unicode::is_print(*c)) {
            text.extend_from_slice(b" '");
            unicode::push(&mut text, character);
            text.push(b'\'');
        }
    }
    pad(out, &text, Flags { zero: false, ..flags });
}

fn digits(out: &mut Vec<u8>, number: u64, negative: bool, verb: char, flags: Flags) {
    let spaces = Flags { zero: false, ..flags };
    let mut wanted = 0;
    if let Some(precision) = flags.precision {
        if precision == 0 && number == 0 {
            return padding(out, flags.width.unwrap_or(0), spaces);
        }
        wanted = precision;
    } else if let Some(width) = flags.width.filter(|_| flags.zero && !flags.minus) {
        let sign = usize::from(negative || flags.plus || flags.space);
        wanted = width.saturating_sub(sign);
    }
    let digits = match verb {
        'b' => format!("{number:b}"),
        'o' | 'O' => format!("{number:o}"),
        'x' => format!("{number:x}"),
        'X' => format!("{number:X}"),
        _ => number.to_string(),
    };
    let digits = "0".repeat(wanted.saturating_sub(digits.len())) + &digits;
    let prefix = match verb {
        'b' if flags.sharp => "0b",
        'o' | 'O' if flags.sharp && !digits.starts_with('0') => "0",
        'x' if flags.sharp => "0x",
        'X' if flags.sharp => "0X",
        _ => "",
    };
    let base = if verb == 'O' { "0o" } else { "" };
    let sign = match (negative, flags.plus, flags.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    };
    pad(out, format!("{sign}{base}{prefix}{digits}").as_bytes(), spaces);
}

/// Prints a floating-point number by a verb; false if the verb is not for them.
pub(super) fn float(
    out: &mut Vec<u8>,
    number: f64,
    single: bool,
    verb: char,
    flags: Flags,
) -> bool {
    let (format, precision) = match verb {
        'v' | 'g' | 'G' => (FloatFormat::General, None),
        'b' => (FloatFormat::Binary, None),
        'x' | 'X' => (FloatFormat::Hexadecimal, None),
        'f' | 'F' => (FloatFormat::Fixed, Some(6)),
        'e' | 'E' => (FloatFormat::Exponent, Some(6)),
        _ => return false,
    };
    let precision = flags.precision.or(precision);
    let mut text = Vec::new();
    float::append(&mut text, number, format, precision, single);
    if matches!(verb, 'E' | 'G' | 'X') && number.is_finite() {
        text.make_ascii_uppercase();
    }
    let mut sign = b'+';
    if matches!(text.first(), Some(b'-' | b'+')) {
        sign = text.remove(0);
    }
    if flags.space && sign == b'+' && !flags.plus {
        sign = b' ';
    }
    if !number.is_finite() {
        if !number.is_nan() || flags.space || flags.plus {
            text.insert(0, sign);
        }
        pad(out, &text, Flags { zero: false, ..flags });
        return true;
    }
    if flags.sharp && verb != 'b' {
        keep_zeros(&mut text, verb, precision);
    }
    if flags.plus || sign != b'+' {
        let width = flags.width.filter(|width| *width > text.len() + 1);
        if let Some(width) = width.filter(|_| flags.zero && !flags.minus) {
            out.push(sign);
            padding(out, width - text.len() - 1, flags);
            out.extend_from_slice(&text);
            return true;
        }
        text.insert(0, sign);
    }
    pad(out, &text, flags);
    true
}

/// `%#g` shows a decimal point always, and the zeros behind it.
fn keep_zeros(text: &mut Vec<u8>, verb: char, precision: Option<usize>) {
    let hexadecimal = matches!(verb, 'x' | 'X');
    let mut missing = match verb {
        'v' | 'g' | 'G' | 'x' => precision.unwrap_or(6),
        _ => 0,
    };
    let is_power = |byte: &u8| match byte {
        b'p' | b'P' => true,
        b'e' | b'E' => !hexadecimal,
        _ => false,
    };
    let end = text.iter().position(is_power).unwrap_or(text.len());
    let tail = text.split_off(end);
    let has_point = text.contains(&b'.');
    let mut seen = false;
    for byte in text.iter().filter(|byte| **byte != b'.') {
        seen |= *byte != b'0';
        if seen {
            missing = missing.saturating_sub(1);
        }
    }
    if !has_point {
        if text.as_slice() == b"0" {
            missing = missing.saturating_sub(1);
        }
        text.push(b'.');
    }
    text.resize(text.len() + missing, b'0');
    text.extend_from_slice(&tail);
}

/// Prints a complex number by a verb; false if the verb is not for them.
pub(super) fn complex(
    out: &mut Vec<u8>,
    (real, imaginary): (f64, f64),
    verb: char,
    flags: Flags,
) -> bool {
    if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
        return false;
    }
    out.push(b'(');
    float(out, real, false, verb, flags);
    float(out, imaginary, false, verb, Flags { plus: true, ..flags });
    out.extend_from_slice(b"i)");
    true
}
