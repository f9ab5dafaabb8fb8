//! What a schema's validator says of addresses.

use rhumb_value::url::Url;

/// What keeps a text from being an address with a scheme.
pub(super) fn absolute(text: &str) -> Option<String> {
    match parse(text) {
        Ok(url) if url.is_absolute() => None,
        Ok(_) => Some("relative url".to_owned()),
        Err(why) => Some(why),
    }
}

/// What keeps a text from being a reference to something.
pub(super) fn reference(text: &str) -> Option<String> {
    if text.contains('\\') { Some("contains \\".to_owned()) } else { parse(text).err() }
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
            assert_eq!(absolute(text).as_deref(), Some(want), "{text}");
        }
        for text in ["http://a/b c/{x}", "mailto:x", "http://u:p@[::1]:80/?q#f", "a:b"] {
            assert_eq!(absolute(text), None, "{text}");
        }
        assert_eq!(reference("a b"), None);
        assert_eq!(reference("a\\b").as_deref(), Some("contains \\"));
    }
}
