use std::fmt;

/// A registry or a part of it, for which there may be a credential: `host`, or `host/path`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    host: String,
    path: String,
}

/// The names of Docker Hub; credentials for one are for all.
const DOCKER_HUB: &[&str] =
    &["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

/// Where Docker keeps its Hub's credential.
const DOCKER_HUB_KEY: &str = "https://index.docker.io/v1/";

impl Place {
    /// A repository of a registry.
    pub(crate) fn new(host: &str, path: &str) -> Self {
        let host = if DOCKER_HUB.contains(&host) { "docker.io" } else { host };
        Self { host: host.to_ascii_lowercase(), path: path.trim_matches('/').to_owned() }
    }

    /// Reads what a user or a file calls it: with or without scheme, and with `/v1/` or `/v2/`
    /// after the host as Docker once wrote it.
    pub(crate) fn parse(text: &str) -> Self {
        let text = ["https://", "http://", "oci://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))
            .unwrap_or(text);
        let (host, path) = text.split_once('/').unwrap_or((text, ""));
        let path = path.trim_matches('/');
        Self::new(host, if matches!(path, "v1" | "v2") { "" } else { path })
    }

    /// The host alone.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The key under which a credential for this place is written.
    pub(crate) fn key(&self) -> String {
        match (self.host.as_str(), self.path.as_str()) {
            ("docker.io", "") => DOCKER_HUB_KEY.to_owned(),
            (host, "") => host.to_owned(),
            (host, path) => format!("{host}/{path}"),
        }
    }

    /// This place and the ones around it, the narrowest first, the host last.
    pub(crate) fn widening(&self) -> impl Iterator<Item = Self> {
        let mut next = Some(self.clone());
        std::iter::from_fn(move || {
            let place = next.take()?;
            if !place.path.is_empty() {
                let path = place.path.rsplit_once('/').map_or("", |(path, _)| path);
                next = Some(Self { host: place.host.clone(), path: path.to_owned() });
            }
            Some(place)
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, "/{}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_host_is_the_same_place() {
        for text in ["ghcr.io", "https://ghcr.io", "https://GHCR.io/v1/", "http://ghcr.io/v2/"] {
            assert_eq!(Place::parse(text).key(), "ghcr.io", "{text}");
        }
        for text in DOCKER_HUB.iter().chain([&DOCKER_HUB_KEY]) {
            assert_eq!(Place::parse(text).key(), DOCKER_HUB_KEY, "{text}");
        }
        assert_eq!(Place::parse("oci://h:5000/a/b/").key(), "h:5000/a/b");
    }

    #[test]
    fn widens_to_the_host() {
        let places: Vec<_> = Place::new("h", "a/b").widening().map(|place| place.key()).collect();
        assert_eq!(places, ["h/a/b", "h/a", "h"]);
    }
}
