use std::path::{Path, PathBuf};
use std::process::Command;

use super::kept;
use crate::process::run;

/// Installs `requirements.txt` into an environment of its own, `NAME-KEY`.
pub(super) fn ensure(name: &str, recipe: &Path, program: &str) -> anyhow::Result<PathBuf> {
    let folder = kept::ensure(name, recipe, "python", |fresh| {
        // An environment cannot be moved, as its programs name their interpreter. With `--target` there is none.
        let mut install = Command::new("python3");
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        install.args(["--no-deps", "--root-user-action=ignore", "--target"]).arg(fresh);
        run(install.arg("--requirement").arg(recipe.join("requirements.txt")))
    })?;
    Ok(folder.join("bin").join(program))
}
