//! Spans of time in nanoseconds, which is what Go's `time.Duration` is.

/// Nanoseconds of a second.
pub(super) const SECOND: i64 = 1_000_000_000;

const UNITS: [(&[u8], u64); 8] = [
    (b"ns", 1),
    (b"us", 1_000),
    ("µs".as_bytes(), 1_000),
    ("μs".as_bytes(), 1_000),
    (b"ms", 1_000_000),
    (b"s", 1_000_000_000),
    (b"m", 60_000_000_000),
    (b"h", 3_600_000_000_000),
];

/// The most that fits, and one more for the negative side.
const LIMIT: u64 = 1 << 63;

/// Reads a span such as `1h2m3.5s`.
///
/// # Errors
///
/// Go's words.
pub(super) fn parse(text: &[u8]) -> Result<i64, String> {
    let quoted = super::parse::quote(text);
    let invalid = || format!("time: invalid duration {quoted}");
    let (is_negative, mut rest) = match text {
        [sign @ (b'+' | b'-'), rest @ ..] => (*sign == b'-', rest),
        rest => (false, rest),
    };
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total = 0_u64;
    while !rest.is_empty() {
        let (whole, fraction, after) = amount(rest).ok_or_else(invalid)?;
        let width = after.iter().take_while(|b| **b != b'.' && !b.is_ascii_digit()).count();
        let (unit, after) = after.split_at(width);
        if unit.is_empty() {
            return Err(format!("time: missing unit in duration {quoted}"));
        }
        let Some((_, unit)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            let unit = super::parse::quote(unit);
            return Err(format!("time: unknown unit {unit} in duration {quoted}"));
        };
        let part = whole.checked_mul(*unit).filter(|part| *part <= LIMIT && whole <= LIMIT / unit);
        let part = part.ok_or_else(invalid)? + scaled(fraction, *unit);
        total = total.checked_add(part).filter(|total| *total <= LIMIT).ok_or_else(invalid)?;
        rest = after;
    }
    if is_negative {
        return Ok(0_i64.wrapping_sub_unsigned(total));
    }
    i64::try_from(total).map_err(|_| invalid())
}

/// A number with its fraction: digits and the power of ten that divides them.
fn amount(text: &[u8]) -> Option<(u64, (u64, f64), &[u8])> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut whole = 0_u64;
    for digit in &text[..count] {
        whole = whole.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        if whole > LIMIT {
            return None;
        }
    }
    let mut rest = &text[count..];
    let (mut fraction, mut scale, mut places) = (0_u64, 1.0, 0);
    if let Some(after) = rest.strip_prefix(b".") {
        places = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        for digit in &after[..places] {
            let next = fraction.checked_mul(10).map(|number| number + u64::from(digit - b'0'));
            let Some(next) = next.filter(|next| *next <= LIMIT && fraction <= (LIMIT - 1) / 10)
            else {
                break;
            };
            (fraction, scale) = (next, scale * 10.0);
        }
        rest = &after[places..];
    }
    (count + places > 0).then_some((whole, (fraction, scale), rest))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Go computes fractions of units as floats, and so rounds"
)]
fn scaled((fraction, scale): (u64, f64), unit: u64) -> u64 {
    (fraction as f64 * (unit as f64 / scale)) as u64
}

/// How Go prints a span.
pub(super) fn print(span: i64) -> String {
    let amount = span.unsigned_abs();
    let sign = if span < 0 { "-" } else { "" };
    let small = |digits: usize, unit: &str| format!("{sign}{}{unit}", decimal(amount, digits));
    match amount {
        0 => return "0s".to_owned(),
        1..1_000 => return small(0, "ns"),
        1_000..1_000_000 => return small(3, "µs"),
        1_000_000..1_000_000_000 => return small(6, "ms"),
        _ => {}
    }
    let seconds = amount / 1_000_000_000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let rest = decimal(amount % 60_000_000_000, 9);
    match (hours, minutes) {
        (0, 0) => format!("{sign}{rest}s"),
        (0, minutes) => format!("{sign}{minutes}m{rest}s"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{rest}s"),
    }
}

/// A number divided by a power of ten, without zeros at its end.
fn decimal(number: u64, digits: usize) -> String {
    let text = format!("{number:0width$}", width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// Rounds to a multiple, half away from zero.
pub(super) fn round(span: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return span;
    }
    let rest = span % unit;
    let is_less_than_half = rest.unsigned_abs() * 2 < unit.unsigned_abs();
    let toward_zero = span - rest;
    if is_less_than_half {
        return toward_zero;
    }
    if span < 0 { toward_zero.saturating_sub(unit) } else { toward_zero.saturating_add(unit) }
}

/// Rounds to a multiple, toward zero.
pub(super) fn truncate(span: i64, unit: i64) -> i64 {
    if unit <= 0 { span } else { span - span % unit }
}

/// A span in units, as Go computes it: whole units and the rest apart.
#[expect(clippy::cast_precision_loss, reason = "Go converts in the same way")]
pub(super) fn in_units(span: i64, unit: i64) -> f64 {
    (span / unit) as f64 + (span % unit) as f64 / unit as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_printed() {
        for (text, want) in [
            ("1h2m3.5s", "1h2m3.5s"),
            ("90m", "1h30m0s"),
            ("-1.5ms", "-1.5ms"),
            ("1us", "1µs"),
            ("0", "0s"),
            (".5s", "500ms"),
            ("2562047h47m16.854775807s", "2562047h47m16.854775807s"),
        ] {
            assert_eq!(print(parse(text.as_bytes()).unwrap()), want, "{text}");
        }
        for (text, want) in [
            ("", "time: invalid duration \"\""),
            ("5", "time: missing unit in duration \"5\""),
            ("5x", "time: unknown unit \"x\" in duration \"5x\""),
            ("9999999h", "time: invalid duration \"9999999h\""),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err(), want);
        }
        assert_eq!(parse(b"-9223372036854775808ns"), Ok(i64::MIN));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!([round(15, 10), round(14, 10), round(-15, 10)], [20, 10, -20]);
        assert_eq!(round(i64::MAX, 10), i64::MAX);
        assert_eq!(truncate(-15, 10), -10);
    }
}
