//! What Helm says of texts that are not of a format, where the validator has other words.

use std::error::Error;
use std::fmt::Write as _;

use boon::{Compiler, Format};
use serde_json::Value;

use super::{pattern, url};
use crate::quote::quote;

/// Makes the compiler know the formats that Helm knows.
pub(super) fn register(compiler: &mut Compiler) {
    let accept = |_: &Value| Ok(());
    for name in ["idn-email", "idn-hostname"] {
        compiler.register_format(Format { name, func: accept });
    }
    for (name, func) in [
        ("semver", (|value| told(value, semver)) as fn(&Value) -> Checked),
        ("uri-template", |value| told(value, url::template)),
        (pattern::FORMAT, |value| told(value, pattern::problem)),
        ("uri", |value| told(value, url::absolute)),
        ("iri", |value| told(value, url::absolute)),
        ("uri-reference", |value| told(value, url::reference)),
        ("iri-reference", |value| told(value, url::reference)),
    ] {
        compiler.register_format(Format { name, func });
    }
}

type Checked = Result<(), Box<dyn Error>>;

/// The problem with a text as an error; what is no text has none.
fn told(value: &Value, problem: fn(&str) -> Option<String>) -> Checked {
    value.as_str().and_then(problem).map_or(Ok(()), |why| Err(why.into()))
}

/// What is wrong with a text of this format, in Helm's words.
pub(super) fn problem(format: &str, text: &str) -> Option<String> {
    match format {
        "date" => date(text),
        "date-time" => {
            date_of_time(text).and_then(date).map(|why| format!("invalid date element: {why}"))
        }
        "duration" => duration(text),
        "ipv4" => ipv4(text),
        "ipv6" => ipv6(text),
        "json-pointer" => pointer(text),
        "regex" | pattern::FORMAT => pattern::problem(text),
        "relative-json-pointer" => {
            let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
            let digits = text.len() - rest.len();
            let is_number = digits == 1 || digits > 1 && !text.starts_with('0');
            pointer(rest).filter(|_| is_number && rest != "#")
        }
        "uri" | "iri" => url::absolute(text),
        "uri-reference" | "iri-reference" => url::reference(text),
        "uri-template" => url::template(text),
        "uuid" if text.split('-').count() != 5 => Some("must have 5 elements".to_owned()),
        _ => None,
    }
}

fn date_of_time(text: &str) -> Option<&str> {
    let is_long = text.len() >= 20 && matches!(text.as_bytes()[10], b't' | b'T');
    text.get(..10).filter(|_| is_long)
}

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
fn date(text: &str) -> Option<String> {
    let wrong = |rest: &str, what: &str| {
        let (text, rest) = (quote_bytes(text), quote_bytes(rest));
        Some(format!("parsing time {text} as \"2006-01-02\": cannot parse {rest} as \"{what}\""))
    };
    let number = |rest: &str, width: usize| -> Option<u32> {
        rest.get(..width)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let Some(year) = number(text, 4) else { return wrong(text, "2006") };
    let Some(rest) = text[4..].strip_prefix('-') else { return wrong(&text[4..], "-") };
    let Some(month) = number(rest, 2) else { return wrong(rest, "01") };
    let out_of_range =
        |what| Some(format!("parsing time {}: {what} out of range", quote_bytes(text)));
    if !(1..=12).contains(&month) {
        return out_of_range("month");
    }
    let Some(rest) = rest[2..].strip_prefix('-') else { return wrong(&rest[2..], "-") };
    let Some(day) = number(rest, 2) else { return wrong(rest, "02") };
    if rest.len() > 2 {
        let (text, rest) = (quote_bytes(text), quote_bytes(&rest[2..]));
        return Some(format!("parsing time {text}: extra text: {rest}"));
    }
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if (1..=days).contains(&day) { None } else { out_of_range("day") }
}

/// The unit of a duration that is none or comes too late.
fn duration(text: &str) -> Option<String> {
    let text = text.strip_prefix('P').filter(|text| !text.ends_with('W'))?;
    for (part, all) in text.split('T').zip(["YMD", "HMS"]) {
        let mut last = 0;
        for unit in part.chars().filter(|char| !char.is_ascii_digit()) {
            let Some(at) = all.find(unit) else { return Some(format!("invalid unit '{unit}'")) };
            if at < last {
                return Some(format!("unit '{unit}' out of order"));
            }
            last = at + 1;
        }
    }
    None
}

fn ipv4(text: &str) -> Option<String> {
    let parts: Vec<_> = text.split('.').collect();
    if parts.len() != 4 {
        return Some("expected four decimals".to_owned());
    }
    parts.into_iter().find_map(|part| {
        if part.len() > 1 && part.starts_with('0') {
            return Some("leading zeros".to_owned());
        }
        let digits = part.strip_prefix(['+', '-']).unwrap_or(part);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(format!("strconv.Atoi: parsing {}: invalid syntax", quote(part)));
        }
        match part.parse::<i64>() {
            Ok(0..=255) => None,
            Ok(_) => Some("decimal must be between 0 and 255".to_owned()),
            Err(_) => Some(format!("strconv.Atoi: parsing {}: value out of range", quote(part))),
        }
    })
}

