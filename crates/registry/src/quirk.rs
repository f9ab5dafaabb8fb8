//! Registries that depart from the rules, and how they are met. One entry per departure.

use crate::Answer;

/// A departure from the specification that some registry has.
pub(crate) struct Quirk {
    /// What it is called in the log.
    pub(crate) name: &'static str,
    /// Where it is described.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for readers, and for the test of the table")
    )]
    pub(crate) link: &'static str,
    /// When that was read.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for readers, and for the test of the table")
    )]
    pub(crate) seen: &'static str,
}

/// A `403` that says the credential has expired, where others answer `401`.
pub(crate) const EXPIRED_IS_403: Quirk = Quirk {
    name: "an expired credential is refused with 403",
    link: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html",
    seen: "2026-11",
};

/// A `403` for a wrong credential on content that anyone may read.
pub(crate) const STALE_LOGIN_HIDES_PUBLIC: Quirk = Quirk {
    name: "a stale login is refused with 403 even where none is needed",
    link: "https://github.com/kro-run/kro/issues/278",
    seen: "2026-11",
};

/// A token service that wants the password as a refresh token, by `POST`.
pub(crate) const PASSWORD_IS_REFRESH_TOKEN: Quirk = Quirk {
    name: "the password is a refresh token",
    link: "https://github.com/helm/helm/issues/30883",
    seen: "2026-11",
};

/// A registry behind a proxy that does not know that it is reached by HTTPS.
pub(crate) const LOCATION_WITHOUT_TLS: Quirk = Quirk {
    name: "the registry names itself without TLS",
    link: "https://github.com/distribution/distribution/issues/996",
    seen: "2026-11",
};

/// Names that lead to another host.
pub(crate) const DOCKER_HUB_ALIASES: Quirk = Quirk {
    name: "the registry is reached under another name",
    link: "https://github.com/helm/helm/issues/30937",
    seen: "2026-11",
};

#[cfg(test)]
const ALL: &[Quirk] = &[
    EXPIRED_IS_403,
    STALE_LOGIN_HIDES_PUBLIC,
    PASSWORD_IS_REFRESH_TOKEN,
    LOCATION_WITHOUT_TLS,
    DOCKER_HUB_ALIASES,
];

impl Quirk {
    /// Notes in the log that this departure was met.
    pub(crate) fn met(&self, host: &str) {
        tracing::debug!(host, quirk = self.name, "quirk");
    }
}

/// The host that serves the API of a registry.
pub(crate) fn api_host(registry: &str) -> &str {
    if ["docker.io", "index.docker.io", "registry.hub.docker.com"].contains(&registry) {
        DOCKER_HUB_ALIASES.met(registry);
        "registry-1.docker.io"
    } else {
        registry
    }
}

/// Whether a `403` means that the credential has expired ([`EXPIRED_IS_403`]).
pub(crate) fn is_expired(answer: &Answer) -> bool {
    let words = answer.words.to_string().to_lowercase();
    answer.status == http::StatusCode::FORBIDDEN
        && words.contains("token")
        && words.contains("expired")
}

/// Whether this user's password is a refresh token ([`PASSWORD_IS_REFRESH_TOKEN`]): Azure's
/// registries give one to users without a name, or of zeros.
pub(crate) fn password_is_refresh_token(username: &str) -> bool {
    username.is_empty() || username == "00000000-0000-0000-0000-000000000000"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quirk_says_where_it_was_seen() {
        for quirk in ALL {
            assert!(quirk.link.starts_with("https://"), "{}", quirk.name);
            assert!(quirk.seen.starts_with("20"), "{}", quirk.name);
        }
    }
}
