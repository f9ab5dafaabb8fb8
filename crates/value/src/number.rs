//! Numbers read from text, as `strconv` reads them.

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// It does not look like one.
    #[error("invalid syntax")]
    Syntax,
    /// It does not fit the type.
    #[error("value out of range")]
    Range,
}

/// `strconv.ParseUint` to 64 bits. Base 0 means that a prefix says the base, and that underscores may
/// stand between digits.
///
/// # Errors
///
/// [`NumberError`], as Go.
pub fn parse_uint(text: &[u8], base: u32) -> Result<u64, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Syntax);
    }
    let (radix, digits) = if base == 0 { prefix(text) } else { (base, text) };
    let mut number: Option<u64> = Some(0);
    let mut underscores = false;
    for &byte in digits {
        if byte == b'_' && base == 0 {
            underscores = true;
            continue;
        }
        let digit = char::from(byte).to_digit(36).filter(|digit| *digit < radix);
        let digit = u64::from(digit.ok_or(NumberError::Syntax)?);
        number = number
            .and_then(|number| number.checked_mul(u64::from(radix)))
            .and_then(|number| number.checked_add(digit));
        if number.is_none() {
            return Err(NumberError::Range);
        }
    }
    if digits.is_empty() && radix != 8 || underscores && !underscores_fit(text) {
        return Err(NumberError::Syntax);
    }
    number.ok_or(NumberError::Range)
}

fn prefix(text: &[u8]) -> (u32, &[u8]) {
    match text {
        [b'0', b'b' | b'B', digits @ ..] if !digits.is_empty() => (2, digits),
        [b'0', b'o' | b'O', digits @ ..] if !digits.is_empty() => (8, digits),
        [b'0', b'x' | b'X', digits @ ..] if !digits.is_empty() => (16, digits),
        [b'0', digits @ ..] => (8, digits),
        digits => (10, digits),
    }
}

/// `strconv.ParseInt` to 64 bits.
///
/// # Errors
///
/// [`NumberError`], as Go.
pub fn parse_int(text: &[u8], base: u32) -> Result<i64, NumberError> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let magnitude = parse_uint(digits, base)?;
    if negative {
        0i64.checked_sub_unsigned(magnitude).ok_or(NumberError::Range)
    } else {
        i64::try_from(magnitude).map_err(|_| NumberError::Range)
    }
}

/// `strconv.ParseFloat` to 64 bits.
///
/// # Errors
///
/// [`NumberError`], as Go.
pub fn parse_float(text: &[u8]) -> Result<f64, NumberError> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1.0, digits),
        [b'+', digits @ ..] | digits => (1.0, digits),
    };
    let lower = digits.to_ascii_lowercase();
    match lower.as_slice() {
        b"inf" | b"infinity" => return Ok(sign * f64::INFINITY),
        b"nan" if digits.len() == text.len() => return Ok(f64::NAN),
        _ => {}
    }
    if lower.contains(&b'_') && !underscores_fit(text) {
        return Err(NumberError::Syntax);
    }
    let plain: Vec<u8> = lower.into_iter().filter(|byte| *byte != b'_').collect();
    let number = match plain.as_slice() {
        [b'0', b'x', digits @ ..] => hexadecimal(digits)?,
        _ => decimal(&plain)?,
    };
    if number.is_infinite() { Err(NumberError::Range) } else { Ok(sign * number) }
}

fn decimal(text: &[u8]) -> Result<f64, NumberError> {
    let fits = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+' | b'-');
    if !text.iter().all(fits) || matches!(text.first(), Some(b'+' | b'-')) {
        return Err(NumberError::Syntax);
    }
    let text = str::from_utf8(text).map_err(|_| NumberError::Syntax)?;
    text.parse().map_err(|_| NumberError::Syntax)
}