/// An address without a zone.
fn ipv6(text: &str) -> Option<String> {
    if !text.contains(':') {
        return Some("missing colon".to_owned());
    }
    let has_zone = text.contains('%');
    let wrong = rhumb_value::address::parse(text.as_bytes()).err();
    wrong.or_else(|| has_zone.then(|| "zone id is not a part of ipv6 address".to_owned()))
}

fn pointer(text: &str) -> Option<String> {
    if !text.is_empty() && !text.starts_with('/') {
        return Some("not starting with /".to_owned());
    }
    let mut parts = text.split('~').skip(1);
    parts
        .any(|part| !part.starts_with(['0', '1']))
        .then(|| "~ must be followed by 0 or 1".to_owned())
}

/// What keeps a text from being a version by semver.org.
fn semver(text: &str) -> Option<String> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '-';
    let odd = |part: &str| part.chars().find(|char| !is_part(*char));
    let (text, build) =
        text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    if build == Some("") {
        return Some("build is empty".to_owned());
    }
    for part in build.into_iter().flat_map(|build| build.split('.')) {
        if part.is_empty() {
            return Some("build identifier is empty".to_owned());
        }
        if let Some(char) = odd(part) {
            return Some(format!("invalid character '{char}' in build identifier"));
        }
    }
    let (core, before) =
        text.split_once('-').map_or((text, None), |(core, rest)| (core, Some(rest)));
    for part in before.into_iter().flat_map(|before| before.split('.')) {
        if part.is_empty() {
            return Some("pre-release identifier is empty".to_owned());
        }
        if let Some(char) = odd(part) {
            return Some(format!("invalid character '{char}' in pre-release identifier"));
        }
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && part.len() > 1 && part.starts_with('0') {
            return Some("pre-release numeric identifier starts with zero".to_owned());
        }
    }
    let numbers: Vec<_> = core.split('.').collect();
    if numbers.len() != 3 {
        return Some("versionCore must have 3 numbers separated by dot".to_owned());
    }
    numbers.into_iter().zip(["major", "minor", "patch"]).find_map(|(number, name)| {
        let why = match number {
            "" => "is empty",
            number if number.len() > 1 && number.starts_with('0') => "starts with zero",
            number if number.bytes().any(|byte| !byte.is_ascii_digit()) => "contains non-digit",
            _ => return None,
        };
        Some(format!("{name} {why}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_helms_words() {
        for (format, text, want) in [
            ("date", "2020-13-01", "parsing time \"2020-13-01\": month out of range"),
            (
                "date",
                "2020-1-1",
                "parsing time \"2020-1-1\" as \"2006-01-02\": cannot parse \"1-1\" as \"01\"",
            ),
            ("date", "2021-02-29", "parsing time \"2021-02-29\": day out of range"),
            ("duration", "P1D1Y", "unit 'Y' out of order"),
            ("ipv4", "1..2.3", "strconv.Atoi: parsing \"\": invalid syntax"),
            ("ipv4", "1.2.3.-4", "decimal must be between 0 and 255"),
            ("ipv6", "::1::", "ParseAddr(\"::1::\"): multiple :: in address (at \":\")"),
            (
                "ipv6",
                "12345::",
                "ParseAddr(\"12345::\"): each group must have 4 or less digits (at \"12345::\")",
            ),
            ("ipv6", "1:2", "ParseAddr(\"1:2\"): address string too short"),
            ("ipv6", "fe80::1%eth0", "zone id is not a part of ipv6 address"),
            ("relative-json-pointer", "0#x", "not starting with /"),
            ("regex", "(?=x)", "error parsing regexp: invalid or unsupported Perl syntax: `(?=`"),
        ] {
            assert_eq!(problem(format, text).as_deref(), Some(want), "{format} {text}");
        }
        for (format, text) in
            [("date", "2020-02-29"), ("ipv6", "::1"), ("ipv6", "1::"), ("ipv4", "1.2.3.4")]
        {
            assert_eq!(problem(format, text), None, "{format} {text}");
        }
        assert_eq!(semver("1.2.3-rc.1+b"), None);
        assert_eq!(semver("01.2.3").as_deref(), Some("major starts with zero"));
        assert_eq!(semver("1.2.3-").as_deref(), Some("pre-release identifier is empty"));
    }
}
