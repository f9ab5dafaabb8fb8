//! URLs by the rules of Go's `net/url`.
//!
//! Source: Go 1.26, [net/url](https://pkg.go.dev/net/url@go1.26).

mod escape;
mod resolve;

use crate::address;
use crate::quote::quote;
use escape::{Part, escape, is_valid_escaped, unescape};

/// The parts of a URL, unescaped.
#[derive(Clone, Debug, Default)]
pub struct Url {
    /// What is before the first colon, in lower case.
    pub scheme: Vec<u8>,
    /// What follows the scheme, if no slash does.
    pub opaque: Vec<u8>,
    /// Who asks.
    pub user: Option<User>,
    /// The host, maybe with a port.
    pub host: Vec<u8>,
    /// The path.
    pub path: Vec<u8>,
    /// What follows the question mark, as written.
    pub query: Vec<u8>,
    /// What follows the number sign.
    pub fragment: Vec<u8>,
    /// The path as written, where escaping it anew would give another.
    pub raw_path: Vec<u8>,
    /// The same of the fragment.
    pub raw_fragment: Vec<u8>,
    /// Whether it ends with a question mark alone.
    pub has_empty_query: bool,
    /// Whether a path follows the scheme at once, without the `//` of a host.
    pub has_no_host: bool,
}

/// A name and maybe a password.
#[derive(Clone, Debug)]
pub struct User {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl User {
    /// The escaped text.
    pub fn print(&self) -> Vec<u8> {
        let mut out = escape(&self.name, Part::User);
        if let Some(password) = &self.password {
            out.push(b':');
            out.extend(escape(password, Part::User));
        }
        out
    }
}

fn cut(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    match memchr::memchr(separator, text) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

impl Url {
    /// Takes a URL apart.
    ///
    /// # Errors
    ///
    /// Go's words.
    pub fn parse(whole: &[u8]) -> Result<Self, String> {
        let name = |text: &[u8], error| format!("parse {}: {error}", quote(text));
        let (text, fragment) = cut(whole, b'#');
        let mut url = Self::parse_without_fragment(text).map_err(|error| name(text, error))?;
        if let Some(fragment) = fragment {
            let plain = unescape(fragment, Part::Fragment).map_err(|error| name(whole, error))?;
            if escape(&plain, Part::Fragment) != fragment {
                url.raw_fragment = fragment.to_vec();
            }
            url.fragment = plain;
        }
        Ok(url)
    }

    fn parse_without_fragment(text: &[u8]) -> Result<Self, String> {
        if text.iter().any(u8::is_ascii_control) {
            return Err("net/url: invalid control character in URL".into());
        }
        let mut url = Self::default();
        if text == b"*" {
            url.path = text.to_vec();
            return Ok(url);
        }
        let (scheme, mut rest) = split_scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (before, query) = cut(rest, b'?');
        url.has_empty_query = query.is_some_and(<[u8]>::is_empty);
        url.query = query.unwrap_or_default().to_vec();
        rest = before;
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err("first path segment in URL cannot contain colon".into());
            }
        }
        let has_scheme = !url.scheme.is_empty();
        match rest.strip_prefix(b"//") {
            Some(authority) if has_scheme || !rest.starts_with(b"///") => {
                let end = memchr::memchr(b'/', authority).unwrap_or(authority.len());
                url.parse_authority(&authority[..end])?;
                rest = &authority[end..];
            }
            _ => url.has_no_host = has_scheme && rest.starts_with(b"/"),
        }
        url.path = unescape(rest, Part::Path)?;
        if escape(&url.path, Part::Path) != rest {
            url.raw_path = rest.to_vec();
        }
        Ok(url)
    }

    fn parse_authority(&mut self, authority: &[u8]) -> Result<(), String> {
        let Some(at) = memchr::memrchr(b'@', authority) else {
            self.host = self.parse_host(authority)?;
            return Ok(());
        };
        self.host = self.parse_host(&authority[at + 1..])?;
        let user = &authority[..at];
        let is_valid =
            |byte: &u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(byte);
        if !user.iter().all(is_valid) {
            return Err("net/url: invalid userinfo".into());
        }
        let (name, password) = cut(user, b':');
        let name = unescape(name, Part::User)?;
        let password = password.map(|password| unescape(password, Part::User)).transpose()?;
        self.user = Some(User { name, password });
        Ok(())
    }

    fn parse_host(&self, host: &[u8]) -> Result<Vec<u8>, String> {
        match memchr::memrchr(b'[', host) {
            Some(0) => return parse_literal(host),
            Some(_) => return Err("invalid IP-literal".into()),
            None => {}
        }
        if let Some(first) = memchr::memchr(b':', host) {
            let is_strict = self.scheme == b"http" || self.scheme == b"https";
            let last = memchr::memrchr(b':', host).filter(|_| !is_strict);
            check_port(&host[last.unwrap_or(first)..])?;
        }
        unescape(host, Part::Host)
    }

