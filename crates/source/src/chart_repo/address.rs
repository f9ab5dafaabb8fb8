use rhumb_registry::SafeUrl;
use rhumb_value::url::Url;

use super::ChartRepoError;

/// Takes an address apart as Helm does.
pub(super) fn parse(text: &str) -> Result<Url, ChartRepoError> {
    Url::parse(text.as_bytes()).map_err(|_| ChartRepoError::Address { text: text.to_owned() })
}

/// Checks that a chart repository can be at this address.
///
/// # Errors
///
/// If it is no address, or not one of the web.
pub fn check_repo(text: &str) -> Result<(), ChartRepoError> {
    match &*parse(text)?.scheme {
        b"http" | b"https" => Ok(()),
        // Registries have no index.
        b"oci" => Err(ChartRepoError::RegistryAsRepo { url: text.to_owned() }),
        scheme => Err(ChartRepoError::Handler { scheme: lossy(scheme) }),
    }
}

/// The address that a text in the index of a repository means.
pub(crate) fn join(repo: &str, text: &str) -> Result<String, ChartRepoError> {
    let parse = |text: &str| {
        Url::parse(text.as_bytes())
            .map_err(|why| ChartRepoError::NotAbsolute { text: text.to_owned(), why })
    };
    let reference = parse(text)?;
    if reference.is_absolute() {
        return Ok(text.to_owned());
    }
    let mut base = parse(repo)?;
    for path in [&mut base.path, &mut base.raw_path] {
        if !path.ends_with(b"/") {
            path.push(b'/');
        }
    }
    let mut url = base.resolve(&reference);
    url.query = base.query;
    Ok(lossy(&url.print()))
}

/// The address, or path, of a file below another; `part` may be empty.
pub fn join_path(base: &str, part: &str) -> String {
    let joined = |base: &str| {
        let parts = [base, part].into_iter().filter(|part| !part.is_empty());
        let path = parts.collect::<Vec<_>>().join("/");
        if path.is_empty() { path } else { clean(&path) }
    };
    let Ok(mut url) = Url::parse(base.as_bytes()) else { return joined(base) };
    url.path = joined(&lossy(&url.path)).into_bytes();
    lossy(&url.print())
}

/// Whether two addresses, or paths, are the same but for how they are written.
pub(crate) fn equal(left: &str, right: &str) -> bool {
    let Ok(left_url) = Url::parse(left.as_bytes()) else {
        return clean(left) == clean(right);
    };
    let Ok(right_url) = Url::parse(right.as_bytes()) else { return false };
    let tidy = |mut url: Url| {
        let path = lossy(&url.path);
        url.path = clean(if path.is_empty() { "/" } else { &path }).into_bytes();
        url.print()
    };
    tidy(left_url) == tidy(right_url)
}

/// Whether two addresses are of one server, where ports may be left out.
pub(super) fn same_server(left: &Url, right: &Url) -> bool {
    let port = |url: &Url| {
        let name = url.hostname().len();
        let written = url.host.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        match (&*url.scheme, url.host.len() > name && written.iter().all(u8::is_ascii_digit)) {
            (_, true) => written.to_vec(),
            (b"http", _) => b"80".to_vec(),
            (b"https", _) => b"443".to_vec(),
            _ => Vec::new(),
        }
    };
    left.scheme == right.scheme && left.hostname() == right.hostname() && port(left) == port(right)
}

/// The address without a password, for messages.
pub fn shown(text: &str) -> String {
    let parsed = text.parse::<url::Url>().ok();
    match parsed.filter(|url| !url.username().is_empty() || url.password().is_some()) {
        Some(url) => SafeUrl::new(&url).to_string(),
        None => text.to_owned(),
    }
}

pub(super) fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// A path without `.`, doubled slashes and what `..` takes back.
pub(crate) fn clean(path: &str) -> String {
    lossy(&rhumb_value::path::clean(path.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_index_leads_to_is_relative_to_its_repository() {
        for (repo, text, want) in [
            ("http://e.com/helm", "charts/a.tgz", "http://e.com/helm/charts/a.tgz"),
            ("http://e.com/helm/", "charts/a.tgz", "http://e.com/helm/charts/a.tgz"),
            ("http://e.com", "a.tgz", "http://e.com/a.tgz"),
            ("http://e.com/helm", "/charts/a.tgz", "http://e.com/charts/a.tgz"),
            ("http://e.com/helm?k=v", "a.tgz", "http://e.com/helm/a.tgz?k=v"),
            ("http://e.com/a%2Fb", "c.tgz", "http://e.com/a%2Fb/c.tgz"),
            ("http://e.com/helm", "https://other/a.tgz?x", "https://other/a.tgz?x"),
            ("http://e.com/helm", "oci://r/a:1", "oci://r/a:1"),
            ("http://e.com/helm", "../a.tgz", "http://e.com/a.tgz"),
        ] {
            assert_eq!(join(repo, text).unwrap(), want);
        }
        assert_eq!(
            join("http://e.com", "%zz").unwrap_err().to_string(),
            "failed to parse %zz as URL: parse \"%zz\": invalid URL escape \"%zz\""
        );
    }

    #[test]
    fn addresses_are_compared_without_needless_slashes() {
        assert!(equal("http://e.com", "http://e.com/"));
        assert!(equal("http://e.com/a//b/../c", "http://e.com/a/c"));
        assert!(!equal("http://e.com/a", "https://e.com/a"));
        assert!(equal("%zz/./a", "%zz/a"));
        assert!(!equal("http://e.com", "%zz"));
        let parse = |text: &str| Url::parse(text.as_bytes()).unwrap();
        let same = |left: &str, right: &str| same_server(&parse(left), &parse(right));
        assert!(same("https://e.com/a", "https://e.com:443/b"));
        assert!(!same("https://e.com/a", "https://e.com:8443/b"));
        assert!(!same("https://e.com/a", "http://e.com:443/b"));
        assert!(same("http://[::1]:80", "http://[::1]"));
    }

    #[test]
    fn files_are_below_an_address_or_a_path() {
        for (base, part, want) in [
            ("", "", ""),
            ("", "a.tgz", "a.tgz"),
            ("http://h/x/", "a.tgz", "http://h/x/a.tgz"),
            ("http://h", "a.tgz", "http://h/a.tgz"),
            ("http://h/x?q", "../a", "http://h/a?q"),
            ("x/y", "", "x/y"),
        ] {
            assert_eq!(join_path(base, part), want, "{base} {part}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        assert_eq!(shown("http://u:p@h/a"), "http://h/a");
        assert_eq!(shown("http://h/a?b=c"), "http://h/a?b=c");
    }
}
