use url::Url;

use crate::quirk;

/// Where a server leads: by a redirect, an upload's `Location` or the link to a next page, relative
/// to the URL that answered. The error says what is wrong with it.
///
/// Nothing leads from HTTPS to HTTP, except that a registry behind a proxy may not know that it
/// is reached by HTTPS and names itself wrongly ([`quirk::LOCATION_WITHOUT_TLS`]).
pub(crate) fn follow(from: &Url, link: &str) -> Result<Url, &'static str> {
    let mut next = from.join(link).map_err(|_| "leads to something that is no URL")?;
    if !matches!(next.scheme(), "http" | "https") || !next.has_host() {
        return Err("leads to something that is no web address");
    }
    if from.scheme() == "https" && next.scheme() == "http" {
        let is_itself = next.host() == from.host()
            && (next.port().is_none() || next.port() == from.port_or_known_default());
        let renamed = next.set_scheme("https").and_then(|()| next.set_port(from.port()));
        if !is_itself || renamed.is_err() {
            return Err("leads away from HTTPS");
        }
        quirk::LOCATION_WITHOUT_TLS.met(from.host_str().unwrap_or_default());
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_away_from_https() {
        let go = |from: &str, link: &str| {
            follow(&from.parse().unwrap(), link).map(|url| url.to_string())
        };
        assert_eq!(go("http://h/a", "/b?c").unwrap(), "http://h/b?c");
        assert_eq!(go("http://h/a", "https://i/b").unwrap(), "https://i/b");
        assert_eq!(go("https://h:8443/a", "http://h/b").unwrap(), "https://h:8443/b");
        assert_eq!(go("https://h:8443/a", "http://h:8443/b").unwrap(), "https://h:8443/b");
        assert_eq!(go("https://h/a", "http://h/b").unwrap(), "https://h/b");
        for (from, link) in [
            ("https://h/a", "http://i/b"),
            ("https://h/a", "http://h:8080/b"),
            ("http://h/a", "file:///etc/passwd"),
            ("http://h/a", "data:x"),
            ("http://h/a", "http://"),
        ] {
            assert!(go(from, link).is_err(), "{link}");
        }
    }
}
