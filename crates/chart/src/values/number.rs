use rhumb_value::float::{self, FloatFormat};

pub(crate) use rhumb_value::float::text as print;

/// Prints a `float64` as `strconv.FormatFloat(number, 'g', -1, 32)` does: only the digits that tell
/// it from its neighbours of 32 bits.
pub(crate) fn print_short(number: f64) -> String {
    let mut out = Vec::new();
    float::append(&mut out, number, FloatFormat::General, None, true);
    String::from_utf8_lossy(&out).into_owned()
}

/// Prints a finite `float64` as Go's JSON does, such as `1000000` and `1e+21`.
pub(crate) fn print_json(number: f64) -> String {
    let size = number.abs();
    let is_plain = size == 0.0 || (1e-6..1e21).contains(&size);
    let format = if is_plain { FloatFormat::Fixed } else { FloatFormat::Exponent };
    let mut out = Vec::new();
    float::append(&mut out, number, format, None, false);
    // The exponent has two digits, of which JSON drops a zero.
    if let [.., b'e', b'-', zero @ b'0', last] = &mut out[..] {
        *zero = *last;
        out.pop();
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The nearest `float64`, which is what JSON makes of an integer.
#[expect(clippy::cast_precision_loss, reason = "Go rounds in the same way")]
pub(crate) const fn from_int(number: i64) -> f64 {
    number as f64
}

/// The nearest `float64`, which is what JSON makes of a large integer.
#[expect(clippy::cast_precision_loss, reason = "Go rounds in the same way")]
pub(crate) const fn from_uint(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_go() {
        let cases = [
            (1.0, "1", "1"),
            (1e6, "1e+06", "1000000"),
            (1.234_567_8e7, "1.2345678e+07", "12345678"),
            (1e21, "1e+21", "1e+21"),
            (0.00001, "1e-05", "0.00001"),
            (0.000_000_1, "1e-07", "1e-7"),
            (-1.5, "-1.5", "-1.5"),
            (0.0, "0", "0"),
        ];
        for (number, general, json) in cases {
            assert_eq!(print(number), general);
            assert_eq!(print_json(number), json);
        }
    }

    #[test]
    fn short_numbers_have_the_digits_of_32_bits() {
        assert_eq!(print_short(123_456.789), "123456.79");
        assert_eq!(print_short(1e6), "1e+06");
        assert_eq!(print_short(1.1), "1.1");
    }
}
