//! Dates, times and how long something takes.

use std::fmt::Write as _;

use super::{Checked, wrong};
use crate::quote::quote_char;

/// Quotes a text as Go's `time` does: what is not ASCII byte by byte.
fn quote_bytes(text: &str) -> String {
    let mut out = "\"".to_owned();
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=0x7F => out.push(char::from(byte)),
            // Writing to a `String` cannot fail.
            _ => drop(write!(out, "\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

/// A date as Go's `time.Parse` reads it.
pub(super) fn date(text: &str) -> Checked {
    let odd = |rest: &str, what: &str| {
        let (text, rest) = (quote_bytes(text), quote_bytes(rest));
        Err(format!("parsing time {text} as \"2006-01-02\": cannot parse {rest} as \"{what}\""))
    };
    let number = |rest: &str, width: usize| -> Option<u32> {
        rest.get(..width)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let Some(year) = number(text, 4) else { return odd(text, "2006") };
    let Some(rest) = text[4..].strip_prefix('-') else { return odd(&text[4..], "-") };
    let Some(month) = number(rest, 2) else { return odd(rest, "01") };
    let out_of_range =
        |what| Err(format!("parsing time {}: {what} out of range", quote_bytes(text)));
    if !(1..=12).contains(&month) {
        return out_of_range("month");
    }
    let Some(rest) = rest[2..].strip_prefix('-') else { return odd(&rest[2..], "-") };
    let Some(day) = number(rest, 2) else { return odd(rest, "02") };
    if rest.len() > 2 {
        let (text, rest) = (quote_bytes(text), quote_bytes(&rest[2..]));
        return Err(format!("parsing time {text}: extra text: {rest}"));
    }
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if (1..=days).contains(&day) { Ok(()) } else { out_of_range("day") }
}

/// A time with its offset.
pub(super) fn time(text: &str) -> Checked {
    const WRONG: &str = "hour/min/sec";
    let text = text.as_bytes();
    let Some((clock, rest)) = text.split_at_checked(8).filter(|(_, rest)| !rest.is_empty()) else {
        return wrong("less than 9 characters long");
    };
    if clock[2] != b':' || clock[5] != b':' {
        return wrong("missing colon in correct place");
    }
    let [hour, minute, second] = numbers(clock, WRONG)?;
    if hour > 23 || minute > 59 || second > 60 {
        return Err(format!("{WRONG} out of range"));
    }
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return wrong("no digits in second fraction");
            }
            &fraction[digits..]
        }
        rest => rest,
    };
    let offset = if matches!(rest, b"z" | b"Z") { 0 } else { offset(rest)? };
    // A leap second ends a day.
    let ends_day = (hour * 60 + minute - offset).rem_euclid(24 * 60) == 24 * 60 - 1;
    if second == 60 && !ends_day {
        return wrong("invalid leap second");
    }
    Ok(())
}

/// An offset in minutes.
fn offset(text: &[u8]) -> Result<i64, String> {
    const WRONG: &str = "hour/min in offset";
    let [sign, clock @ ..] = text else {
        return Err("offset must be 6 characters long".to_owned());
    };
    if clock.len() != 5 {
        return Err("offset must be 6 characters long".to_owned());
    }
    let sign = match sign {
        b'+' => 1,
        b'-' => -1,
        _ => return Err("offset must begin with plus/minus".to_owned()),
    };
    if clock[2] != b':' {
        return Err("missing colon in offset in correct place".to_owned());
    }
    let [hour, minute] = numbers(clock, WRONG)?;
    if hour > 23 || minute > 59 {
        return Err(format!("{WRONG} out of range"));
    }
    Ok(sign * (hour * 60 + minute))
}

/// Numbers with colons between them.
fn numbers<const COUNT: usize>(text: &[u8], what: &str) -> Result<[i64; COUNT], String> {
    let mut numbers = [0; COUNT];
    for (number, part) in numbers.iter_mut().zip(text.splitn(COUNT, |byte| *byte == b':')) {
        let part = str::from_utf8(part).ok().and_then(|part| part.parse().ok());
        *number = part.ok_or_else(|| format!("invalid {what}"))?;
        if *number < 0 {
            return Err(format!("non-positive {what}"));
        }
    }
    Ok(numbers)
}

/// A date and a time.
pub(super) fn date_time(text: &str) -> Checked {
    if text.len() < 20 {
        return wrong("less than 20 characters long");
    }
    let parts = text.split_at_checked(10).filter(|(_, rest)| rest.starts_with(['t', 'T']));
    let Some((day, rest)) = parts else { return wrong("11th character must be t or T") };
    date(day).map_err(|why| format!("invalid date element: {why}"))?;
    time(&rest[1..]).map_err(|why| format!("invalid time element: {why}"))
}

/// A duration such as `P1Y2M3DT4H5M6S` or `P1W`.
pub(super) fn duration(text: &str) -> Checked {
    let Some(text) = text.strip_prefix('P') else { return wrong("must start with P") };
    if text.is_empty() {
        return wrong("nothing after P");
    }
    if let Some(weeks) = text.strip_suffix('W') {
        return match weeks {
            "" => wrong("no number in week"),
            weeks if weeks.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
            _ => wrong("invalid week"),
        };
    }
    let mut units = ["YMD", "HMS"].into_iter();
    for (index, part) in text.split('T').enumerate() {
        if index > 0 && part.is_empty() {
            return wrong("no time elements");
        }
        let Some(units) = units.next() else { return wrong("more than one T") };
        elements(part.as_bytes(), units.as_bytes())?;
    }
    Ok(())
}

/// Numbers, each with a unit, in the order of these.
fn elements(mut text: &[u8], units: &[u8]) -> Checked {
    let mut next = 0;
    while !text.is_empty() {
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return wrong("missing number");
        }
        let [unit, rest @ ..] = &text[digits..] else { return wrong("missing unit") };
        let shown = || quote_char(char::from(*unit));
        next = match units.iter().position(|known| known == unit) {
            Some(at) if at >= next => at + 1,
            Some(_) => return Err(format!("unit {} out of order", shown())),
            None => return Err(format!("invalid unit {}", shown())),
        };
        text = rest;
    }
    Ok(())
}

