use std::fmt;
use std::str::FromStr;

/// The longest `host/repository`, in bytes, that clients agree on.
const MAX_REPOSITORY: usize = 255;

/// Why a text is no registry, repository or tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Not `host` or `host:port`.
    #[error("`{0}` is not a registry such as `ghcr.io` or `localhost:5000`")]
    Registry(String),
    /// Not lower-case path segments.
    #[error(
        "`{0}` is not a repository name: use lower-case letters, digits and `.`, `_`, `-`, `/` between them"
    )]
    Repository(String),
    /// Not a tag.
    #[error(
        "`{0}` is not a tag: use at most 128 letters, digits, `_`, `.` and `-`, not first `.` or `-`"
    )]
    Tag(String),
}

/// A registry: `host` or `host:port`, as in a URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Registry(String);

impl Registry {
    /// The text, such as `localhost:5000`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without its port; brackets of an IPv6 address stay.
    pub fn host(&self) -> &str {
        match self.0.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => &self.0,
        }
    }
}

impl FromStr for Registry {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || NameError::Registry(text.to_owned());
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (text, None),
        };
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(error());
        }
        let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let valid = match bracketed {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => host.split('.').all(is_label),
        };
        if valid { Ok(Self(text.to_owned())) } else { Err(error()) }
    }
}

fn is_label(label: &str) -> bool {
    let alphanumeric = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    alphanumeric(label.as_bytes().first())
        && alphanumeric(label.as_bytes().last())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A repository inside a registry, such as `acme/charts/web`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repository(String);

impl Repository {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last path segment: a chart's name, by convention.
    pub fn basename(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl FromStr for Repository {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() <= MAX_REPOSITORY && text.split('/').all(is_segment) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NameError::Repository(text.to_owned()))
        }
    }
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, by the distribution spec.
fn is_segment(segment: &str) -> bool {
    let alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = segment.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return false };
    let separators = segment.split(|c: char| c.is_ascii() && alphanumeric(c as u8));
    alphanumeric(first)
        && alphanumeric(last)
        && separators.into_iter().all(|separator| {
            matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
        })
}

/// A tag: 1 to 128 of `[A-Za-z0-9_.-]`, not first `.` or `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// Returns the tag under which a chart version is stored: `+`, which tags lack, becomes `_`.
    ///
    /// # Errors
    ///
    /// [`NameError::Tag`] if the version is no tag even so.
    pub fn from_version(version: &str) -> Result<Self, NameError> {
        version.replace('+', "_").parse()
    }

    /// Returns the chart version that this tag stands for: `_` becomes `+`.
    pub fn to_version(&self) -> String {
        self.0.replace('_', "+")
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tag {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        let valid = (1..=128).contains(&text.len())
            && text.bytes().all(allowed)
            && !text.starts_with(['.', '-']);
        if valid { Ok(Self(text.to_owned())) } else { Err(NameError::Tag(text.to_owned())) }
    }
}

impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_by_the_spec_and_nothing_else() {
        for good in ["a", "a/b", "a__b/c---d", "a.b_c-d/0"] {
            assert!(good.parse::<Repository>().is_ok(), "{good}");
        }
        for bad in ["", "/", "a/", "A", "a..b", "a___b", "a/-b", "a.-b", "é", "a//b", "../x"] {
            assert!(bad.parse::<Repository>().is_err(), "{bad}");
        }
        for good in
            ["ghcr.io", "localhost", "localhost:5000", "127.0.0.1:80", "[::1]:5000", "[::1]"]
        {
            assert!(good.parse::<Registry>().is_ok(), "{good}");
        }
        for bad in ["", "a b", "host:", "host:x", "user@host", "host/path", "[zz]", "-a.b"] {
            assert!(bad.parse::<Registry>().is_err(), "{bad}");
        }
        assert_eq!(
            "[::1]:5000".parse::<Registry>().map(|r| r.host().to_owned()),
            Ok("[::1]".into())
        );
    }

    #[test]
    fn maps_plus_to_underscore_and_back() {
        let tag = Tag::from_version("1.2.3+build.4").unwrap();
        assert_eq!(tag.as_str(), "1.2.3_build.4");
        assert_eq!(tag.to_version(), "1.2.3+build.4");
        assert!(Tag::from_version("").is_err());
    }
}
