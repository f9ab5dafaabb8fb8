//! What a schema's validator says of addresses.

use std::fmt::Write as _;

use rhumb_value::url::Url;

use super::pattern;
use crate::quote::quote;

/// An address with a scheme.
pub(super) fn absolute(text: &str) -> Result<(), String> {
    if parse(text)?.is_absolute() { Ok(()) } else { Err("relative url".to_owned()) }
}

/// A reference to something.
pub(super) fn reference(text: &str) -> Result<(), String> {
    if text.contains('\\') { Err("contains \\".to_owned()) } else { parse(text).map(drop) }
}

/// What is put before a reference that is none in Go, so that it is none for the validator either.
const BROKEN: &str = "http://[\u{10FFFE}";
/// What stands for a number sign in there, so that the validator shows what follows.
const FRAGMENT: &str = "\u{10FFFF}";

/// A reference that the validator takes as Go takes this one: Go allows characters that others have
/// to be written as `%XX`.
pub(super) fn translated(reference: &str) -> String {
    if Url::parse(reference.as_bytes()).is_err() {
        return format!("{BROKEN}{}", reference.replace('#', FRAGMENT));
    }
    let (text, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let mut out = escaped(text, b"-._~:/?[]@!$&'()*+,;=%\\");
    if text.len() < reference.len() {
        out.push('#');
        out.push_str(&escaped(fragment, b"-._~:/?@!$&'()*+,;=%\\"));
    }
    out
}

/// The reference before [`translated`] broke it.
pub(super) fn original(reference: &str) -> Option<String> {
    Some(reference.strip_prefix(BROKEN)?.replace(FRAGMENT, "#"))
}

/// Why Go takes a reference for none.
pub(super) fn problem(reference: &str) -> Option<String> {
    let url = reference.split('#').next().unwrap_or_default();
    parse(url).err().or_else(|| {
        let whole = Url::parse(reference.as_bytes()).err()?;
        // Of what follows the number sign, Go does not say where it is.
        let why = whole.strip_prefix(&format!("parse {}: ", quote(reference)));
        Some(why.unwrap_or(&whole).to_owned())
    })
}

/// The place of a schema as Go writes it.
pub(super) fn location(url: &str) -> String {
    let (document, pointer) = url.split_once('#').unwrap_or((url, ""));
    quote(&format!("{document}#{}", way(pointer)))
}

/// The way to a schema, in which the validator escapes less than Go.
pub(super) fn way(pointer: &str) -> String {
    let url = Url::parse(format!("#{pointer}").as_bytes());
    let plain = url.map(|url| url.fragment).unwrap_or_default();
    escaped(&pattern::original(&String::from_utf8_lossy(&plain)), b"-_.~$&+:=@/")
}

/// The text with `%XX` for all but letters, digits and some marks.
fn escaped(text: &str, marks: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || marks.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// An address with places to fill in: braces in its path pair.
pub(super) fn template(text: &str) -> Result<(), String> {
    for part in parse(text)?.raw_path.split(|byte| *byte == b'/') {
        let mut is_open = false;
        for byte in part.iter().filter(|byte| matches!(byte, b'{' | b'}')) {
            if (*byte == b'{') == is_open {
                return Err("nested curly braces".to_owned());
            }
            is_open = !is_open;
        }
        if is_open {
            return Err("no matching closing brace".to_owned());
        }
    }
    Ok(())
}

/// What is wrong with the dialect that a schema names, if it is none that is known and nothing that
/// can be fetched; `location` is the schema's.
pub(super) fn dialect(name: &str, location: &str) -> Option<String> {
    const KNOWN: [&str; 6] = [
        "schema",
        "draft/2020-12/schema",
        "draft/2019-09/schema",
        "draft-07/schema",
        "draft-06/schema",
        "draft-04/schema",
    ];
    let url = name.split('#').next().unwrap_or_default();
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    let rest = rest.and_then(|rest| rest.strip_prefix("json-schema.org/"));
    if rest.is_some_and(|rest| KNOWN.contains(&rest)) {
        return None;
    }
    match Url::parse(url.as_bytes()) {
        Err(why) => Some(format!("invalid $schema in {}: {why}", quote(location))),
        Ok(parsed) if !parsed.is_absolute() => {
            let url = quote(url);
            Some(format!("failing loading {url}: no URLLoader registered for {url}"))
        }
        Ok(_) => None,
    }
}

/// Reads an address as Go does, but is stricter with IPv6.
fn parse(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.as_bytes())?;
    let name = url.hostname();
    if !name.contains(&b':') {
        return Ok(url);
    }
    if !url.host.starts_with(b"[") {
        return Err("ipv6 address not enclosed in brackets".to_owned());
    }
    if name.contains(&b'%') {
        let why = "invalid ipv6 address: zone id is not a part of ipv6 address";
        return Err(why.to_owned());
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_of_templates_pair() {
        assert_eq!(template("http://a/{x}/b{y}{z}"), Ok(()));
        assert_eq!(template("a\\b"), Ok(()));
        assert_eq!(template("/{x{y}}"), Err("nested curly braces".to_owned()));
        assert_eq!(template("/{x"), Err("no matching closing brace".to_owned()));
    }

    #[test]
    fn dialects_are_known_or_can_be_fetched() {
        let problem = |name| dialect(name, "file:///s.json#");
        assert_eq!(problem("http://json-schema.org/draft-07/schema#"), None);
        assert_eq!(problem("https://a.example/schema"), None);
        assert_eq!(
            problem("x#y").as_deref(),
            Some("failing loading \"x\": no URLLoader registered for \"x\"")
        );
        let text = "invalid $schema in \"file:///s.json#\": parse \"%\": invalid URL escape \"%\"";
        assert_eq!(problem("%").as_deref(), Some(text));
    }

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
            (
                "http://[::1.2.3]/",
                "parse \"http://[::1.2.3]/\": invalid host: ParseAddr(\"::1.2.3\"): IPv4 address too \
                 short",
            ),
            ("x://a:b:80", "ipv6 address not enclosed in brackets"),
            (
                "http://[fe80::1%25en]/",
                "invalid ipv6 address: zone id is not a part of ipv6 address",
            ),
        ] {
            assert_eq!(absolute(text), Err(want.to_owned()), "{text}");
        }
        for text in ["http://a/b c/{x}", "mailto:x", "http://u:p@[::1]:80/?q#f", "a:b"] {
            assert_eq!(absolute(text), Ok(()), "{text}");
        }
        assert_eq!(reference("a b"), Ok(()));
        assert_eq!(reference("a\\b"), Err("contains \\".to_owned()));
    }

    #[test]
    fn references_are_taken_as_go_takes_them() {
        for (text, want) in [
            ("#/definitions/ü", "#/definitions/%C3%BC"),
            ("a b#c\"d", "a%20b#c%22d"),
            ("#a%20b#", "#a%20b%23"),
            ("http://a/?x=[1]", "http://a/?x=[1]"),
        ] {
            assert_eq!(translated(text), want);
        }
        for (text, want) in [
            ("%", "parse \"%\": invalid URL escape \"%\""),
            ("a#%zz", "invalid URL escape \"%zz\""),
            ("::", "parse \"::\": missing protocol scheme"),
        ] {
            assert_eq!(original(&translated(text)).as_deref(), Some(text));
            assert_eq!(problem(text).as_deref(), Some(want));
        }
        assert_eq!(location("file:///a#/b%5Bü"), "\"file:///a#/b%5B%C3%BC\"");
        assert_eq!(location("file:///a"), "\"file:///a#\"");
    }
}
