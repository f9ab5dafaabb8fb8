//! Exact decimals as shopspring/decimal 1.4 has them, to compute with floats as people write them.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use rhumb_value::CallError;

/// Digits after the point that a division keeps.
const PRECISION: i32 = 16;

/// `value * 10^exponent`.
#[derive(Clone, Debug)]
pub(crate) struct Decimal {
    value: BigInt,
    exponent: i32,
}

/// What to do with two decimals.
#[derive(Clone, Copy)]
pub(crate) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Decimal {
    /// The shortest decimal that reads as the number.
    pub(crate) fn from_float(number: f64) -> Result<Self, CallError> {
        let unusual = match number {
            _ if number.is_nan() => "NaN",
            _ if number == f64::INFINITY => "+Inf",
            _ if number == f64::NEG_INFINITY => "-Inf",
            _ => "",
        };
        if !unusual.is_empty() {
            return Err(CallError::new(format!("Cannot create a Decimal from {unusual}")));
        }
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = mantissa.replace('.', "");
        let exponent = exponent.parse().unwrap_or(0) - i32::try_from(places).unwrap_or(0);
        Ok(Self { value: digits.parse().unwrap_or_default(), exponent })
    }

    /// The nearest floating-point number.
    pub(crate) fn to_float(&self) -> f64 {
        format!("{}e{}", self.value, self.exponent).parse().unwrap_or(f64::NAN)
    }

    pub(crate) fn apply(&self, operation: Operation, other: &Self) -> Result<Self, CallError> {
        match operation {
            Operation::Add => Ok(self.combine(other, |left, right| left + right)),
            Operation::Subtract => Ok(self.combine(other, |left, right| left - right)),
            Operation::Multiply => Ok(Self {
                value: &self.value * &other.value,
                exponent: self.exponent.saturating_add(other.exponent),
            }),
            Operation::Divide => self.divide(other),
        }
    }

    fn combine(&self, other: &Self, combine: impl Fn(BigInt, BigInt) -> BigInt) -> Self {
        let exponent = self.exponent.min(other.exponent);
        Self { value: combine(self.scaled_to(exponent), other.scaled_to(exponent)), exponent }
    }

    /// The value for another exponent, which is not greater.
    fn scaled_to(&self, exponent: i32) -> BigInt {
        &self.value * power(self.exponent.abs_diff(exponent))
    }

    /// Divides to [`PRECISION`] places, half away from zero.
    fn divide(&self, other: &Self) -> Result<Self, CallError> {
        if other.value.is_zero() {
            return Err(CallError::new("decimal division by 0"));
        }
        let shift = self.exponent - other.exponent + PRECISION;
        let (dividend, divisor, rest_exponent) = if shift < 0 {
            let divisor = &other.value * power(shift.unsigned_abs());
            (self.value.clone(), divisor, self.exponent)
        } else {
            let dividend = &self.value * power(shift.unsigned_abs());
            (dividend, other.value.clone(), other.exponent - PRECISION)
        };
        let quotient = Self { value: &dividend / &divisor, exponent: -PRECISION };
        let rest = &dividend % &divisor;
        let twice = Self { value: rest.abs() * 2, exponent: rest_exponent + PRECISION };
        if twice.compare(&Self { value: other.value.abs(), exponent: other.exponent }).is_lt() {
            return Ok(quotient);
        }
        let is_negative = self.value.is_negative() != other.value.is_negative();
        let unit = if is_negative { -1 } else { 1 };
        Ok(Self { value: quotient.value + unit, exponent: -PRECISION })
    }

    fn compare(&self, other: &Self) -> Ordering {
        let exponent = self.exponent.min(other.exponent);
        self.scaled_to(exponent).cmp(&other.scaled_to(exponent))
    }
}

fn power(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compute(left: f64, operation: Operation, right: f64) -> String {
        let [left, right] = [left, right].map(|number| Decimal::from_float(number).unwrap());
        left.apply(operation, &right).unwrap().to_float().to_string()
    }

    #[test]
    fn decimals_do_not_drift() {
        assert_eq!(compute(0.1, Operation::Add, 0.2), "0.3");
        assert_eq!(compute(1.0, Operation::Divide, 3.0), "0.3333333333333333");
        assert_eq!(compute(2.0, Operation::Divide, -3.0), "-0.6666666666666667");
        assert_eq!(compute(1e300, Operation::Multiply, 1e300), "inf");
        assert!(Decimal::from_float(f64::NAN).is_err());
    }
}
