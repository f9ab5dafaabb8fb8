use std::process::Command;

use crate::peers;
use crate::process::run as run_command;
use crate::workspace::Workspace;

/// Looks for misspelt words with typos, which comes from PyPI.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let program = peers::program(workspace, "typos")?;
    run_command(Command::new(program).current_dir(&workspace.root))
}
