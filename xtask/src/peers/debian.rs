use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::{env, fs};

use anyhow::{Context as _, bail};

use crate::process::{in_ci, run};

/// One installation at a time, as dpkg wants it; says whether the lists of packages are fresh.
static APT: Mutex<bool> = Mutex::new(false);

/// Finds a program on the path, and installs its package if there is none.
///
/// Only root in a container or CI installs; anyone else is told the line to run.
pub(super) fn ensure(package: &str, program: &str) -> anyhow::Result<PathBuf> {
    if let Some(path) = on_path(program) {
        return Ok(path);
    }
    if !may_install() {
        bail!("run `sudo apt-get install --no-install-recommends {package}`");
    }
    let mut updated = APT.lock().map_err(|_| anyhow::anyhow!("an installation broke off"))?;
    if !*updated {
        run(apt().args(["update", "-qq"]))?;
        *updated = true;
    }
    run(apt().args(["install", "-qq", "--yes", "--no-install-recommends", package]))?;
    on_path(program).with_context(|| format!("{package} has no program {program}"))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    // A service that starts by itself would take a port and files.
    command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    command.args(["-o", "DPkg::Lock::Timeout=300"]);
    command
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn may_install() -> bool {
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let debian = Path::new("/etc/debian_version").exists();
    debian && (root || in_ci())
}
