use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::kept;
use crate::process::run;

/// What a build needs beyond `go build`.
#[derive(Debug)]
pub(super) struct Settings {
    tags: &'static str,
    /// Flags for the linker after `-s -w`.
    link: &'static str,
    cgo: bool,
    /// Folders of the main module that the program reads when it runs; they are put beside it.
    files: &'static [&'static str],
}

pub(super) const PLAIN: Settings = Settings { tags: "", link: "", cgo: false, files: &[] };
/// A plain build calls itself `v4.3`, and templates see that.
pub(super) const HELM: Settings =
    Settings { link: "-X helm.sh/helm/v4/internal/version.version=v4.3.1", ..PLAIN };
pub(super) const GITEA: Settings = Settings {
    tags: "sqlite,sqlite_unlock_notify",
    cgo: true,
    files: &["options", "templates", "public"],
    ..PLAIN
};

/// Builds the tool that the recipe's `go.mod` names, or its own main package, into `NAME-KEY/NAME`.
pub(super) fn ensure(name: &str, recipe: &Path, settings: &Settings) -> anyhow::Result<PathBuf> {
    let folder = kept::ensure(name, recipe, &format!("{settings:?}"), |fresh| {
        let package = package(recipe)?;
        let mut build = go(recipe, settings);
        build.args(["build", "-mod=readonly", "-ldflags", &format!("-s -w {}", settings.link)]);
        build.args(["-tags", settings.tags, "-o"]).arg(fresh.join(name)).arg(&package);
        run(&mut build)?;
        settings.files.iter().try_for_each(|files| copy(recipe, settings, &package, files, fresh))
    })?;
    Ok(folder.join(name))
}

fn go(recipe: &Path, settings: &Settings) -> Command {
    let mut command = Command::new("go");
    command.current_dir(recipe).env("GOFLAGS", "-buildvcs=false").env("GOTOOLCHAIN", "local");
    command.env("CGO_ENABLED", if settings.cgo { "1" } else { "0" }).env("GOWORK", "off");
    command
}

/// The package of the `tool` line, or the recipe itself if it has none.
fn package(recipe: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(recipe.join("go.mod")).context("go.mod")?;
    let tool = text.lines().find_map(|line| line.strip_prefix("tool "));
    Ok(tool.unwrap_or(".").trim().to_owned())
}

fn copy(
    recipe: &Path,
    settings: &Settings,
    package: &str,
    files: &str,
    to: &Path,
) -> anyhow::Result<()> {
    let mut list = go(recipe, settings);
    list.args(["list", "-m", "-f", "{{.Dir}}", package]);
    let folder = crate::process::output(&mut list)?;
    // What the module cache holds is read-only, and would be here too.
    let from = Path::new(folder.trim()).join(files);
    run(Command::new("cp").args(["-R", "--no-preserve=mode"]).arg(from).arg(to))
}
