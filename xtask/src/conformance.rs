//! Comparison with recorded answers of Helm.

pub(crate) mod score;

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, bail};
use cargo_metadata::TargetKind;
use serde_json::Value;

use self::score::{Score, ask};
use crate::process::{cargo, in_ci, run as run_command, say};
use crate::workspace::Workspace;

/// Compare with the recorded answers of Helm
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only micro cases of areas that start with this
    #[arg(long, default_value = "")]
    area: String,

    /// Differences to show in each area
    #[arg(long, default_value_t = 3)]
    diffs: usize,
}

/// The program that answers micro cases: cases on stdin, answers on stdout, both a JSON object a line.
const MICRO: &str = "conformance-micro";
/// The cases that everyone has, and those that random comparison has found.
const MICRO_CASES: &[&str] = &["cases.jsonl", "found.jsonl"];
/// The program that renders the charts of a folder and compares; it prints its own counts.
const CHARTS: &str = "conformance-charts";

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let micro = micro(workspace, arguments);
    let charts = if arguments.area.is_empty() { charts(workspace) } else { Ok(()) };
    micro.and(charts)
}

/// Runs everything, as `ci` does.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    run(workspace, &Arguments { area: String::new(), diffs: 10 })
}

fn micro(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { area, diffs } = arguments;
    let Some(program) = program(workspace, MICRO)? else {
        say_absent(MICRO);
        return Ok(());
    };
    let mut chosen = Vec::new();
    for file in MICRO_CASES {
        let path = workspace.root.join("conformance/micro").join(file);
        let cases = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for line in cases.lines().filter(|line| !line.trim().is_empty()) {
            let case: Value = serde_json::from_str(line).context("a case")?;
            if case["area"].as_str().is_some_and(|of| of.starts_with(area.as_str())) {
                chosen.push(case);
            }
        }
    }
    if chosen.is_empty() {
        bail!("there are no cases in `{area}`");
    }
    let answers = ask(&mut Command::new(program), &chosen)?;
    let score = Score::of(&chosen, &answers);
    say(&score.report(*diffs));
    score.verdict()
}

fn charts(workspace: &Workspace) -> anyhow::Result<()> {
    let Some(program) = program(workspace, CHARTS)? else {
        say_absent(CHARTS);
        return Ok(());
    };
    let folder = folder(workspace).join("charts");
    if !folder.is_dir() {
        let text = format!("{} is not there: set RHUMB_CONFORMANCE", folder.display());
        if in_ci() {
            bail!(text);
        }
        say(&format!("NOT RUN: charts: {text}"));
        return Ok(());
    }
    run_command(Command::new(program).arg(folder))
}

/// Where the recorded answers are that are not ours to copy: `RHUMB_CONFORMANCE`.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    let default = workspace.root.join("../shared/conformance");
    env::var_os("RHUMB_CONFORMANCE").map_or(default, PathBuf::from)
}

/// Builds a program of `testkit`, if it has one of that name.
pub(crate) fn program(workspace: &Workspace, name: &str) -> anyhow::Result<Option<PathBuf>> {
    let programs = workspace.targets(&TargetKind::Bin);
    let Some((package, _)) = programs.into_iter().find(|(_, bin)| *bin == name) else {
        return Ok(None);
    };
    run_command(&mut cargo(
        &workspace.root,
        &["build", "--locked", "--package", package, "--bin", name],
    ))?;
    Ok(Some(workspace.target().join("debug").join(name)))
}

fn say_absent(name: &str) {
    say(&format!("NOT RUN: there is no program {name} yet"));
}
