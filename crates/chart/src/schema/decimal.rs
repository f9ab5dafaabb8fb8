//! Decimal numbers, which Helm's validator has without bounds.

use serde_json::Number;

/// Whether one decimal number is a whole multiple of another; nothing if it takes too many digits
/// to tell.
pub(super) fn is_multiple(number: &str, of: &str) -> Option<bool> {
    let (number, of) = (Decimal::parse(number)?, Decimal::parse(of)?);
    let exponent = number.exponent.min(of.exponent);
    let remainder = number.digits_at(exponent)?.checked_rem(of.digits_at(exponent)?)?;
    Some(remainder == 0)
}

/// What Helm's validator takes a count for that is too large for it: the lowest 64 bits, here no less than 0. Nothing
/// for other counts.
pub(super) fn wrapped(count: &Number) -> Option<u64> {
    if count.as_i64().is_some() {
        return None;
    }
    let float = count.as_f64().filter(|float| *float >= 1.0 && float.fract() == 0.0)?;
    let bits = match count.as_u64() {
        Some(bits) => bits,
        // Larger floating-point numbers have zeros there.
        None if float >= 2_f64.powi(117) => 0,
        None => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "positive, and the lowest bits are wanted"
            )]
            let bits = float as u128 as u64;
            bits
        }
    };
    Some(u64::try_from(bits.cast_signed()).unwrap_or_default())
}

/// Digits, and the power of ten that they are to be multiplied with.
struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, exponent: exponent.checked_sub(places)? })
    }

    /// The digits for a power of ten that is no larger.
    fn digits_at(&self, exponent: i32) -> Option<i128> {
        let zeros = self.exponent.checked_sub(exponent)?;
        10_i128.checked_pow(zeros.try_into().ok()?)?.checked_mul(self.digits)
    }
}

/// JSON with numbers in the bounds of floating-point ones: what is too large or too small for them
/// becomes the largest or smallest of them.
pub(super) fn bounded(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len());
    let (mut rest, mut is_text) = (json, false);
    while let [first, behind @ ..] = rest {
        let length = rest.iter().take_while(|byte| b"+-.0123456789eE".contains(byte)).count();
        if !is_text && (first.is_ascii_digit() || *first == b'-') {
            let (number, behind) = rest.split_at(length);
            out.extend(bound(number));
            rest = behind;
            continue;
        }
        is_text ^= *first == b'"';
        out.push(*first);
        rest = behind;
        if is_text
            && *first == b'\\'
            && let [escaped, behind @ ..] = rest
        {
            out.push(*escaped);
            rest = behind;
        }
    }
    out
}

fn bound(text: &[u8]) -> Vec<u8> {
    let parsed = str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
    let mantissa = text.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    let is_zero = !mantissa.iter().any(|digit| (b'1'..=b'9').contains(digit));
    let bound = match parsed {
        Some(number) if number.is_infinite() => f64::MAX.copysign(number),
        Some(number) if number == 0.0 && !is_zero => f64::from_bits(1).copysign(number),
        _ => return text.to_owned(),
    };
    format!("{bound:e}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{bounded, is_multiple, wrapped};

    #[test]
    fn counts_wrap() {
        let count = |json: &str| wrapped(&serde_json::from_str(json).unwrap());
        assert_eq!(count("1e21"), Some(3_875_820_019_684_212_736));
        assert_eq!(count("9223372036854775808"), Some(0));
        assert_eq!(count("18446744073709551616"), Some(0));
        assert_eq!(
            (count("1e300"), count("9223372036854775807"), count("1.5")),
            (Some(0), None, None)
        );
    }

    #[test]
    fn multiples_are_exact() {
        for (number, of, want) in [
            ("0.3", "0.1", Some(true)),
            ("1.15", "0.01", Some(true)),
            ("-1.155", "0.01", Some(false)),
            ("100000000000000001", "3", Some(false)),
            ("1e+21", "1e2", Some(true)),
            ("0", "7", Some(true)),
            ("15e-1", "0.5", Some(true)),
            ("1", "0", None),
            ("1e300", "0.1", None),
            ("1e-99999999999", "1", None),
        ] {
            assert_eq!(is_multiple(number, of), want, "{number} of {of}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        let json = br#"{"1e999": "\"1e999", "a": [-1e999,1e-999, 0e-999,1.50, true]}"#;
        let want =
            r#"{"1e999": "\"1e999", "a": [-1.7976931348623157e308,5e-324, 0e-999,1.50, true]}"#;
        assert_eq!(String::from_utf8(bounded(json)).unwrap(), want);
    }
}
