use std::path::{Component, Path, PathBuf};

/// A path without `.`, and without `..` where it follows a name: as Go's `filepath.Clean`, by
/// which Helm tidies the paths in its messages.
///
/// ```
/// # use std::path::Path;
/// assert_eq!(rhumb_chart::clean_path(Path::new("./a/../b")), Path::new("b"));
/// ```
pub fn clean_path(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match (part, clean.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                clean.pop();
            }
            _ => clean.push(part),
        }
    }
    clean
}
