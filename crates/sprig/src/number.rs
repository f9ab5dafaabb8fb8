//! Texts to numbers as Go's `strconv` reads them.

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// It has not the form of one.
    Syntax,
    /// It is past the type; the nearest number that is not.
    Range(i64),
}

/// Reads an `int64`; base 0 stands for Go's literals: `0x1f`, `0b1`, `0o7`, `07`, `1_000`.
pub(crate) fn parse_int(text: &[u8], base: u32) -> Result<i64, NumberError> {
    let (is_negative, digits) = match text {
        [sign @ (b'+' | b'-'), digits @ ..] => (*sign == b'-', digits),
        digits => (false, digits),
    };
    let limit = if is_negative { i64::MIN } else { i64::MAX };
    match parse_magnitude(digits, base)? {
        Some(number) if is_negative => {
            0_i64.checked_sub_unsigned(number).ok_or(NumberError::Range(limit))
        }
        Some(number) => i64::try_from(number).map_err(|_| NumberError::Range(limit)),
        None => Err(NumberError::Range(limit)),
    }
}

/// The digits' number; nothing if it is past 64 bits.
fn parse_magnitude(text: &[u8], base: u32) -> Result<Option<u64>, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Syntax);
    }
    let (radix, digits) = if base == 0 { split_base(text) } else { (base, text) };
    let mut number = 0_u64;
    let mut has_underscores = false;
    for byte in digits {
        if *byte == b'_' && base == 0 {
            has_underscores = true;
            continue;
        }
        let digit = char::from(*byte).to_digit(radix).ok_or(NumberError::Syntax)?;
        let next = number.checked_mul(radix.into()).and_then(|next| next.checked_add(digit.into()));
        // What follows is not read any more, even if it is no digit.
        let Some(next) = next else { return Ok(None) };
        number = next;
    }
    if has_underscores && !underscores_are_right(text) {
        return Err(NumberError::Syntax);
    }
    Ok(Some(number))
}

fn split_base(text: &[u8]) -> (u32, &[u8]) {
    match text {
        [b'0', b'b' | b'B', digits @ ..] if !digits.is_empty() => (2, digits),
        [b'0', b'o' | b'O', digits @ ..] if !digits.is_empty() => (8, digits),
        [b'0', b'x' | b'X', digits @ ..] if !digits.is_empty() => (16, digits),
        [b'0', digits @ ..] => (8, digits),
        digits => (10, digits),
    }
}

/// Whether underscores stand only between digits, or after a base prefix.
fn underscores_are_right(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"+").or(text.strip_prefix(b"-")).unwrap_or(text);
    let (mut last, mut is_hex, mut digits) = (b'^', false, text);
    if let [b'0', prefix, rest @ ..] = text
        && b"bBoOxX".contains(prefix)
    {
        (last, is_hex, digits) = (b'0', prefix.eq_ignore_ascii_case(&b'x'), rest);
    }
    for byte in digits {
        last = match byte {
            b'0'..=b'9' => b'0',
            _ if is_hex && byte.is_ascii_hexdigit() => b'0',
            b'_' if last == b'0' => b'_',
            b'_' => return false,
            _ if last == b'_' => return false,
            _ => b'!',
        };
    }
    last != b'_'
}

/// Reads a `float64`: decimal or hexadecimal, infinities and NaN; nothing for what is no number
/// or past the type.
pub(crate) fn parse_float(text: &[u8]) -> Option<f64> {
    let text = str::from_utf8(text).ok().filter(|text| text.is_ascii())?;
    let (is_negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let sign = if is_negative { -1.0 } else { 1.0 };
    let lower = unsigned.to_ascii_lowercase();
    if lower == "inf" || lower == "infinity" {
        return Some(sign * f64::INFINITY);
    }
    if lower == "nan" && unsigned.len() == text.len() {
        return Some(f64::NAN);
    }
    if !lower.starts_with(|char: char| char.is_ascii_digit() || char == '.' || char == '_') {
        return None;
    }
    let digits = lower.replace('_', "");
    if digits.len() != lower.len() && !underscores_are_right(lower.as_bytes()) {
        return None;
    }
    let number = match digits.strip_prefix("0x") {
        Some(hex) => parse_hex_float(hex)?,
        None => digits.parse().ok()?,
    };
    number.is_finite().then_some(sign * number)
}

/// Reads what follows `0x`; the exponent is needed.
fn parse_hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let has_digits = exponent.trim_start_matches(['+', '-']).bytes().next()?.is_ascii_digit();
    let exponent = exponent.parse::<i32>().ok().filter(|_| has_digits)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (mut bits, mut shift, mut is_inexact) = (0_u64, i64::from(exponent), false);
    for (index, digit) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = digit.to_digit(16)?;
        let is_fraction = index >= whole.len();
        if bits >> 58 == 0 {
            bits = bits << 4 | u64::from(digit);
            shift -= if is_fraction { 4 } else { 0 };
        } else {
            is_inexact |= digit != 0;
            shift += if is_fraction { 0 } else { 4 };
        }
    }
    // The lowest bit keeps what was cut off, so that rounding sees it.
    #[expect(clippy::cast_precision_loss, reason = "rounding to the nearest is what is wanted")]
    let number = (bits | u64::from(is_inexact)) as f64;
    let shift = i32::try_from(shift.clamp(-2000, 2000)).ok()?;
    Some(number * 2_f64.powi(shift / 2) * 2_f64.powi(shift - shift / 2))
}

/// Cuts a fraction of nothing but zeros, as in `12.00`.
pub(crate) fn trim_zero_fraction(text: &[u8]) -> &[u8] {
    let zeros = text.iter().rev().take_while(|byte| **byte == b'0').count();
    match text[..text.len() - zeros].split_last() {
        Some((b'.', whole)) if zeros > 0 => whole,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_literals() {
        for (text, want) in [
            ("0x1f", Ok(31)),
            ("-0b11", Ok(-3)),
            ("010", Ok(8)),
            ("0", Ok(0)),
            ("1_000", Ok(1000)),
            ("0x_1", Ok(1)),
            ("_1", Err(NumberError::Syntax)),
            ("1__0", Err(NumberError::Syntax)),
            ("08", Err(NumberError::Syntax)),
            ("0x", Err(NumberError::Syntax)),
            ("", Err(NumberError::Syntax)),
            ("9223372036854775808", Err(NumberError::Range(i64::MAX))),
            ("-9223372036854775808", Ok(i64::MIN)),
            ("99999999999999999999", Err(NumberError::Range(i64::MAX))),
            ("99999999999999999999.5", Err(NumberError::Range(i64::MAX))),
            ("9223372036854775808.5", Err(NumberError::Syntax)),
        ] {
            assert_eq!(parse_int(text.as_bytes(), 0), want, "{text}");
        }
    }

    #[test]
    fn floats_are_read_as_go_reads_them() {
        for (text, want) in [
            ("1e3", Some(1000.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("0x1p-2", Some(0.25)),
            ("0x1.8p1", Some(3.0)),
            ("0x10", None),
            ("1_0.5", Some(10.5)),
            ("1e400", None),
            ("-Inf", Some(f64::NEG_INFINITY)),
            (" 1", None),
            ("1e", None),
            (".", None),
            ("++1", None),
        ] {
            assert_eq!(parse_float(text.as_bytes()), want, "{text}");
        }
        assert_eq!(trim_zero_fraction(b"12.00"), b"12");
        assert_eq!(trim_zero_fraction(b"100"), b"100");
    }
}
