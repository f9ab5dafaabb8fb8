//! Paths as Go's `path` and `path/filepath` tidy them.

use std::path::{Component, Path, PathBuf};

/// The shortest path with slashes that means the same: Go's `path.Clean`.
///
/// ```
/// assert_eq!(rhumb_value::path::clean(b"a/../b//c"), b"b/c");
/// ```
pub fn clean(path: &[u8]) -> Vec<u8> {
    let is_rooted = path.first() == Some(&b'/');
    let mut kept: Vec<&[u8]> = Vec::new();
    for element in path.split(|byte| *byte == b'/') {
        match element {
            b"" | b"." => {}
            b".." if kept.last().is_some_and(|last| *last != b"..") => {
                kept.pop();
            }
            b".." if is_rooted => {}
            _ => kept.push(element),
        }
    }
    let joined = kept.join(&b'/');
    match (is_rooted, joined.is_empty()) {
        (true, _) => [b"/", &*joined].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}

/// A path of this system without `.`, and without `..` where it follows a name, as Go's
/// `filepath.Clean` makes it. What comes to nothing is empty here, and `.` there.
///
/// ```
/// # use std::path::Path;
/// # use rhumb_value::path::clean_system;
/// assert_eq!(clean_system(Path::new("./a/../b")), Path::new("b"));
/// ```
pub fn clean_system(path: &Path) -> PathBuf {
    let mut kept: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, kept.last()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                kept.pop();
            }
            _ => kept.push(part),
        }
    }
    kept.iter().collect()
}
