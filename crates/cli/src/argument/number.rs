use std::str::FromStr;

use super::quote;

/// A whole number, written as Go allows: `10`, `-1`, `0x1f`, `0o17`, `017`, `0b11`, `1_000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Int(pub(crate) i64);

/// A whole number that is not negative, written as [`Int`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Uint(pub(crate) u64);

/// A fraction of 32 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Float(pub(crate) f32);

/// The two things that Go says about a number it cannot read.
enum Wrong {
    Syntax,
    Range,
}

impl Wrong {
    fn message(&self, function: &str, text: &str) -> String {
        let what = match self {
            Self::Syntax => "invalid syntax",
            Self::Range => "value out of range",
        };
        format!("strconv.{function}: parsing {}: {what}", quote(text))
    }
}

impl FromStr for Int {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_signed(text).map(Self).map_err(|wrong| wrong.message("ParseInt", text))
    }
}

impl FromStr for Uint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_unsigned(text).map(Self).map_err(|wrong| wrong.message("ParseUint", text))
    }
}

impl FromStr for Float {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = |wrong: &Wrong| wrong.message("ParseFloat", text);
        match text.parse::<f32>() {
            Ok(number)
                if number.is_infinite() && text.contains(|char: char| char.is_ascii_digit()) =>
            {
                Err(wrong(&Wrong::Range))
            }
            Ok(number) => Ok(Self(number)),
            Err(_) => Err(wrong(&Wrong::Syntax)),
        }
    }
}

/// Reads a whole number in base ten, and says what Go says of one that is none.
pub(crate) fn parse_decimal(text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong::Syntax.message("ParseInt", text));
    }
    text.parse().map_err(|_| Wrong::Range.message("ParseInt", text))
}

fn parse_signed(text: &str) -> Result<i64, Wrong> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = i128::from(parse_unsigned(digits)?);
    i64::try_from(if negative { -magnitude } else { magnitude }).map_err(|_| Wrong::Range)
}

fn parse_unsigned(text: &str) -> Result<u64, Wrong> {
    let (radix, digits, prefixed) = split_radix(text);
    let digits = without_underscores(digits, prefixed)?;
    if digits.is_empty() || !digits.chars().all(|char| char.is_digit(radix)) {
        return Err(Wrong::Syntax);
    }
    u64::from_str_radix(&digits, radix).map_err(|_| Wrong::Range)
}

/// Splits off a base prefix; the last part says whether there was one.
fn split_radix(text: &str) -> (u32, &str, bool) {
    let lower = text.get(..2).unwrap_or_default().to_ascii_lowercase();
    match lower.as_str() {
        "0x" => (16, &text[2..], true),
        "0o" => (8, &text[2..], true),
        "0b" => (2, &text[2..], true),
        _ if text.len() > 1 && text.starts_with('0') => (8, &text[1..], true),
        _ => (10, text, false),
    }
}

/// Drops underscores, each of which must stand between digits or after the base prefix.
fn without_underscores(digits: &str, prefixed: bool) -> Result<String, Wrong> {
    let misplaced =
        digits.contains("__") || digits.ends_with('_') || (digits.starts_with('_') && !prefixed);
    if misplaced { Err(Wrong::Syntax) } else { Ok(digits.replace('_', "")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_base() {
        for (text, want) in [
            ("10", 10),
            ("-1", -1),
            ("0x1F", 31),
            ("017", 15),
            ("0b11", 3),
            ("1_000", 1000),
            ("0", 0),
        ] {
            assert_eq!(text.parse::<Int>().unwrap().0, want, "{text}");
        }
        assert_eq!("18446744073709551615".parse::<Uint>().unwrap().0, u64::MAX);
    }

    #[test]
    fn says_what_go_says() {
        let int = |text: &str| text.parse::<Int>().unwrap_err();
        assert_eq!(int("1.5"), "strconv.ParseInt: parsing \"1.5\": invalid syntax");
        assert_eq!(int(""), "strconv.ParseInt: parsing \"\": invalid syntax");
        assert!(int("99999999999999999999").ends_with(": value out of range"));
        assert!(int("08").ends_with(": invalid syntax"));
        assert!("-1".parse::<Uint>().is_err());
        assert!("1__0".parse::<Uint>().is_err());
        assert!("x".parse::<Float>().unwrap_err().starts_with("strconv.ParseFloat"));
        assert!("1e99".parse::<Float>().unwrap_err().ends_with("out of range"));
    }
}
