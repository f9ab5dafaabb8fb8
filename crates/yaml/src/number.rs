//! Floats as Go's `strconv` prints them.

/// `FormatFloat(number, 'g', -1, 64)`: the shortest digits, with an exponent below -4 or from 6 on.
pub(crate) fn format_float(number: f64) -> String {
    match number {
        f64::INFINITY => "+Inf".to_owned(),
        f64::NEG_INFINITY => "-Inf".to_owned(),
        _ if number.is_nan() => "NaN".to_owned(),
        _ => general(&format!("{number:e}")),
    }
}

/// `FormatFloat(number, 'g', -1, 32)`, which rounds first, with YAML's words for what is no number.
pub(crate) fn format_float32(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "what it is for")]
    let rounded = number as f32;
    match rounded {
        f32::INFINITY => ".inf".to_owned(),
        f32::NEG_INFINITY => "-.inf".to_owned(),
        _ if rounded.is_nan() => ".nan".to_owned(),
        _ => general(&format!("{rounded:e}")),
    }
}

/// `%g` of the shortest digits, which are given as `1.25e-7`.
fn general(shortest: &str) -> String {
    let (sign, unsigned) = match shortest.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", shortest),
    };
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-4..6).contains(&exponent) {
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{mantissa}e{exponent_sign}{:02}", exponent.abs());
    }
    let digits: String = mantissa.chars().filter(|&character| character != '.').collect();
    let Ok(whole) = usize::try_from(exponent + 1) else {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    };
    match digits.len().checked_sub(whole) {
        None | Some(0) => format!("{sign}{digits}{}", "0".repeat(whole - digits.len())),
        _ if whole == 0 => format!("{sign}0.{digits}"),
        _ => format!("{sign}{}.{}", &digits[..whole], &digits[whole..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_printed_as_go_does() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (0.5, "0.5"),
            (0.1, "0.1"),
            (-12.25, "-12.25"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (100_000.0, "100000"),
            (123_456.5, "123456.5"),
            (1_000_000.0, "1e+06"),
            (1_234_567.5, "1.2345675e+06"),
            (1e100, "1e+100"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(format_float(number), text);
        }
        assert_eq!(format_float32(16_777_217.0), "1.6777216e+07");
        assert_eq!(format_float32(1e300), ".inf");
    }
}
