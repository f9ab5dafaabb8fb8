use super::escape::{Part, escape, unescape};
use super::{Url, escaped};

impl Url {
    /// Whether it has a scheme.
    pub fn is_absolute(&self) -> bool {
        !self.scheme.is_empty()
    }

    /// The URL that `reference` means where this one is the base.
    #[must_use]
    pub fn resolve(&self, reference: &Self) -> Self {
        let mut url = reference.clone();
        if !reference.is_absolute() {
            url.scheme.clone_from(&self.scheme);
        }
        if reference.is_absolute() || !reference.host.is_empty() || reference.user.is_some() {
            url.set_escaped_path(resolve_path(&reference.escaped_path(), b""));
            return url;
        }
        if !reference.opaque.is_empty() {
            return url.without_place();
        }
        let is_empty = reference.path.is_empty();
        if is_empty && !reference.has_empty_query && reference.query.is_empty() {
            url.query.clone_from(&self.query);
            if reference.fragment.is_empty() {
                url.fragment.clone_from(&self.fragment);
                url.raw_fragment.clone_from(&self.raw_fragment);
            }
        }
        if is_empty && !self.opaque.is_empty() {
            url.opaque.clone_from(&self.opaque);
            return url.without_place();
        }
        url.host.clone_from(&self.host);
        url.user.clone_from(&self.user);
        url.set_escaped_path(resolve_path(&self.escaped_path(), &reference.escaped_path()));
        url
    }

    /// The path with its escapes.
    pub fn escaped_path(&self) -> Vec<u8> {
        match &*self.path {
            b"*" => b"*".to_vec(),
            path => escaped(path, &self.raw_path, Part::Path),
        }
    }

    fn without_place(mut self) -> Self {
        self.user = None;
        self.host.clear();
        self.path.clear();
        self
    }

    /// Sets the path, which was valid where it came from.
    fn set_escaped_path(&mut self, path: Vec<u8>) {
        self.path = unescape(&path, Part::Path).unwrap_or_default();
        let is_usual = escape(&self.path, Part::Path) == path;
        self.raw_path = if is_usual { Vec::new() } else { path };
    }
}

/// The path that `reference` means below `base`, without `.` and `..`.
fn resolve_path(base: &[u8], reference: &[u8]) -> Vec<u8> {
    let full = match reference.first() {
        None => base.to_vec(),
        Some(b'/') => reference.to_vec(),
        Some(_) => {
            let folder = base.iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
            [&base[..folder], reference].concat()
        }
    };
    if full.is_empty() {
        return full;
    }
    // Without the slash that all begin with.
    let mut path: Vec<u8> = Vec::new();
    let mut is_first = true;
    let mut last: &[u8] = b"";
    for element in full.split(|byte| *byte == b'/') {
        last = element;
        match element {
            b"." => is_first = false,
            b".." => {
                let end = path.iter().rposition(|byte| *byte == b'/');
                is_first = end.is_none();
                path.truncate(end.unwrap_or(0));
            }
            element => {
                if !is_first {
                    path.push(b'/');
                }
                path.extend_from_slice(element);
                is_first = false;
            }
        }
    }
    if matches!(last, b"." | b"..") {
        path.push(b'/');
    }
    if !path.starts_with(b"/") {
        path.insert(0, b'/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(base: &str, reference: &str) -> String {
        let parse = |text: &str| Url::parse(text.as_bytes()).unwrap();
        String::from_utf8(parse(base).resolve(&parse(reference)).print()).unwrap()
    }

    #[test]
    fn references_mean_what_they_mean_to_go() {
        for (reference, want) in [
            ("g", "http://a/b/c/g"),
            ("./g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("", "http://a/b/c/d;p?q"),
            ("..", "http://a/b/"),
            ("../../../g", "http://a/g"),
            ("g/../h", "http://a/b/c/h"),
            ("g%2Fh", "http://a/b/c/g%2Fh"),
            ("mailto:x", "mailto:x"),
            ("g#s", "http://a/b/c/g#s"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), want, "{reference}");
        }
        assert_eq!(resolve("http://a/x%2Fy/", "z"), "http://a/x%2Fy/z");
        assert_eq!(resolve("http://a", "z"), "http://a/z");
    }
}
