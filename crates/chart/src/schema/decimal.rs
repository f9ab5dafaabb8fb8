//! Exact arithmetic with decimal numbers, as Helm's validator has it.

/// Whether one decimal number is a whole multiple of another; nothing if it takes too many digits
/// to tell.
pub(super) fn is_multiple(number: &str, of: &str) -> Option<bool> {
    let (number, of) = (Decimal::parse(number)?, Decimal::parse(of)?);
    let exponent = number.exponent.min(of.exponent);
    let remainder = number.digits_at(exponent)?.checked_rem(of.digits_at(exponent)?)?;
    Some(remainder == 0)
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

#[cfg(test)]
mod tests {
    use super::is_multiple;

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
}
