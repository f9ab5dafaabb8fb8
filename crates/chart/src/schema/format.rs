//! The formats of texts that Helm knows, and what it says of a text that is not of one.

mod time;

use boon::{Compiler, Format};
use serde_json::Value;

use super::{pattern, url};
use crate::quote::{quote, quote_char};

/// What is wrong with a text, in Helm's words.
type Checked = Result<(), String>;

/// What tells whether a text is of a format.
type Check = fn(&str) -> Checked;

/// Makes the compiler know the formats that Helm knows.
pub(super) fn register(compiler: &mut Compiler) {
    type Func = fn(&Value) -> Result<(), Box<dyn std::error::Error>>;
    let formats: [(&str, Func); 21] = [
        ("date", |value| check(value, time::date)),
        ("date-time", |value| check(value, time::date_time)),
        ("duration", |value| check(value, time::duration)),
        ("email", |value| check(value, email)),
        ("hostname", |value| check(value, hostname)),
        ("idn-email", |_| Ok(())),
        ("idn-hostname", |_| Ok(())),
        ("ipv4", |value| check(value, ipv4)),
        ("ipv6", |value| check(value, ipv6)),
        ("iri", |value| check(value, url::absolute)),
        ("iri-reference", |value| check(value, url::reference)),
        ("json-pointer", |value| check(value, pointer)),
        ("period", |value| check(value, time::period)),
        (pattern::FORMAT, |value| check(value, pattern::check)),
        ("relative-json-pointer", |value| check(value, relative_pointer)),
        ("semver", |value| check(value, semver)),
        ("time", |value| check(value, time::time)),
        ("uri", |value| check(value, url::absolute)),
        ("uri-reference", |value| check(value, url::reference)),
        ("uri-template", |value| check(value, url::template)),
        ("uuid", |value| check(value, uuid)),
    ];
    for (name, func) in formats {
        compiler.register_format(Format { name, func });
    }
}

fn check(value: &Value, format: Check) -> Result<(), Box<dyn std::error::Error>> {
    // What is no text is of every format.
    Ok(value.as_str().map_or(Ok(()), format)?)
}

/// What is wrong with a text that the validator checked by rules of its own, since it is part of a
/// schema.
pub(super) fn problem(format: &str, text: &str) -> Option<String> {
    match format {
        "regex" | pattern::FORMAT => pattern::check(text).err(),
        "uri" => url::absolute(text).err(),
        "uri-reference" => url::reference(text).err(),
        _ => None,
    }
}

fn wrong(why: &str) -> Checked {
    Err(why.to_owned())
}

/// Makes sure that a text has no character but these.
fn only(text: &str, allows: fn(char) -> bool) -> Checked {
    match text.chars().find(|char| !allows(*char)) {
        Some(char) => Err(format!("invalid character {}", quote_char(char))),
        None => Ok(()),
    }
}

fn email(text: &str) -> Checked {
    if text.len() > 254 {
        return wrong("more than 255 characters long");
    }
    let Some((local, domain)) = text.rsplit_once('@') else { return wrong("missing @") };
    if local.len() > 64 {
        return wrong("local part more than 64 characters long");
    }
    local_part(local)?;
    let Some(address) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return hostname(domain).map_err(|why| format!("invalid domain: {why}"));
    };
    match address.strip_prefix("IPv6:") {
        Some(address) => ipv6(address).map_err(|why| format!("invalid ipv6 address: {why}")),
        None => ipv4(address).map_err(|why| format!("invalid ipv4 address: {why}")),
    }
}

fn local_part(text: &str) -> Checked {
    if let Some(text) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        if text.contains(['\\', '"']) {
            return wrong("backslash and quote are not allowed within quoted local part");
        }
        return Ok(());
    }
    if text.starts_with('.') {
        return wrong("starts with dot");
    }
    if text.ends_with('.') {
        return wrong("ends with dot");
    }
    if text.contains("..") {
        return wrong("consecutive dots");
    }
    only(text, |char| char.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(char))
}

fn hostname(text: &str) -> Checked {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 253 {
        return wrong("more than 253 characters long");
    }
    text.split('.').try_for_each(|label| {
        if !(1..=63).contains(&label.len()) {
            return wrong("label must be 1 to 63 characters long");
        }
        if label.starts_with('-') {
            return wrong("label starts with hyphen");
        }
        if label.ends_with('-') {
            return wrong("label ends with hyphen");
        }
        only(label, |char| char.is_ascii_alphanumeric() || char == '-')
    })
}

fn ipv4(text: &str) -> Checked {
    let parts: Vec<_> = text.split('.').collect();
    if parts.len() != 4 {
        return wrong("expected four decimals");
    }
    parts.into_iter().try_for_each(|part| {
        if part.len() > 1 && part.starts_with('0') {
            return wrong("leading zeros");
        }
        let digits = part.strip_prefix(['+', '-']).unwrap_or(part);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("strconv.Atoi: parsing {}: invalid syntax", quote(part)));
        }
        match part.parse::<i64>() {
            Ok(0..=255) => Ok(()),
            Ok(_) => wrong("decimal must be between 0 and 255"),
            Err(_) => Err(format!("strconv.Atoi: parsing {}: value out of range", quote(part))),
        }
    })
}

/// An address without a zone.
fn ipv6(text: &str) -> Checked {
    if !text.contains(':') {
        return wrong("missing colon");
    }
    rhumb_value::address::parse(text.as_bytes())?;
    if text.contains('%') {
        return wrong("zone id is not a part of ipv6 address");
    }
    Ok(())
}

