//! What a schema's validator says of addresses.

use rhumb_value::url::Url;

use crate::quote::quote;

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

/// What keeps a text from being an address with places to fill in: braces in its path that do not
/// pair.
pub(super) fn template(text: &str) -> Option<String> {
    let url = match parse(text) {
        Ok(url) => url,
        Err(why) => return Some(why),
    };
    for part in url.raw_path.split(|byte| *byte == b'/') {
        let mut is_open = false;
        for byte in part.iter().filter(|byte| matches!(byte, b'{' | b'}')) {
            if (*byte == b'{') == is_open {
                return Some("nested curly braces".to_owned());
            }
            is_open = !is_open;
        }
        if is_open {
            return Some("no matching closing brace".to_owned());
        }
    }
    None
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
        assert_eq!(template("http://a/{x}/b{y}{z}"), None);
        assert_eq!(template("a\\b"), None);
        assert_eq!(template("/{x{y}}").as_deref(), Some("nested curly braces"));
        assert_eq!(template("/{x").as_deref(), Some("no matching closing brace"));
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
            assert_eq!(absolute(text).as_deref(), Some(want), "{text}");
        }
        for text in ["http://a/b c/{x}", "mailto:x", "http://u:p@[::1]:80/?q#f", "a:b"] {
            assert_eq!(absolute(text), None, "{text}");
        }
        assert_eq!(reference("a b"), None);
        assert_eq!(reference("a\\b").as_deref(), Some("contains \\"));
    }
}
