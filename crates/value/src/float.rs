//! Floating-point numbers as text, as `strconv.FormatFloat` prints them.

/// How to print a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatFormat {
    /// `-d.dddde±dd`
    Exponent,
    /// `-ddd.dddd`
    Fixed,
    /// The exponent form for large exponents, the fixed form otherwise.
    General,
    /// `-ddddp±ddd`, the exact binary value.
    Binary,
    /// `-0x1.yyyyp±dd`
    Hexadecimal,
}

/// More digits than this after the point no number has: all further ones are zeros.
const MOST_DIGITS: usize = 1_100;

/// The number, if it is whole and so small that it is printed as all its digits in any format that
/// allows it: most numbers of charts are.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
fn small_whole(number: f64) -> Option<u32> {
    (number < 1e6 && number.fract() == 0.0).then_some(number as u32)
}

fn whole_digits(out: &mut Vec<u8>, mut number: u32) {
    let start = out.len();
    loop {
        out.push(b'0' + u8::try_from(number % 10).unwrap_or_default());
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out[start..].reverse();
}

/// The significant digits of a number and where its point is: 0.`digits` times ten to `point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// Appends a number. Without a precision, as many digits as it takes to read the same number
/// back: as a `float32` if `single`. Letters are small.
pub fn append(
    out: &mut Vec<u8>,
    number: f64,
    format: FloatFormat,
    precision: Option<usize>,
    single: bool,
) {
    if number.is_nan() {
        return out.extend_from_slice(b"NaN");
    }
    if number.is_infinite() {
        let text: &[u8] = if number < 0.0 { b"-Inf" } else { b"+Inf" };
        return out.extend_from_slice(text);
    }
    if number.is_sign_negative() {
        out.push(b'-');
    }
    let number = number.abs();
    if precision.is_none()
        && matches!(format, FloatFormat::Fixed | FloatFormat::General)
        && let Some(whole) = small_whole(number)
    {
        return whole_digits(out, whole);
    }
    match (format, precision) {
        (FloatFormat::Binary, _) => binary(out, number, single),
        (FloatFormat::Hexadecimal, _) => hexadecimal(out, number, precision),
        (FloatFormat::Exponent, None) => {
            let decimal = shortest(number, single);
            let digits = decimal.digits.len().saturating_sub(1);
            exponent(out, &decimal, digits);
        }
        (FloatFormat::Exponent, Some(digits)) => exponent(out, &exact(number, digits), digits),
        (FloatFormat::Fixed, None) => {
            let decimal = shortest(number, single);
            let digits = usize::try_from(count(&decimal) - decimal.point).unwrap_or(0);
            fixed(out, &decimal, digits);
        }
        (FloatFormat::Fixed, Some(digits)) => {
            let exact = digits.min(MOST_DIGITS);
            out.extend_from_slice(format!("{number:.exact$}").as_bytes());
            out.resize(out.len() + (digits - exact), b'0');
        }
        (FloatFormat::General, None) => {
            let decimal = shortest(number, single);
            let digits = decimal.digits.len();
            general(out, &decimal, digits, 6);
        }
        (FloatFormat::General, Some(digits)) => {
            let digits = digits.max(1);
            let decimal = exact(number, digits - 1);
            let significant = decimal.digits.len();
            let mut limit = i32::try_from(digits).unwrap_or(i32::MAX);
            if digits > significant && count(&decimal) >= decimal.point {
                limit = count(&decimal);
            }
            general(out, &decimal, digits, limit);
        }
    }
}

/// The text of a `float64` with as few digits as identify it, as `%v` prints it.
pub fn text(number: f64) -> String {
    let mut out = Vec::new();
    append(&mut out, number, FloatFormat::General, None, false);
    String::from_utf8_lossy(&out).into_owned()
}

fn count(decimal: &Decimal) -> i32 {
    i32::try_from(decimal.digits.len()).unwrap_or(i32::MAX)
}

/// The fewest digits that identify the number among those of its width.
fn shortest(number: f64, single: bool) -> Decimal {
    #[expect(clippy::cast_possible_truncation, reason = "it came from a float32")]
    let text = if single { format!("{:e}", number as f32) } else { format!("{number:e}") };
    let mut decimal = scientific(&text);
    round_to_even(&mut decimal, number);
    decimal
}

/// Of two shortest texts that are equally near, Go takes the one that ends in an even digit, Rust
/// the larger one.
fn round_to_even(decimal: &mut Decimal, number: f64) {
    let Some(last) = decimal.digits.last().copied().filter(|digit| digit % 2 == 1) else { return };
    let count = decimal.digits.len();
    if count < 7 {
        return;
    }
    let more = count + 24;
    let longer = scientific(&format!("{number:.more$e}")).digits;
    if longer.len() < count {
        return;
    }
    let (head, tail) = longer.split_at(count);
    let is_half = matches!(tail, [b'5', zeros @ ..] if zeros.iter().all(|&digit| digit == b'0'));
    if is_half && head.last() == Some(&(last - 1)) {
        decimal.digits[count - 1] = last - 1;
    }
}

/// `digits` digits after the first, correctly rounded.
fn exact(number: f64, digits: usize) -> Decimal {
    let exact = digits.min(MOST_DIGITS);
    let mut decimal = scientific(&format!("{number:.exact$e}"));
    let significant =
        decimal.digits.iter().rposition(|digit| *digit != b'0').map_or(0, |at| at + 1);
    decimal.digits.truncate(significant);
    decimal
}

fn scientific(text: &str) -> Decimal {
    let (mantissa, power) = text.split_once('e').unwrap_or((text, "0"));
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    if digits.iter().all(|digit| *digit == b'0') {
        return Decimal { digits: Vec::new(), point: 0 };
    }
    Decimal { digits, point: power.parse::<i32>().unwrap_or(0) + 1 }
}

fn general(out: &mut Vec<u8>, decimal: &Decimal, precision: usize, limit: i32) {
    let power = decimal.point - 1;
    if power < -4 || power >= limit {
        let digits = precision.min(decimal.digits.len());
        return exponent(out, decimal, digits.saturating_sub(1));
    }
    let mut digits = i32::try_from(precision).unwrap_or(i32::MAX);
    if digits > decimal.point {
        digits = count(decimal);
    }
    fixed(out, decimal, usize::try_from(digits - decimal.point).unwrap_or(0));
}

fn exponent(out: &mut Vec<u8>, decimal: &Decimal, precision: usize) {
    let digit = |index: usize| decimal.digits.get(index).copied().unwrap_or(b'0');
    out.push(digit(0));
    if precision > 0 {
        out.push(b'.');
        out.extend((1..=precision).map(digit));
    }
    let power = if decimal.digits.is_empty() { 0 } else { decimal.point - 1 };
    let sign = if power < 0 { '-' } else { '+' };
    out.extend_from_slice(format!("e{sign}{:02}", power.unsigned_abs()).as_bytes());
}

fn fixed(out: &mut Vec<u8>, decimal: &Decimal, precision: usize) {
    let digit = |index: i32| {
        let index = usize::try_from(index).ok();
        index.and_then(|index| decimal.digits.get(index)).copied().unwrap_or(b'0')
    };
    if decimal.point > 0 {
        out.extend((0..decimal.point).map(digit));
    } else {
        out.push(b'0');
    }
    if precision > 0 {
        out.push(b'.');
        let after = i32::try_from(precision).unwrap_or(i32::MAX);
        out.extend((0..after).map(|index| digit(decimal.point.saturating_add(index))));
    }
}

/// The mantissa as an integer, and the power of two that it is multiplied by.
fn parts(number: f64, single: bool) -> (u64, i32) {
    let bits = number.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    let power = i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let (mantissa, power) =
        if power == 0 { (mantissa, -1074) } else { (mantissa | (1 << 52), power - 1075) };
    if !single {
        return (mantissa, power);
    }
    // A float32 has 24 bits of mantissa and no exponent below -149.
    let shift = (29).max(-149 - power);
    if mantissa == 0 || shift >= 64 { (0, -149) } else { (mantissa >> shift, power + shift) }
}

fn binary(out: &mut Vec<u8>, number: f64, single: bool) {
    let (mantissa, power) = parts(number, single);
    let sign = if power < 0 { "" } else { "+" };
    out.extend_from_slice(format!("{mantissa}p{sign}{power}").as_bytes());
}

fn hexadecimal(out: &mut Vec<u8>, number: f64, precision: Option<usize>) {
    let (mantissa, power) = parts(number, false);
    // The leading bit goes to bit 60, so that each digit after it has four bits.
    let shift = if mantissa == 0 { 0 } else { mantissa.leading_zeros().cast_signed() - 3 };
    let mut mantissa = mantissa << shift;
    let mut power = if mantissa == 0 { 0 } else { power - shift + 60 };
    if let Some(digits) = precision.filter(|digits| *digits < 15) {
        let kept = digits * 4;
        let extra = (mantissa << kept) & ((1 << 60) - 1);
        mantissa >>= 60 - kept;
        if extra | (mantissa & 1) > 1 << 59 {
            mantissa += 1;
        }
        mantissa <<= 60 - kept;
        if mantissa & (1 << 61) != 0 {
            mantissa >>= 1;
            power += 1;
        }
    }
    out.extend_from_slice(if mantissa >> 60 == 0 { b"0x0" } else { b"0x1" });
    let fraction = mantissa & ((1 << 60) - 1);
    let digits = format!("{fraction:015x}");
    let shown = match precision {
        None => digits.trim_end_matches('0').to_owned(),
        Some(wanted) if wanted <= digits.len() => digits[..wanted].to_owned(),
        Some(wanted) => digits.clone() + &"0".repeat(wanted - digits.len()),
    };
    if !shown.is_empty() {
        out.push(b'.');
        out.extend_from_slice(shown.as_bytes());
    }
    let sign = if power < 0 { '-' } else { '+' };
    out.extend_from_slice(format!("p{sign}{:02}", power.unsigned_abs()).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(number: f64, format: FloatFormat, precision: Option<usize>) -> String {
        let mut out = Vec::new();
        append(&mut out, number, format, precision, false);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn prints_as_strconv() {
        use FloatFormat::{Binary, Exponent, Fixed, General, Hexadecimal};
        for (number, want) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1e6, "1e+06"),
            (123_456.0, "123456"),
            (1e20, "1e+20"),
            (0.000_1, "0.0001"),
            (0.000_01, "1e-05"),
            (3.25, "3.25"),
            (1e100, "1e+100"),
            // Exactly between two texts of 17 digits.
            (25_301_507_464_531.812, "2.5301507464531812e+13"),
        ] {
            assert_eq!(text(number), want);
        }
        assert_eq!(print(1234.5, General, Some(3)), "1.23e+03");
        assert_eq!(print(100.0, General, Some(10)), "100");
        assert_eq!(print(0.0, Exponent, Some(3)), "0.000e+00");
        assert_eq!(print(2.5, Fixed, Some(0)), "2");
        for format in [Exponent, Fixed, General, Hexadecimal] {
            let text = print(0.1, format, Some(100_000));
            assert!(text.len() < 100_010 && (format == General || text.len() > 100_000));
        }
        assert_eq!(print(1.0, Hexadecimal, None), "0x1p+00");
        assert_eq!(print(3.7, Hexadecimal, Some(2)), "0x1.dap+01");
        assert_eq!(print(1.0, Binary, None), "4503599627370496p-52");
    }
}
