mod commands;
mod library;

use crate::conformance::folder;
use crate::process::say;
use crate::workspace::Workspace;

/// How long real charts take to load and to render, in one process and as whole commands.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let charts = folder(workspace).join("charts");
    if !charts.is_dir() {
        say(&format!("NOT RUN: {} is not there: set RHUMB_CONFORMANCE", charts.display()));
        return Ok(());
    }
    commands::run(workspace, &charts.join("charts"))?;
    library::run(workspace)
}
