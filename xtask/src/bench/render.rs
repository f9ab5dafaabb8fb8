use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::table::{Table, ratio};
use crate::conformance::folder;
use crate::process::{cargo, output, run as run_command, say};
use crate::workspace::Workspace;

/// Runs that each figure is the fastest of.
const RUNS: &str = "10";
/// One chart in so many is measured with Helm in the same run.
const STRIDE: usize = 8;

/// How long charts take to load and to render in one process, beside Helm as a library.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let charts = folder(workspace).join("charts");
    if !charts.is_dir() {
        say(&format!("NOT RUN: {} is not there: set RHUMB_CONFORMANCE", charts.display()));
        return Ok(());
    }
    let build = ["build", "--locked", "--release", "--package", "rhumb-testkit"];
    run_command(cargo(&workspace.root, &build).args(["--bin", "render-times"]))?;
    let program = workspace.target().join("release/render-times");
    let ours = output(Command::new(program).arg(&charts).arg(RUNS))?;
    let ours: Vec<Value> =
        ours.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("times")?;
    let python = python(workspace)?;
    let index: Value = serde_json::from_slice(&fs::read(charts.join("index.json"))?)?;
    let mut load = Vec::new();
    let mut render = Vec::new();
    for times in ours.iter().step_by(STRIDE) {
        let helm = helm(&python, workspace, &charts, case(&index, times)?)?;
        let faster = |ours: &str, helm: f64| Some(helm / times[ours].as_f64()?);
        load.extend(faster("load_ms", helm.0));
        render.extend(faster("render_ms", helm.1));
    }
    let mut table = Table::new(&["charts", "times faster", "at least"]);
    for (name, ratios) in [("load", load), ("render", render)] {
        let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let count = ratios.len().to_string();
        table.row(name, &[count, ratio(geometric_mean(&ratios), 1.0), ratio(least, 1.0)]);
    }
    table.print();
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "there are some hundreds")]
fn geometric_mean(ratios: &[f64]) -> f64 {
    let sum: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    (sum / ratios.len().max(1) as f64).exp()
}

fn case<'v>(index: &'v Value, times: &Value) -> anyhow::Result<&'v Value> {
    let cases = index["cases"].as_array().context("cases")?;
    let found = cases.iter().find(|one| one["id"] == times["id"] && one["case"] == times["case"]);
    found.context("a case that is in the index")
}

/// Milliseconds that Helm takes to load and to render.
fn helm(
    python: &Path,
    workspace: &Workspace,
    charts: &Path,
    case: &Value,
) -> anyhow::Result<(f64, f64)> {
    let path = |key: &str| case[key].as_str().map(|file| charts.join(file));
    let Some(chart) = path("tgz") else { bail!("a case without a chart") };
    let mut command = Command::new(python);
    command.arg(folder(workspace).join("helm_reference.py")).arg("bench").arg(chart);
    if let Some(values) = path("values") {
        command.arg("-f").arg(values);
    }
    command.args(["-n", RUNS]);
    let times: Value = serde_json::from_str(&output(&mut command)?).context("times of Helm")?;
    let number = |key: &str| times[key].as_f64().context("a number");
    Ok((number("load_ms")?, number("render_ms")?))
}

/// A Python that has Helm as a library, made when it is first needed.
fn python(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let home = workspace.target().join("helm-library");
    let python = home.join("bin/python");
    if !python.is_file() {
        run_command(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        run_command(Command::new(&python).args([
            "-m",
            "pip",
            "install",
            "-q",
            "helm-python-sdk==0.2.2",
        ]))?;
    }
    Ok(python)
}
