use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::peers;
use crate::process::{cargo, line, run as run_command, say};
use crate::workspace::Workspace;

/// Runs that each figure is the median of.
const RUNS: usize = 51;

/// How long `version` takes, from start to end of the process.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let ours = rhumb(workspace)?;
    let helm = median(&peers::program(workspace, "helm")?)?;
    let ours = median(&ours)?;
    let ratio = helm.as_secs_f64() / ours.as_secs_f64();
    say(&format!("{:24} {:>10} {:>10} {:>8}", "", "rhumb", "helm", "ratio"));
    say(&format!(
        "{:24} {:>7.1} ms {:>7.1} ms {ratio:>7.1}×",
        "version",
        ours.as_secs_f64() * 1e3,
        helm.as_secs_f64() * 1e3,
    ));
    Ok(())
}

/// The program as users have it.
pub(crate) fn rhumb(workspace: &Workspace) -> anyhow::Result<std::path::PathBuf> {
    run_command(&mut cargo(
        &workspace.root,
        &["build", "--release", "--locked", "--package", "rhumb-cli"],
    ))?;
    Ok(workspace.target().join("release/rhumb"))
}

fn median(program: &Path) -> anyhow::Result<Duration> {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let mut command = Command::new(program);
        command.arg("version").stdout(Stdio::null());
        let start = Instant::now();
        let status = command.status().with_context(|| line(&command))?;
        times.push(start.elapsed());
        if !status.success() {
            bail!("`{}` ended with {status}", line(&command));
        }
    }
    times.sort();
    times.get(RUNS / 2).copied().context("no runs")
}
