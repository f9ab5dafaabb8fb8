//! Paths with slashes, and paths of files, which have them too.

use rhumb_gotmpl::{Func, func};
use rhumb_value::{Text, path};

/// `base PATH`: its last element.
///
/// `{{ base "a/b.txt" }}` gives `b.txt`.
fn base(path: &Text) -> Text {
    let path = path.as_bytes();
    if path.is_empty() {
        return ".".into();
    }
    let end = path.iter().rposition(|byte| *byte != b'/');
    let Some(end) = end else { return "/".into() };
    let start = path[..end].iter().rposition(|byte| *byte == b'/');
    path[start.map_or(0, |slash| slash + 1)..=end].into()
}

/// `dir PATH`: all but its last element.
///
/// `{{ dir "a/b.txt" }}` gives `a`.
fn dir(path: &Text) -> Text {
    let path = path.as_bytes();
    let end = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    path::clean(&path[..end]).into()
}

/// `clean PATH`: the shortest that means the same.
///
/// `{{ clean "a/../b//c" }}` gives `b/c`.
fn clean(path: &Text) -> Text {
    path::clean(path.as_bytes()).into()
}

/// `ext PATH`: its extension with the dot.
///
/// `{{ ext "a/b.txt" }}` gives `.txt`.
fn ext(path: &Text) -> Text {
    let path = path.as_bytes();
    match path.iter().rposition(|byte| *byte == b'.' || *byte == b'/') {
        Some(dot) if path[dot] == b'.' => path[dot..].into(),
        _ => "".into(),
    }
}

/// `isAbs PATH`: whether it starts at the root.
///
/// `{{ isAbs "/a" }}` gives `true`.
fn is_abs(path: &Text) -> bool {
    path.as_bytes().starts_with(b"/")
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("base", base, [path]),
    func!("clean", clean, [path]),
    func!("dir", dir, [path]),
    func!("ext", ext, [path]),
    func!("isAbs", is_abs, [path]),
    func!("osBase", base, [path]),
    func!("osClean", clean, [path]),
    func!("osDir", dir, [path]),
    func!("osExt", ext, [path]),
    func!("osIsAbs", is_abs, [path]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shortened() {
        for (path, want) in [
            ("", "."),
            ("/", "/"),
            ("//a/../b/./c/", "/b/c"),
            ("../a/../..", "../.."),
            ("/..", "/"),
            ("a/..", "."),
        ] {
            assert_eq!(clean(&path.into()), want.into(), "{path}");
        }
        assert_eq!(base(&"a/b//".into()), "b".into());
        assert_eq!(ext(&"a.d/b".into()), "".into());
    }
}