fn uuid(text: &str) -> Checked {
    const LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];
    let parts: Vec<_> = text.split('-').collect();
    if parts.len() != LENGTHS.len() {
        return wrong("must have 5 elements");
    }
    for (index, (part, length)) in parts.into_iter().zip(LENGTHS).enumerate() {
        if part.len() != length {
            return Err(format!("element {} must be {length} characters long", index + 1));
        }
        if let Some(char) = part.chars().find(|char| !char.is_ascii_hexdigit()) {
            return Err(format!("non-hex character {}", quote_char(char)));
        }
    }
    Ok(())
}

fn pointer(text: &str) -> Checked {
    if !text.is_empty() && !text.starts_with('/') {
        return wrong("not starting with /");
    }
    if text.split('~').skip(1).all(|part| part.starts_with(['0', '1'])) {
        return Ok(());
    }
    wrong("~ must be followed by 0 or 1")
}

fn relative_pointer(text: &str) -> Checked {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    match text.len() - rest.len() {
        0 => wrong("must start with non-negative integer"),
        1 => Ok(()),
        _ if text.starts_with('0') => wrong("starts with zero"),
        _ => Ok(()),
    }?;
    if rest == "#" { Ok(()) } else { pointer(rest) }
}

/// A version by semver.org.
fn semver(text: &str) -> Checked {
    let identifiers = |text: &str, kind: &str, has_numbers: bool| {
        text.split('.').try_for_each(|part| {
            if part.is_empty() {
                return Err(format!("{kind} identifier is empty"));
            }
            only(part, |char| char.is_ascii_alphanumeric() || char == '-')
                .map_err(|why| format!("{why} in {kind} identifier"))?;
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            if has_numbers && is_number && part.len() > 1 && part.starts_with('0') {
                return Err(format!("{kind} numeric identifier starts with zero"));
            }
            Ok(())
        })
    };
    let (text, build) =
        text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    match build {
        Some("") => wrong("build is empty")?,
        Some(build) => identifiers(build, "build", false)?,
        None => {}
    }
    let (core, before) =
        text.split_once('-').map_or((text, None), |(core, rest)| (core, Some(rest)));
    before.map_or(Ok(()), |before| identifiers(before, "pre-release", true))?;
    let numbers: Vec<_> = core.split('.').collect();
    if numbers.len() != 3 {
        return wrong("versionCore must have 3 numbers separated by dot");
    }
    numbers.into_iter().zip(["major", "minor", "patch"]).try_for_each(|(number, name)| {
        let why = match number {
            "" => "is empty",
            number if number.len() > 1 && number.starts_with('0') => "starts with zero",
            number if number.bytes().any(|byte| !byte.is_ascii_digit()) => "contains non-digit",
            _ => return Ok(()),
        };
        Err(format!("{name} {why}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_helms_words() {
        let cases: [(Check, &str, &str); 22] = [
            (ipv4, "1..2.3", "strconv.Atoi: parsing \"\": invalid syntax"),
            (ipv4, "1.2.3.-4", "decimal must be between 0 and 255"),
            (ipv6, "::1::", "ParseAddr(\"::1::\"): multiple :: in address (at \":\")"),
            (
                ipv6,
                "12345::",
                "ParseAddr(\"12345::\"): each group must have 4 or less digits (at \"12345::\")",
            ),
            (ipv6, "1:2", "ParseAddr(\"1:2\"): address string too short"),
            (ipv6, "fe80::1%eth0", "zone id is not a part of ipv6 address"),
            (relative_pointer, "0#x", "not starting with /"),
            (relative_pointer, "01", "starts with zero"),
            (relative_pointer, "a", "must start with non-negative integer"),
            (pointer, "/a~2", "~ must be followed by 0 or 1"),
            (email, "a..b@c", "consecutive dots"),
            (email, "a@b_c", "invalid domain: invalid character '_'"),
            (email, "a@[IPv6:1]", "invalid ipv6 address: missing colon"),
            (email, "a@[x]", "invalid ipv4 address: expected four decimals"),
            (email, "\"a\\\"@b", "backslash and quote are not allowed within quoted local part"),
            (email, "ü@b", "invalid character 'ü'"),
            (hostname, "a..b", "label must be 1 to 63 characters long"),
            (hostname, "-a", "label starts with hyphen"),
            (uuid, "a-b", "must have 5 elements"),
            (uuid, "1-2-3-4-5", "element 1 must be 8 characters long"),
            (semver, "01.2.3", "major starts with zero"),
            (semver, "1.2.3-a_b", "invalid character '_' in pre-release identifier"),
        ];
        for (format, text, want) in cases {
            assert_eq!(format(text), wrong(want), "{text}");
        }
        let cases: [(Check, &str); 9] = [
            (ipv4, "1.2.3.4"),
            (ipv6, "1::"),
            (relative_pointer, "10/a~0"),
            (relative_pointer, "0#"),
            (email, "\"a b\"@[IPv6:::1]"),
            (email, "a@b.c."),
            (hostname, "a-b.c."),
            (uuid, "123e4567-E89B-12d3-a456-426614174000"),
            (semver, "1.2.3-rc.1+01"),
        ];
        for (format, text) in cases {
            assert_eq!(format(text), Ok(()), "{text}");
        }
    }
}
