//! Short runs of the fuzz targets, which are a workspace of their own in `fuzz/`.
//!
//! Any Rust can build them so that they go by what the inputs reach; `cargo +nightly fuzz run NAME`,
//! there, also watches the memory.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::process::{cargo, line, output, run as run_command, say};
use crate::workspace::Workspace;

/// What makes a program tell its fuzzer which branches an input takes.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
/// Seconds that each target runs.
const SECONDS: u32 = 10;
/// Targets that run at once.
const WORKERS: usize = 2;
/// The most seeds of a target, evenly taken from the recorded cases.
const SEEDS: usize = 500;

/// A target, and the recorded cases that its seeds are.
struct Target {
    name: &'static str,
    /// A file of `conformance/`, and the field of its cases that is the input.
    seeds: Option<(&'static str, &'static str)>,
    /// A file of `fuzz/dictionaries`.
    dictionary: Option<&'static str>,
}

const TARGETS: &[Target] = &[
    Target {
        name: "evaluate",
        seeds: Some(("sprig/cases.jsonl", "template")),
        dictionary: Some("template"),
    },
    Target {
        name: "template",
        seeds: Some(("gotmpl/cases.jsonl", "template")),
        dictionary: Some("template"),
    },
    Target { name: "yaml", seeds: Some(("yaml/read.jsonl", "text")), dictionary: Some("yaml") },
    Target { name: "set", seeds: Some(("set/cases.jsonl", "argument")), dictionary: None },
    Target { name: "archive", seeds: None, dictionary: Some("archive") },
    Target { name: "signing", seeds: None, dictionary: None },
];

/// Builds all targets and runs each for some seconds.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    let host = host()?;
    // With a target named, build scripts and macros are not built with the flags. The lock file of
    // this workspace need not know of a dependency that a crate has got since.
    let mut build = cargo(&workspace.root.join("fuzz"), &["build", "--bins"]);
    build.arg("--target").arg(&host).arg("--target-dir").arg(folder(workspace));
    run_command(build.env("RUSTFLAGS", FLAGS))?;
    let programs = folder(workspace).join(host).join("debug");
    let queue = Mutex::new(TARGETS.iter().collect::<VecDeque<_>>());
    let work = || {
        let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
        let ran =
            std::iter::from_fn(next).map(|target| (target.name, run(workspace, target, &programs)));
        ran.collect::<Vec<_>>()
    };
    let ran: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    if ran.len() != TARGETS.len() {
        bail!("{} of {} targets ran", ran.len(), TARGETS.len());
    }
    let mut failed = Vec::new();
    for (name, result) in ran {
        match result {
            Ok(summary) => say(&format!("{name}: {summary}")),
            Err(error) => failed.push(format!("{name}: {error:#}")),
        }
    }
    if !failed.is_empty() {
        bail!("{}", failed.join("\n"));
    }
    Ok(())
}

/// Where the targets are built, and leave inputs that they fail on.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("fuzz")
}

/// What Rust calls this machine.
fn host() -> anyhow::Result<String> {
    let text = output(Command::new("rustc").arg("-vV"))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}

/// Runs a target; its summary, or what it printed last when it found something.
fn run(workspace: &Workspace, target: &Target, programs: &Path) -> anyhow::Result<String> {
    let folder = folder(workspace);
    let seeds = folder.join("seeds").join(target.name);
    write_seeds(workspace, target, &seeds)?;
    let mut command = Command::new(programs.join(target.name));
    command.args(["-timeout=10", "-rss_limit_mb=2048"]);
    command.arg(format!("-max_total_time={SECONDS}"));
    command.arg(format!("-artifact_prefix={}/{}-", folder.display(), target.name));
    if let Some(name) = target.dictionary {
        let dictionary = workspace.root.join("fuzz/dictionaries").join(name);
        command.arg(format!("-dict={}", dictionary.display()));
    }
    let ran = command.arg(&seeds).stdout(Stdio::null()).output();
    let ran = ran.with_context(|| line(&command))?;
    let text = String::from_utf8_lossy(&ran.stderr);
    let lines: Vec<&str> = text.lines().collect();
    if !ran.status.success() {
        bail!("{}", lines[lines.len().saturating_sub(40)..].join("\n"));
    }
    Ok(lines.last().copied().unwrap_or_default().to_owned())
}

/// Makes a folder with an input in each file.
fn write_seeds(workspace: &Workspace, target: &Target, seeds: &Path) -> anyhow::Result<()> {
    if seeds.is_dir() {
        fs::remove_dir_all(seeds)?;
    }
    fs::create_dir_all(seeds)?;
    let Some((file, field)) = target.seeds else { return Ok(()) };
    let path = workspace.root.join("conformance").join(file);
    let cases = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let cases: Vec<&str> = cases.lines().collect();
    let step = cases.len().div_ceil(SEEDS);
    for (index, case) in cases.into_iter().step_by(step.max(1)).enumerate() {
        let case: Value = serde_json::from_str(case).context("a case")?;
        if let Some(input) = case[field].as_str() {
            fs::write(seeds.join(index.to_string()), input)?;
        }
    }
    Ok(())
}
