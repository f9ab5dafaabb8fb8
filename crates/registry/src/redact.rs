use std::fmt;

use url::Url;

/// A URL that can be shown: without a name and password, and without the values of its query,
/// among which signatures and tokens are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeUrl(String);

/// Query keys whose values are never secret and help to understand an error.
const HARMLESS: &[&str] =
    &["artifactType", "digest", "from", "last", "mount", "n", "ns", "scope", "service"];

impl SafeUrl {
    /// Redacts a URL.
    pub fn new(url: &Url) -> Self {
        let mut safe = url.clone();
        // Only URLs without a host refuse this, and those hold no name either.
        let _ = safe.set_username("");
        let _ = safe.set_password(None);
        safe.set_fragment(None);
        if url.query().is_some() {
            let pairs: Vec<_> = url.query_pairs().collect();
            let mut query = safe.query_pairs_mut();
            query.clear();
            for (key, value) in &pairs {
                let shown = if HARMLESS.contains(&&**key) { value } else { "…" };
                query.append_pair(key, shown);
            }
            drop(query);
            // Readers prefer `sha256:…` to `sha256%3A…`; this text is not sent anywhere.
            let shown = safe.query().unwrap_or_default();
            let shown = shown.replace("%E2%80%A6", "…").replace("%3A", ":").replace("%2F", "/");
            safe.set_query(None);
            return Self(format!("{safe}?{shown}"));
        }
        Self(safe.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_passwords_and_signatures_only() {
        let safe = |url: &str| SafeUrl::new(&url.parse().unwrap()).to_string();
        assert_eq!(
            safe("https://u:p@h:1/v2/a?X-Amz-Signature=abc&n=5#f"),
            "https://h:1/v2/a?X-Amz-Signature=…&n=5"
        );
        assert_eq!(
            safe("http://h/v2/a/blobs/uploads/x?_state=s&digest=sha256:1"),
            "http://h/v2/a/blobs/uploads/x?_state=…&digest=sha256:1"
        );
        assert_eq!(safe("http://h/v2/"), "http://h/v2/");
    }
}
