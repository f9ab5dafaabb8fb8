use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

/// Returns the folder that was made from `recipe`, made by `make` if it is not there yet.
///
/// `make` fills a folder that no one sees until all is done, so that a run which was killed leaves nothing in the way;
/// a lock lets one of several runs do the work and the others find it done. `settings` and the files of `recipe` are the
/// key: with any other of them, another folder is made.
pub(super) fn ensure(
    name: &str,
    recipe: &Path,
    settings: &str,
    make: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<PathBuf> {
    let root = root()?;
    fs::create_dir_all(&root).with_context(|| root.display().to_string())?;
    let key = format!("{name}-{}", key(recipe, settings)?);
    let folder = root.join(&key);
    if folder.is_dir() {
        return Ok(folder);
    }
    let lock = File::create(root.join(format!("{key}.lock")))?;
    lock.lock().context("lock")?;
    if folder.is_dir() {
        return Ok(folder);
    }
    let fresh = root.join(format!("{key}.unfinished"));
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    fs::create_dir(&fresh)?;
    make(&fresh)?;
    fs::rename(&fresh, &folder)?;
    Ok(folder)
}

/// Where what was made is kept: `RHUMB_PEERS`, or a folder in the user's cache folder.
fn root() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("RHUMB_PEERS") {
        return std::path::absolute(folder).context("RHUMB_PEERS");
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = cache.or(home).context("neither RHUMB_PEERS, XDG_CACHE_HOME nor HOME is set")?;
    Ok(cache.join("rhumb/peers"))
}

/// Sixteen hexadecimal digits that stand for the settings and every file of a recipe.
fn key(recipe: &Path, settings: &str) -> anyhow::Result<String> {
    let entries = fs::read_dir(recipe).with_context(|| recipe.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    let mut hasher = Sha256::new();
    hasher.update(settings);
    for path in paths {
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    let digest = hasher.finalize();
    let start = digest.first_chunk::<8>().context("a digest")?;
    Ok(format!("{:016x}", u64::from_be_bytes(*start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_depends_on_settings_and_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("go.mod");
        fs::write(&file, "module a").unwrap();
        let first = key(folder.path(), "x").unwrap();
        assert_eq!(first, key(folder.path(), "x").unwrap());
        assert_eq!(first.len(), 16);
        assert_ne!(first, key(folder.path(), "y").unwrap());
        fs::write(&file, "module b").unwrap();
        assert_ne!(first, key(folder.path(), "x").unwrap());
    }
}
