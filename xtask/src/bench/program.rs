use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tempfile::TempDir;

use crate::process::{cargo, line, run as run_command};
use crate::service::{Service, free_address, memory};
use crate::workspace::Workspace;

/// A program to measure, with a home folder of its own.
#[derive(Debug)]
pub(super) struct Program {
    path: PathBuf,
    home: TempDir,
}

/// What one run cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    pub(super) time: Duration,
    /// The most memory it was seen to hold, in bytes.
    pub(super) memory: u64,
}

impl Program {
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        Ok(Self { path: path.to_owned(), home: tempfile::tempdir()? })
    }

    /// A folder of its own.
    pub(super) fn folder(&self) -> &Path {
        self.home.path()
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.env("HOME", self.home.path()).current_dir(self.home.path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub(super) fn run(&self, arguments: &[&str]) -> anyhow::Result<Cost> {
        let mut command = self.command(arguments);
        command.stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status().with_context(|| line(&command))?;
        let time = start.elapsed();
        if !status.success() {
            bail!("`{}` ended with {status}", line(&command));
        }
        Ok(Cost { time, memory: 0 })
    }

    /// Runs it to its end and watches its memory.
    pub(super) fn watch(&self, arguments: &[&str]) -> anyhow::Result<Cost> {
        let mut command = self.command(arguments);
        let start = Instant::now();
        let mut child: Child =
            command.stderr(Stdio::null()).spawn().with_context(|| line(&command))?;
        let mut peak = 0;
        let status = loop {
            peak = peak.max(memory(child.id(), "VmHWM").unwrap_or_default());
            if let Some(status) = child.try_wait()? {
                break status;
            }
            thread::sleep(Duration::from_millis(1));
        };
        if !status.success() {
            bail!("`{}` ended with {status}", line(&command));
        }
        Ok(Cost { time: start.elapsed(), memory: peak })
    }
}

/// Builds the program and installs it, as users have it: a file that a linker wrote piece by piece
/// takes the system longer to map than a copy of it.
pub(super) fn rhumb(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    run_command(&mut cargo(
        &workspace.root,
        &["build", "--quiet", "--release", "--locked", "--package", "rhumb-cli"],
    ))?;
    let installed = workspace.target().join("bench/rhumb");
    let made = installed.parent().map_or(Ok(()), fs::create_dir_all);
    let copied = made.and_then(|()| fs::copy(workspace.target().join("release/rhumb"), &installed));
    copied.with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(installed)
}

/// Starts the embedded registry over a folder, or `memory`.
pub(super) fn serve(rhumb: &Path, storage: &Path, log: &Path) -> anyhow::Result<Service> {
    let address = free_address()?;
    let mut command = Command::new(rhumb);
    command
        .args(["registry", "serve", "--address", &address.to_string(), "--storage"])
        .arg(storage);
    Service::start(&mut command, address, log)
}

/// The middle of some figures.
pub(super) fn median(mut figures: Vec<Duration>) -> anyhow::Result<Duration> {
    figures.sort();
    figures.get(figures.len() / 2).copied().context("no runs")
}
