use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::process::{cargo, output, run as run_command, say};
use crate::workspace::Workspace;

/// Write the reference pages in docs/reference
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Compare instead of writing
    #[arg(long)]
    check: bool,
}

/// Where the pages are, from the root.
const FOLDER: &str = "docs/reference";

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    if arguments.check {
        return check(workspace);
    }
    let folder = workspace.root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    write(workspace, &folder)
}

/// Fails if a page is not what the program writes today.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    let fresh = workspace.target().join("reference");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    fs::create_dir_all(&fresh)?;
    write(workspace, &fresh)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(&fresh)? {
        names.push(entry?.file_name());
    }
    names.sort();
    for name in &names {
        let kept = workspace.root.join(FOLDER).join(name);
        let text = fs::read(&kept)
            .with_context(|| format!("{} (run `cargo xtask docs`)", kept.display()))?;
        if text != fs::read(fresh.join(name))? {
            bail!("{FOLDER}/{} is out of date: run `cargo xtask docs`", name.display());
        }
    }
    say(&format!("{} pages are up to date", names.len()));
    Ok(())
}

fn write(workspace: &Workspace, folder: &Path) -> anyhow::Result<()> {
    let arguments =
        ["run", "--quiet", "--locked", "--package", "rhumb-cli", "--bin", "rhumb", "--"];
    let mut command = cargo(&workspace.root, &arguments);
    run_command(command.args(["docs", "--type", "page", "--dir"]).arg(folder))?;
    let arguments =
        ["run", "--quiet", "--locked", "--package", "rhumb-testkit", "--bin", "function-reference"];
    let page = output(&mut cargo(&workspace.root, &arguments))?;
    Ok(fs::write(folder.join("functions.md"), page)?)
}