/// A time and another, or a duration before or after it.
pub(super) fn period(text: &str) -> Checked {
    let Some((start, end)) = text.split_once('/') else { return wrong("missing slash") };
    let part = |text: &str, name: &str| {
        if text.starts_with('P') {
            duration(text).map_err(|why| format!("invalid {name} duration: {why}"))
        } else {
            date_time(text).map_err(|why| format!("invalid {name} date-time: {why}"))
        }
    };
    part(start, "start")?;
    if start.starts_with('P') {
        return date_time(end).map_err(|why| format!("invalid end date-time: {why}"));
    }
    part(end, "end")
}

#[cfg(test)]
mod tests {
    use super::super::Check;
    use super::*;

    #[test]
    fn times_have_helms_words() {
        let cases: [(Check, &str, &str); 20] = [
            (date, "2020-13-01", "parsing time \"2020-13-01\": month out of range"),
            (
                date,
                "2020-1-1",
                "parsing time \"2020-1-1\" as \"2006-01-02\": cannot parse \"1-1\" as \"01\"",
            ),
            (date, "2021-02-29", "parsing time \"2021-02-29\": day out of range"),
            (time, "12:00:00", "less than 9 characters long"),
            (time, "1:00:00Zx", "missing colon in correct place"),
            (time, "1a:00:00Z", "invalid hour/min/sec"),
            (time, "-1:00:00Z", "non-positive hour/min/sec"),
            (time, "24:00:00Z", "hour/min/sec out of range"),
            (time, "12:00:00.Z", "no digits in second fraction"),
            (time, "12:00:00+0100", "offset must be 6 characters long"),
            (time, "12:00:00+01000", "missing colon in offset in correct place"),
            (time, "12:00:00 01:00", "offset must begin with plus/minus"),
            (time, "12:00:60Z", "invalid leap second"),
            (date_time, "2020-01-01 00:00:00Z", "11th character must be t or T"),
            (date_time, "2020-01-01T24:00:00Z", "invalid time element: hour/min/sec out of range"),
            (duration, "P1D1Y", "unit 'Y' out of order"),
            (duration, "P1ü", "invalid unit 'Ã'"),
            (duration, "P1DT", "no time elements"),
            (duration, "P-1D", "missing number"),
            (period, "P1D/P1D", "invalid end date-time: less than 20 characters long"),
        ];
        for (format, text, want) in cases {
            assert_eq!(format(text), wrong(want), "{text}");
        }
        let cases: [(Check, &str); 7] = [
            (date, "2020-02-29"),
            (time, "23:59:60.5z"),
            (time, "22:59:60-01:00"),
            (time, "00:59:60+01:00"),
            (date_time, "2020-01-01t00:00:00+23:59"),
            (duration, "P1Y2M3DT4H5M6S"),
            (period, "2020-01-01T00:00:00Z/P1W"),
        ];
        for (format, text) in cases {
            assert_eq!(format(text), Ok(()), "{text}");
        }
    }
}
