use std::net::IpAddr;

use url::{Host, Url};

use super::Party;
use crate::Error;
use crate::redact::SafeUrl;

/// Checks a token service before anything is sent to it.
///
/// It may be on another host, as Docker Hub's is, but not without TLS when the registry has it,
/// nor inside of this machine or its network when the registry is not, which is where secrets
/// of cloud machines can be had.
pub(super) fn check(realm: &str, party: &Party) -> Result<Url, Error> {
    let url: Url = realm.parse().map_err(|_| Error::Setup {
        problem: format!("`{realm}`, the token service, is no URL"),
    })?;
    let refuse = |problem| {
        let registry = party.place.host().to_owned();
        Err(Error::Realm { registry, realm: SafeUrl::new(&url), problem })
    };
    match url.scheme() {
        "https" => {}
        "http" if party.origin.scheme() == "http" => {}
        "http" => return refuse("which has no TLS, unlike the registry"),
        _ => return refuse("which is no web address"),
    }
    if url.host() != party.origin.host() && url.host().is_some_and(|host| is_inside(&host)) {
        return refuse("which is inside of this machine or its network");
    }
    Ok(url)
}

fn is_inside(host: &Host<&str>) -> bool {
    let address: IpAddr = match host {
        Host::Domain(name) => return *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => (*address).into(),
        Host::Ipv6(address) => (*address).into(),
    };
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            // The last two are the metadata services of Alibaba and Azure.
            v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || [[100, 100, 100, 200], [168, 63, 129, 16]].contains(&v4.octets())
        }
        IpAddr::V6(v6) => {
            // The last one is the metadata service of Amazon.
            v6.is_loopback()
                || v6.is_unicast_link_local()
                || v6.is_unspecified()
                || v6.segments() == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Scope;
    use crate::credential::Place;

    fn accepts(registry: &str, realm: &str) -> bool {
        let party = Party {
            origin: registry.parse().unwrap(),
            transport: crate::Transport::Https,
            place: Place::parse(registry),
            scope: Scope::default(),
        };
        check(realm, &party).is_ok()
    }

    #[test]
    fn no_credential_goes_without_tls_or_inside() {
        assert!(accepts("https://registry-1.docker.io", "https://auth.docker.io/token"));
        assert!(accepts("http://127.0.0.1:5000", "http://127.0.0.1:5001/token"));
        assert!(accepts("http://10.0.0.1", "http://10.0.0.2/token"));
        assert!(!accepts("https://ghcr.io", "http://ghcr.io/token"));
        for inside in [
            "https://127.0.0.1/",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "https://localhost/",
            "https://[::ffff:169.254.169.254]/",
            "https://0/",
            "file:///etc/passwd",
            "nonsense",
        ] {
            assert!(!accepts("https://evil.example", inside), "{inside}");
        }
    }
}
