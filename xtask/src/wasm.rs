use std::path::Path;
use std::process::Command;

use crate::layers::sync_packages;
use crate::process::{cargo, output, run as run_command, say};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";
/// Features that need a C compiler or sockets.
const LEFT_OUT: &[&str] = &["crypto", "net"];

/// Builds what is below the async line for a machine without files, threads and sockets.
///
/// Whether the compiler has that target depends on how it was installed; without it this says so and passes, as
/// `layers` compares the dependencies in any case.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    if !installed()? {
        say(&format!("not run: this Rust has no target {TARGET}"));
        return Ok(());
    }
    let mut command =
        cargo(&workspace.root, &["build", "--locked", "--target", TARGET, "--no-default-features"]);
    for package in sync_packages(workspace)? {
        command.args(["--package", package.name.as_str()]);
        let default = package.features.get("default").into_iter().flatten();
        for feature in default.filter(|feature| !LEFT_OUT.contains(&feature.as_str())) {
            command.args(["--features", &format!("{}/{feature}", package.name)]);
        }
    }
    run_command(&mut command)
}

fn installed() -> anyhow::Result<bool> {
    let folder =
        output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(Path::new(folder.trim()).is_dir())
}
