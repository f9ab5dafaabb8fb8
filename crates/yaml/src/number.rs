//! Floats as Go's YAML and JSON print them.

use rhumb_value::float::{self, FloatFormat};

/// A float as YAML prints it: the shortest digits of its width, with an exponent below -4 or from 6
/// on.
pub(crate) fn yaml_float(number: f64, single: bool) -> String {
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    formatted(number, FloatFormat::General, single)
}

/// A float as Helm makes a text of it, with the precision of a `float32`.
pub(crate) fn coerced_float(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "what Helm does")]
    let rounded = f64::from(number as f32);
    formatted(rounded, FloatFormat::General, true)
}

/// A finite float as JSON prints it: an exponent is far out, and then has no more digits than it
/// needs.
pub(crate) fn json_float(number: f64, single: bool) -> String {
    let magnitude = number.abs();
    let is_far = if single {
        #[expect(clippy::cast_possible_truncation, reason = "it came from a float32")]
        let magnitude = magnitude as f32;
        magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude)
    } else {
        magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude)
    };
    if !is_far {
        return formatted(number, FloatFormat::Fixed, single);
    }
    let text = formatted(number, FloatFormat::Exponent, single);
    match text.split_once("e-0") {
        Some((mantissa, digit)) => format!("{mantissa}e-{digit}"),
        None => text,
    }
}

fn formatted(number: f64, format: FloatFormat, single: bool) -> String {
    let mut text = Vec::new();
    float::append(&mut text, number, format, None, single);
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_floats_are_those_of_go() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e-10, "1.5e-10"),
        ] {
            assert_eq!(json_float(number, false), text);
        }
        assert_eq!(json_float(f64::from(0.1f32), true), "0.1");
    }

    #[test]
    fn yaml_floats_are_those_of_go() {
        assert_eq!(yaml_float(1_000_000.0, false), "1e+06");
        assert_eq!(yaml_float(f64::INFINITY, false), ".inf");
        assert_eq!(yaml_float(f64::from(0.1f32), true), "0.1");
    }
}