/// The mantissa and exponent after `0x`.
fn hexadecimal(text: &[u8]) -> Result<f64, NumberError> {
    let at = text.iter().position(|byte| *byte == b'p').ok_or(NumberError::Syntax)?;
    let (mantissa, power) = (&text[..at], &text[at + 1..]);
    let digits_only = power.strip_prefix(b"-").or(power.strip_prefix(b"+")).unwrap_or(power);
    if digits_only.is_empty() || !digits_only.iter().all(u8::is_ascii_digit) {
        return Err(NumberError::Syntax);
    }
    // More than four digits mean infinity or zero either way.
    let magnitude = digits_only.iter().fold(0i64, |power, digit| {
        if power < 100_000 { power * 10 + i64::from(digit - b'0') } else { power }
    });
    let mut power = if power.starts_with(b"-") { -magnitude } else { magnitude };
    let (mut number, mut digits, mut point) = (0u64, 0, false);
    for &byte in mantissa {
        if byte == b'.' && !point {
            point = true;
            continue;
        }
        let digit = char::from(byte).to_digit(16).ok_or(NumberError::Syntax)?;
        digits += 1;
        if number >> 59 == 0 {
            number = number << 4 | u64::from(digit);
            power -= if point { 4 } else { 0 };
        } else {
            // What does not fit only matters by not being zero.
            number |= u64::from(digit != 0);
            power += if point { 0 } else { 4 };
        }
    }
    if digits == 0 {
        return Err(NumberError::Syntax);
    }
    Ok(scale(number, power))
}

/// `number` times two to `power`, rounded to even once.
fn scale(number: u64, power: i64) -> f64 {
    if number == 0 {
        return 0.0;
    }
    let width = 64 - i64::from(number.leading_zeros());
    let top = width + power;
    if top > 1024 {
        return f64::INFINITY;
    }
    if top < -1075 {
        return 0.0;
    }
    // Bits that a float64 of this size has no room for.
    let excess = (width - 53).max(-1074 - power).max(0);
    let excess = u32::try_from(excess).unwrap_or(u32::MAX);
    let (mut kept, lost) = if excess >= 64 {
        (0, number)
    } else {
        (number >> excess, number & ((1u64 << excess) - 1))
    };
    let half = if (1..=64).contains(&excess) { 1u64 << (excess - 1) } else { u64::MAX };
    if excess > 0 && (lost > half || lost == half && kept & 1 == 1) {
        kept += 1;
    }
    let mut power = power + i64::from(excess);
    #[expect(clippy::cast_precision_loss, reason = "at most 53 bits are left")]
    let mut result = kept as f64;
    while power > 0 {
        let step = power.min(1000);
        result *= 2f64.powi(i32::try_from(step).unwrap_or(1000));
        power -= step;
    }
    while power < 0 {
        let step = (-power).min(1000);
        result /= 2f64.powi(i32::try_from(step).unwrap_or(1000));
        power += step;
    }
    result
}

/// Whether each underscore stands between digits, or between a prefix and a digit.
fn underscores_fit(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text);
    let (mut last, digits) = match text {
        [b'0', b'b' | b'B' | b'o' | b'O' | b'x' | b'X', digits @ ..] => (b'0', digits),
        digits => (b'^', digits),
    };
    let hexadecimal = matches!(text, [b'0', b'x' | b'X', ..]);
    for &byte in digits {
        if byte.is_ascii_digit() || hexadecimal && byte.is_ascii_hexdigit() {
            last = b'0';
        } else if byte == b'_' {
            if last != b'0' {
                return false;
            }
            last = b'_';
        } else {
            if last == b'_' {
                return false;
            }
            last = b'!';
        }
    }
    last != b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_strconv() {
        assert_eq!(parse_int(b"-0x_ff", 0), Ok(-255));
        assert_eq!(parse_int(b"0", 0), Ok(0));
        assert_eq!(parse_int(b"0b102", 0), Err(NumberError::Syntax));
        assert_eq!(parse_int(b"9223372036854775808", 10), Err(NumberError::Range));
        assert_eq!(parse_int(b"-9223372036854775808", 10), Ok(i64::MIN));
        assert_eq!(parse_uint(b"1_0", 0), Ok(10));
        assert_eq!(parse_uint(b"1_0", 10), Err(NumberError::Syntax));
        assert_eq!(parse_uint(b"0x", 0), Err(NumberError::Syntax));
        assert_eq!(parse_float(b"0x1p-2"), Ok(0.25));
        assert_eq!(parse_float(b"0x1.8p1"), Ok(3.0));
        assert_eq!(parse_float(b"1_0.5e1"), Ok(105.0));
        assert_eq!(parse_float(b"1e999"), Err(NumberError::Range));
        assert_eq!(parse_float(b"0x1p-1074"), Ok(f64::from_bits(1)));
        assert_eq!(parse_float(b"."), Err(NumberError::Syntax));
    }
}
