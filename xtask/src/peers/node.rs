use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::kept;
use crate::process::run;

/// Installs `package-lock.json` into a folder of its own, `NAME-KEY`.
pub(super) fn ensure(name: &str, recipe: &Path, program: &str) -> anyhow::Result<PathBuf> {
    let folder = kept::ensure(name, recipe, "node", |fresh| {
        for file in ["package.json", "package-lock.json"] {
            fs::copy(recipe.join(file), fresh.join(file))?;
        }
        let mut install = Command::new("npm");
        install.args(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]);
        run(install.current_dir(fresh))
    })?;
    Ok(folder.join("node_modules/.bin").join(program))
}
