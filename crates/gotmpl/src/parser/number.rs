use rhumb_value::Value;
use rhumb_value::number::{NumberError, parse_float, parse_int, parse_uint};
use rhumb_value::quote::{self, Unit};

use crate::ast::{Number, Run};
use crate::token::Kind;

/// Reads a number token, or says what is wrong with it.
pub(super) fn parse(text: &[u8], place: Run, kind: Kind) -> Result<Number, String> {
    let mut number =
        Number { text: place, int: None, uint: None, float: None, complex: None, ideal: None };
    match kind {
        Kind::CharConstant => character(&mut number, text)?,
        Kind::Complex => complex(
            &mut number,
            parse_complex(text).map_err(|_| "syntax error scanning complex number")?,
        ),
        _ => plain(&mut number, text)?,
    }
    number.ideal = ideal(&number, text);
    Ok(number)
}

/// What a number is where nothing says which type is wanted.
fn ideal(number: &Number, text: &[u8]) -> Option<Value> {
    if let Some((real, imaginary)) = number.complex {
        return Some(Value::Complex(real, imaginary));
    }
    let is_rune = text.starts_with(b"'");
    let has = |set: &[u8]| text.iter().any(|byte| set.contains(byte));
    let is_hexadecimal =
        text.len() > 2 && (text.starts_with(b"0x") || text.starts_with(b"0X")) && !has(b"pP");
    match (number.float, number.int) {
        (Some(float), _) if !is_rune && !is_hexadecimal && has(b".eEpP") => {
            Some(Value::float(float))
        }
        (_, Some(int)) => Some(Value::int(int)),
        _ => None,
    }
}

fn character(number: &mut Number, text: &[u8]) -> Result<(), String> {
    let Some((unit, width)) = text.get(1..).and_then(|rest| quote::unquote_unit(rest, b'\''))
    else {
        return Err(NumberError::Syntax.to_string());
    };
    if text.get(1 + width..) != Some(b"'") {
        let text = String::from_utf8_lossy(text);
        return Err(format!("malformed character constant: {text}"));
    }
    let code = match unit {
        Unit::Byte(byte) => u32::from(byte),
        Unit::Char(character) => u32::from(character),
    };
    number.int = Some(i64::from(code));
    number.uint = Some(u64::from(code));
    number.float = Some(f64::from(code));
    Ok(())
}

/// `1+2i`, of which only the outer form has been checked.
fn parse_complex(text: &[u8]) -> Result<(f64, f64), NumberError> {
    let inner = text.strip_suffix(b"i").ok_or(NumberError::Syntax)?;
    let is_power = |byte: u8| match byte {
        b'p' | b'P' => true,
        b'e' | b'E' => !text.starts_with(b"0x") && !text.starts_with(b"0X"),
        _ => false,
    };
    let split = (1..inner.len())
        .rev()
        .find(|&at| matches!(inner[at], b'+' | b'-') && !is_power(inner[at - 1]))
        .ok_or(NumberError::Syntax)?;
    Ok((parse_float(&inner[..split])?, parse_float(&inner[split..])?))
}

fn complex(number: &mut Number, (real, imaginary): (f64, f64)) {
    number.complex = Some((real, imaginary));
    if imaginary == 0.0 {
        number.float = Some(real);
        number.int = to_int(real);
        number.uint = to_uint(real);
    }
}

fn plain(number: &mut Number, text: &[u8]) -> Result<(), String> {
    if let Some(imaginary) = text.strip_suffix(b"i").and_then(|text| parse_float(text).ok()) {
        complex(number, (0.0, imaginary));
        return Ok(());
    }
    let short = short_decimal(text);
    number.uint = short.or_else(|| parse_uint(text, 0).ok());
    number.int = match short {
        Some(short) => i64::try_from(short).ok(),
        None => parse_int(text, 0).ok(),
    };
    if number.int == Some(0) {
        number.uint = Some(0);
    }
    #[expect(clippy::cast_precision_loss, reason = "Go converts them so")]
    let whole = number.int.map(|int| int as f64).or(number.uint.map(|uint| uint as f64));
    number.float = whole;
    if whole.is_none()
        && let Ok(float) = parse_float(text)
    {
        if !text.iter().any(|byte| b".eEpP".contains(byte)) {
            return Err(format!("integer overflow: {}", quote::quote(text)));
        }
        number.float = Some(float);
        number.int = to_int(float);
        number.uint = to_uint(float);
    }
    if number.float.is_none() {
        return Err(format!("illegal number syntax: {}", quote::quote(text)));
    }
    Ok(())
}

/// A number as nearly all are.
fn short_decimal(text: &[u8]) -> Option<u64> {
    let is_plain = matches!(text, [b'0'] | [b'1'..=b'9', ..]) && text.len() < 18;
    if !is_plain || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

/// The integer that a float is, if it is one.
#[expect(clippy::cast_possible_truncation, reason = "it is in range and whole")]
fn to_int(float: f64) -> Option<i64> {
    let limit = 2f64.powi(63);
    ((-limit..limit).contains(&float) && float.fract() == 0.0).then_some(float as i64)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is in range and whole"
)]
fn to_uint(float: f64) -> Option<u64> {
    ((0.0..2f64.powi(64)).contains(&float) && float.fract() == 0.0).then_some(float as u64)
}
