//! Addresses as Go's `net/url` reads them, which is less strict than the standard.

use super::format::address;
use crate::quote::quote;

/// What keeps a text from being an address with a scheme.
pub(super) fn absolute(text: &str) -> Option<String> {
    match problem(text) {
        None if scheme(text) == Ok("") => Some("relative url".to_owned()),
        problem => problem,
    }
}

/// What keeps a text from being a reference to something.
pub(super) fn reference(text: &str) -> Option<String> {
    if text.contains('\\') { Some("contains \\".to_owned()) } else { problem(text) }
}

fn problem(text: &str) -> Option<String> {
    let (start, fragment) = text.split_once('#').unwrap_or((text, ""));
    let wrong = |text: &str, why: String| format!("parse {}: {why}", quote(text));
    if let Err(why) = parse(start) {
        return Some(match why {
            Wrong::Syntax(why) => wrong(start, why),
            Wrong::Address(why) => why,
        });
    }
    escapes(fragment).err().map(|why| wrong(text, why))
}

enum Wrong {
    Syntax(String),
    Address(String),
}

impl From<String> for Wrong {
    fn from(why: String) -> Self {
        Self::Syntax(why)
    }
}

fn parse(text: &str) -> Result<(), Wrong> {
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return Err("net/url: invalid control character in URL".to_owned().into());
    }
    let scheme = scheme(text)?;
    let rest = if scheme.is_empty() { text } else { &text[scheme.len() + 1..] };
    let rest = rest.split('?').next().unwrap_or_default();
    if !rest.starts_with('/') {
        // Behind a scheme that has a meaning of its own.
        if !scheme.is_empty() {
            return Ok(());
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned().into());
        }
    }
    let has_authority = !scheme.is_empty() || !rest.starts_with("///");
    let Some(rest) = rest.strip_prefix("//").filter(|_| has_authority) else {
        return Ok(escapes(rest)?);
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    check_host(scheme, host)?;
    let is_user = |char: char| char.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(char);
    if !user.chars().all(is_user) {
        return Err("net/url: invalid userinfo".to_owned().into());
    }
    escapes(user)?;
    escapes(path)?;
    let name = if host.starts_with('[') {
        ""
    } else {
        host.rsplit_once(':').map_or(host, |(name, _)| name)
    };
    if name.contains(':') {
        return Err(Wrong::Address("ipv6 address not enclosed in brackets".to_owned()));
    }
    Ok(())
}

/// The scheme, or nothing if there is none.
fn scheme(text: &str) -> Result<&str, String> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.');
    let end = text.find(|char| !is_part(char)).unwrap_or(text.len());
    let starts = text.starts_with(|first: char| first.is_ascii_alphabetic());
    match (text[end..].starts_with(':'), end) {
        (true, 0) => Err("missing protocol scheme".to_owned()),
        (true, end) if starts => Ok(&text[..end]),
        _ => Ok(""),
    }
}

fn check_host(scheme: &str, host: &str) -> Result<(), Wrong> {
    let (port, inside) = match host.rfind('[') {
        Some(0) => {
            let end = host.rfind(']').ok_or_else(|| "missing ']' in host".to_owned())?;
            (&host[end + 1..], Some(&host[1..end]))
        }
        Some(_) => return Err("invalid IP-literal".to_owned().into()),
        None => {
            let first =
                if matches!(scheme, "http" | "https") { host.find(':') } else { host.rfind(':') };
            (first.map_or("", |at| &host[at..]), None)
        }
    };
    let is_port =
        port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    if !port.is_empty() && !is_port {
        return Err(format!("invalid port {} after host", quote(port)).into());
    }
    let Some(inside) = inside else { return Ok(host_characters(host)?) };
    let (inside, zone) = inside.split_once("%25").unwrap_or((inside, ""));
    host_characters(inside)?;
    match address(inside) {
        Some(why) => Err(format!("invalid host: {why}").into()),
        None if !inside.contains(':') => Err("invalid IP-literal".to_owned().into()),
        None if !zone.is_empty() => Err(Wrong::Address(
            "invalid ipv6 address: zone id is not a part of ipv6 address".to_owned(),
        )),
        None => Ok(()),
    }
}

/// Whether all characters can be in a host's name, and escapes are only for others than ASCII.
fn host_characters(host: &str) -> Result<(), String> {
    let mut rest = host;
    while let Some(char) = rest.chars().next() {
        let is_plain = char.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=:[]<>\"".contains(char);
        let width = match char {
            '%' => {
                let byte = escape(rest)?;
                if byte < 0x80 && !rest.starts_with("%25") {
                    return Err(format!("invalid URL escape {}", quote(&rest[..3])));
                }
                3
            }
            char if char.is_ascii() && !is_plain => {
                return Err(format!("invalid character {} in host name", quote(&rest[..1])));
            }
            char => char.len_utf8(),
        };
        rest = &rest[width..];
    }
    Ok(())
}

/// Whether all escapes have two digits.
fn escapes(text: &str) -> Result<(), String> {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        escape(&rest[at..])?;
        rest = &rest[at + 3..];
    }
    Ok(())
}

/// The byte that an escape at the start of the text stands for.
fn escape(text: &str) -> Result<u8, String> {
    let digits =
        text.get(1..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
    byte.ok_or_else(|| {
        let end = (1..=3).rev().find(|end| text.is_char_boundary(*end) && *end <= text.len());
        format!("invalid URL escape {}", quote(&text[..end.unwrap_or(1)]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_gos_rules_and_words() {
        for (text, want) in [
            ("x", "relative url"),
            ("http://a b", "parse \"http://a b\": invalid character \" \" in host name"),
            ("http://[::1", "parse \"http://[::1\": missing ']' in host"),
            ("%zz:", "parse \"%zz:\": first path segment in URL cannot contain colon"),
            ("http://a/%zz", "parse \"http://a/%zz\": invalid URL escape \"%zz\""),
            ("http://a:b/", "parse \"http://a:b/\": invalid port \":b\" after host"),
            (":", "parse \":\": missing protocol scheme"),
        ] {
            assert_eq!(absolute(text).as_deref(), Some(want), "{text}");
        }
        for text in ["http://a/b c/{x}", "mailto:x", "http://u:p@[::1]:80/?q#f", "a:b"] {
            assert_eq!(absolute(text), None, "{text}");
        }
        assert_eq!(reference("a b"), None);
        assert_eq!(reference("a\\b").as_deref(), Some("contains \\"));
    }
}
