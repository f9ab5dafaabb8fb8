use std::str::FromStr;
use std::time::Duration;

use super::quote;

/// A time span as Go writes it: `90s`, `1.5h`, `2m0s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span(pub(crate) Duration);

/// The units, each with its nanoseconds.
const UNITS: &[(&str, f64)] = &[
    ("ns", 1.0),
    ("us", 1e3),
    ("µs", 1e3),
    ("μs", 1e3),
    ("ms", 1e6),
    ("s", 1e9),
    ("m", 6e10),
    ("h", 3.6e12),
];

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || format!("time: invalid duration {}", quote(text));
        let mut rest = text.strip_prefix('+').unwrap_or(text);
        if rest == "0" {
            return Ok(Self(Duration::ZERO));
        }
        if rest.is_empty() {
            return Err(invalid());
        }
        let mut nanoseconds = 0.0;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            let number: f64 = number.parse().map_err(|_| invalid())?;
            let end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            if unit.is_empty() {
                return Err(format!("time: missing unit in duration {}", quote(text)));
            }
            let known = UNITS.iter().find(|(name, _)| *name == unit);
            let (_, scale) = known.ok_or_else(|| {
                format!("time: unknown unit {} in duration {}", quote(unit), quote(text))
            })?;
            nanoseconds += number * scale;
            rest = after;
        }
        // Go keeps durations in 63 bits of nanoseconds.
        let seconds = nanoseconds / 1e9;
        if seconds > 9_223_372_036.0 {
            return Err(invalid());
        }
        Duration::try_from_secs_f64(seconds).map(Self).map_err(|_| invalid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_go_prints_and_says_what_go_says() {
        let read = |text: &str| text.parse::<Span>().map(|span| span.0);
        assert_eq!(read("5m0s"), Ok(Duration::from_mins(5)));
        assert_eq!(read("1.5h"), Ok(Duration::from_mins(90)));
        assert_eq!(read("0"), Ok(Duration::ZERO));
        assert_eq!(read("10"), Err("time: missing unit in duration \"10\"".into()));
        assert_eq!(read("3d"), Err("time: unknown unit \"d\" in duration \"3d\"".into()));
        for text in ["", "s", "-1s", "1.2.3s", "99999999999h"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
