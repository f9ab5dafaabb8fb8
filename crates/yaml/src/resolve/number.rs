use std::borrow::Cow;

use super::Looks;

/// Why digits are no integer.
enum Refused {
    Syntax,
    Range,
}

/// Reads an integer, or a float, that starts with a sign or a digit.
pub(super) fn parse(text: &str) -> Looks {
    let plain =
        if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    if let Ok(number) = parse_int(&plain) {
        return Looks::Int(number);
    }
    if let Ok(number) = parse_uint(&plain) {
        return Looks::Uint(number);
    }
    if is_float(&plain)
        && let Some(number) = finite(&plain)
    {
        return Looks::Float(number);
    }
    // Left from the time when Go did not read `0b` itself; today it only lets a sign follow it.
    if let Some(digits) = plain.strip_prefix("0b")
        && let Ok(number) = signed(digits, |digits| digits_of(digits, 2))
    {
        return Looks::Int(number);
    }
    Looks::Text
}

/// Reads a float that starts with a dot, where single underscores may stand between digits.
pub(super) fn parse_dotted_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let digits = mantissa.strip_prefix('.')?;
    if !is_grouped(digits) {
        return None;
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if !is_grouped(unsigned) {
            return None;
        }
    }
    finite(&text.replace('_', ""))
}

/// Whether it is digits with single underscores between them.
fn is_grouped(digits: &str) -> bool {
    digits.split('_').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_mantissa = match mantissa.split_once('.') {
        Some((whole, part)) => {
            are_digits(whole) && are_digits(part) && !(whole.is_empty() && part.is_empty())
        }
        None => !mantissa.is_empty() && are_digits(mantissa),
    };
    let is_exponent = exponent.is_none_or(|exponent| {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !unsigned.is_empty() && are_digits(unsigned)
    });
    is_mantissa && is_exponent
}

/// Go's `ParseInt` with base 0, for text without underscores.
fn parse_int(text: &str) -> Result<i64, Refused> {
    signed(text, parse_uint)
}

fn signed(text: &str, parse: fn(&str) -> Result<u64, Refused>) -> Result<i64, Refused> {
    if let Some(digits) = text.strip_prefix('-') {
        return 0i64.checked_sub_unsigned(parse(digits)?).ok_or(Refused::Range);
    }
    let digits = text.strip_prefix('+').unwrap_or(text);
    i64::try_from(parse(digits)?).map_err(|_| Refused::Range)
}

/// Go's `ParseUint` with base 0, for text without underscores.
fn parse_uint(text: &str) -> Result<u64, Refused> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'0') {
        return digits_of(text, 10);
    }
    match bytes {
        [_, b'b' | b'B', _, ..] => digits_of(&text[2..], 2),
        [_, b'o' | b'O', _, ..] => digits_of(&text[2..], 8),
        [_, b'x' | b'X', _, ..] => digits_of(&text[2..], 16),
        [_] => Ok(0),
        _ => digits_of(&text[1..], 8),
    }
}

fn digits_of(digits: &str, base: u32) -> Result<u64, Refused> {
    if digits.is_empty() {
        return Err(Refused::Syntax);
    }
    digits.bytes().try_fold(0u64, |number, byte| {
        let digit = char::from(byte).to_digit(base).ok_or(Refused::Syntax)?;
        let shifted = number.checked_mul(u64::from(base)).ok_or(Refused::Range)?;
        shifted.checked_add(u64::from(digit)).ok_or(Refused::Range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_go_reads() {
        for (text, looks) in [
            ("1", Looks::Int(1)),
            ("-0x10", Looks::Int(-16)),
            ("0o17", Looks::Int(15)),
            ("017", Looks::Int(15)),
            ("08", Looks::Float(8.0)),
            ("0b+1", Looks::Int(1)),
            ("1_000", Looks::Int(1000)),
            ("18446744073709551615", Looks::Uint(u64::MAX)),
            ("-9223372036854775808", Looks::Int(i64::MIN)),
            ("18446744073709551616", Looks::Float(18_446_744_073_709_551_616.0)),
            ("1e3", Looks::Float(1000.0)),
            ("1e999", Looks::Text),
            ("1.2.3", Looks::Text),
            ("+", Looks::Text),
            ("0x", Looks::Text),
            ("-.5", Looks::Float(-0.5)),
        ] {
            assert_eq!(parse(text), looks, "{text}");
        }
    }

    #[test]
    fn dotted_floats_may_group_digits() {
        assert_eq!(parse_dotted_float(".1_0"), Some(0.1));
        for text in [".", "._1", ".1_", ".1__0", ".e1", ".1e", ".1.2"] {
            assert_eq!(parse_dotted_float(text), None, "{text}");
        }
    }
}
