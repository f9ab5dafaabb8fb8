/// Characters in a URL up to which it is taken.
const MAX_CHARACTERS: usize = 2083;
/// Bytes in a URL below which it is none.
const MIN_BYTES: usize = 3;

/// Whether a text is an absolute URL: it has a scheme, and what follows is well formed.
pub(crate) fn is_request_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    if !is_scheme(scheme) || text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return false;
    }
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            if !is_authority(&rest[..end]) {
                return false;
            }
            &rest[end..]
        }
        None if rest.starts_with('/') => rest,
        // Opaque, such as `mailto:a@b`.
        None => return true,
    };
    has_good_escapes(path.split('?').next().unwrap_or_default())
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|each| each.is_ascii_alphanumeric() || "+-.".contains(each))
}

fn has_good_escapes(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        after.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    })
}

/// `user:password@host:port`
fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').map_or(("", text), |(user, host)| (user, host));
    let in_user = |each: char| each.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(each);
    if !user.chars().all(in_user) || !has_good_escapes(user) {
        return false;
    }
    let (host, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) => (host, port),
            None => return false,
        },
        None => host.rfind(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let port_fits = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.bytes().all(|each| each.is_ascii_digit()));
    let in_host = |each: char| {
        !each.is_ascii() || each.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:%[]<>\"".contains(each)
    };
    port_fits && host.chars().all(in_host)
}

/// Whether a text looks like a URL of the web, with or without its scheme, by the rules of
/// [govalidator](https://github.com/asaskevich/govalidator), which Helm asks.
pub(crate) fn is_url(text: &str) -> bool {
    if text.chars().count() >= MAX_CHARACTERS || text.len() <= MIN_BYTES || text.starts_with('.') {
        return false;
    }
    if text.contains(char::is_whitespace) {
        return false;
    }
    let rest = match text.split_once("://") {
        Some(("ftp" | "tcp" | "udp" | "ws" | "wss" | "http" | "https", rest)) => rest,
        Some(_) => return false,
        None => text,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    has_good_escapes(path)
        && is_web_host(host)
        && (rest != text || host.contains('.') || host.contains(':'))
}

/// A host as the web knows it, maybe with a port.
fn is_web_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once(']').is_some_and(|(address, port)| {
            address.parse::<std::net::Ipv6Addr>().is_ok() && is_port(port)
        });
    }
    let (host, port) = text.find(':').map_or((text, ""), |at| text.split_at(at));
    let host = host.strip_suffix('.').unwrap_or(host);
    let letter =
        |each: char| each.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&each);
    let label = |label: &str| {
        label.starts_with(letter)
            && label.ends_with(letter)
            && label.chars().all(|each| letter(each) || each == '-' || each == '_')
    };
    is_port(port) && host.split('.').all(label)
}

fn is_port(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix(':').is_some_and(|port| {
            (1..=5).contains(&port.len()) && port.bytes().all(|each| each.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_urls_have_a_scheme() {
        for good in
            ["http://a.b/c?d", "https://u:p@h:80/", "git+ssh://x", "data:image/png;base64,AA=="]
        {
            assert!(is_request_url(good), "{good}");
        }
        for bad in ["riverrun.io", "", "/a", "http://a b/", "http://a/%zz", "http://[::1/", "1a:b"]
        {
            assert!(!is_request_url(bad), "{bad}");
        }
    }

    #[test]
    fn urls_of_the_web_may_lack_the_scheme() {
        for good in [
            "http://example.com",
            "example.com",
            "https://a-b.example.com:8080/x?y#z",
            "http://localhost",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in ["", "a", "gopher://example.com", "http://-a.com", "http://a b", ".com"] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
