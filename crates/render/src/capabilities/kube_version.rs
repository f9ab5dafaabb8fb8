use std::fmt;
use std::str::FromStr;

/// A version of Kubernetes, such as `v1.33.4-gke.1245000`.
///
/// `Display` prints it without what follows the numbers, as version ranges want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    version: String,
    normalized: String,
    major: String,
    minor: String,
}

/// Why a text is no version of Kubernetes, in Kubernetes' words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KubeVersionError {
    /// It does not start with a number.
    #[error("could not parse {} as version", quoted(.0))]
    NoNumber(String),
    /// It has no minor version.
    #[error("illegal version string {}", quoted(.0))]
    TooShort(String),
    /// The major version starts with a zero.
    #[error("illegal zero-prefixed version component {} in {}", quoted(component), quoted(text))]
    LeadingZero {
        /// The number.
        component: String,
        /// The whole text.
        text: String,
    },
    /// A number has more than 64 bits.
    #[error(
        "illegal non-numeric version component {component} in {}: \
         strconv.ParseUint: parsing {component}: value out of range",
        quoted(text), component = quoted(component)
    )]
    TooLarge {
        /// The number.
        component: String,
        /// The whole text.
        text: String,
    },
}

fn quoted(text: &str) -> String {
    rhumb_value::quote::quote(text.as_bytes())
}

impl KubeVersion {
    /// The full version, with a leading `v`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The major version, `1`.
    pub fn major(&self) -> &str {
        &self.major
    }

    /// The minor version, such as `37`.
    pub fn minor(&self) -> &str {
        &self.minor
    }
}

impl Default for KubeVersion {
    /// Kubernetes 1.37.0, which Helm 4.3.1 assumes.
    fn default() -> Self {
        Self {
            version: "v1.37.0".to_owned(),
            normalized: "v1.37.0".to_owned(),
            major: "1".to_owned(),
            minor: "37".to_owned(),
        }
    }
}

impl fmt::Display for KubeVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.normalized)
    }
}

impl FromStr for KubeVersion {
    type Err = KubeVersionError;

    /// Parses two or more numbers with dots between them; what follows is kept but means nothing.
    fn from_str(text: &str) -> Result<Self, KubeVersionError> {
        let trimmed = text.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
        let components = components(trimmed.strip_prefix('v').unwrap_or(trimmed));
        if components.is_empty() {
            return Err(KubeVersionError::NoNumber(text.to_owned()));
        }
        if components.len() < 2 {
            return Err(KubeVersionError::TooShort(text.to_owned()));
        }
        let component = || components[0].to_owned();
        if components[0].starts_with('0') && components[0] != "0" {
            return Err(KubeVersionError::LeadingZero {
                component: component(),
                text: text.to_owned(),
            });
        }
        let mut numbers = Vec::new();
        for each in &components {
            numbers.push(each.parse::<u64>().map_err(|_| KubeVersionError::TooLarge {
                component: (*each).to_owned(),
                text: text.to_owned(),
            })?);
        }
        let joined: Vec<_> = numbers.iter().map(u64::to_string).collect();
        Ok(Self {
            version: if text.starts_with('v') { text.to_owned() } else { format!("v{text}") },
            normalized: format!("v{}", joined.join(".")),
            major: joined[0].clone(),
            minor: joined[1].clone(),
        })
    }
}

/// The numbers at the start of a text, as long as single dots are between them.
fn components(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        found.push(&rest[..end]);
        let Some(after) = rest[end..].strip_prefix('.') else { return found };
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, String, String, String) {
        let version: KubeVersion = text.parse().expect("a version");
        let KubeVersion { version, normalized, major, minor } = version;
        (version, normalized, major, minor)
    }

    #[test]
    fn what_follows_the_numbers_is_kept_only_in_the_full_version() {
        let (full, normalized, major, minor) = parsed("v1.33.4-gke.1245000");
        assert_eq!((full.as_str(), normalized.as_str()), ("v1.33.4-gke.1245000", "v1.33.4"));
        assert_eq!((major.as_str(), minor.as_str()), ("1", "33"));
        assert_eq!(parsed("1.28+").0, "v1.28+");
        assert_eq!(parsed("1.28+").1, "v1.28");
        assert_eq!(parsed("1.20.0").0, "v1.20.0");
    }

    #[test]
    fn other_texts_are_refused_in_kubernetes_words() {
        let error = |text: &str| text.parse::<KubeVersion>().expect_err("no version").to_string();
        assert_eq!(error("abc"), "could not parse \"abc\" as version");
        assert_eq!(error("v1"), "illegal version string \"v1\"");
        assert_eq!(error("\u{b}1.2"), r#"could not parse "\v1.2" as version"#);
        assert_eq!(
            error("1.99999999999999999999"),
            "illegal non-numeric version component \"99999999999999999999\" in \"1.99999999999999999999\": \
             strconv.ParseUint: parsing \"99999999999999999999\": value out of range",
        );
        assert_eq!(error("01.2"), "illegal zero-prefixed version component \"01\" in \"01.2\"");
    }
}
