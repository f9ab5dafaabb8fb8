//! Comparison with recorded answers of Helm.

pub(crate) mod score;

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, bail};
use cargo_metadata::TargetKind;

use self::score::Score;
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
/// How many micro cases are known to differ: they are printed each time, and one more fails. Lower it
/// with each that is mended.
const KNOWN: usize = 7;
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
    let cases = workspace.root.join("conformance/micro/cases.jsonl");
    let cases = fs::read_to_string(&cases).with_context(|| cases.display().to_string())?;
    let score = Score::of(&program, cases.lines(), area)?;
    say(&score.report(*diffs));
    score.verdict(KNOWN)
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