    /// The host without port and brackets.
    pub fn hostname(&self) -> &[u8] {
        let mut host = &*self.host;
        if let Some(colon) = memchr::memrchr(b':', host)
            && check_port(&host[colon..]).is_ok()
        {
            host = &host[..colon];
        }
        host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]")).unwrap_or(host)
    }

    /// Puts the URL together.
    pub fn print(&self) -> Vec<u8> {
        let mut out = self.scheme.clone();
        if !out.is_empty() {
            out.push(b':');
        }
        if self.opaque.is_empty() {
            self.print_hierarchy(&mut out);
        } else {
            out.extend_from_slice(&self.opaque);
        }
        if self.has_empty_query || !self.query.is_empty() {
            out.push(b'?');
            out.extend_from_slice(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push(b'#');
            out.extend(escaped(&self.fragment, &self.raw_fragment, Part::Fragment));
        }
        out
    }

    fn print_hierarchy(&self, out: &mut Vec<u8>) {
        let has_host = !self.host.is_empty() || self.user.is_some();
        let is_hierarchy = !self.scheme.is_empty() || has_host;
        if is_hierarchy && (has_host || !self.has_no_host) {
            if has_host || !self.path.is_empty() {
                out.extend_from_slice(b"//");
            }
            if let Some(user) = &self.user {
                out.extend(user.print());
                out.push(b'@');
            }
            out.extend(escape(&self.host, Part::Host));
        }
        let path = self.escaped_path();
        if !path.is_empty() && path[0] != b'/' && !self.host.is_empty() {
            out.push(b'/');
        }
        if out.is_empty() && cut(&path, b'/').0.contains(&b':') {
            out.extend_from_slice(b"./");
        }
        out.extend(path);
    }
}

/// What was written, if it is right and still means the same; else the text escaped anew.
fn escaped(text: &[u8], raw: &[u8], part: Part) -> Vec<u8> {
    let is_kept = !raw.is_empty()
        && is_valid_escaped(raw, part)
        && unescape(raw, part).is_ok_and(|plain| plain == text);
    if is_kept { raw.to_vec() } else { escape(text, part) }
}

/// Splits `scheme:` off; a text that starts otherwise has none.
fn split_scheme(text: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let end = text.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte)));
    match end {
        Some(0) if text[0] == b':' => Err("missing protocol scheme".into()),
        Some(end) if text[end] == b':' && text[0].is_ascii_alphabetic() => {
            Ok((&text[..end], &text[end + 1..]))
        }
        _ => Ok((b"", text)),
    }
}

fn check_port(port: &[u8]) -> Result<(), String> {
    match port {
        [] => Ok(()),
        [b':', digits @ ..] if digits.iter().all(u8::is_ascii_digit) => Ok(()),
        _ => Err(format!("invalid port {} after host", quote(port))),
    }
}

/// An IPv6 address in brackets, with a port maybe.
fn parse_literal(host: &[u8]) -> Result<Vec<u8>, String> {
    let end = memchr::memrchr(b']', host).ok_or("missing ']' in host")?;
    let port = &host[end + 1..];
    check_port(port)?;
    let inside = &host[1..end];
    let zone = memchr::memmem::find(inside, b"%25").unwrap_or(inside.len());
    let mut name = unescape(&inside[..zone], Part::Host)?;
    name.extend(unescape(&inside[zone..], Part::Zone)?);
    let address = address::parse(&name).map_err(|error| format!("invalid host: {error}"))?;
    if address.is_ipv4() {
        return Err("invalid IP-literal".into());
    }
    Ok([b"[", &*name, b"]", port].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_printed_as_it_was_written() {
        for text in [
            "https://user:pa%3Ass@host.com:8080/path/to?q=1&r=2#frag",
            "//host/path",
            "mailto:a@b.com",
            "http://[fe80::1%25en0]:80/",
            "http://host/a%2Fb",
            "file:///etc/passwd",
            "/a?",
        ] {
            let url = Url::parse(text.as_bytes()).expect("a URL");
            assert_eq!(String::from_utf8(url.print()).unwrap(), text);
        }
    }

    #[test]
    fn errors_are_those_of_go() {
        for (text, want) in [
            ("http://a b/", r#"parse "http://a b/": invalid character " " in host name"#),
            (":x", r#"parse ":x": missing protocol scheme"#),
            ("http://h:x/", r#"parse "http://h:x/": invalid port ":x" after host"#),
            ("%zz#", r#"parse "%zz": invalid URL escape "%zz""#),
        ] {
            assert_eq!(Url::parse(text.as_bytes()).unwrap_err(), want);
        }
    }
}
