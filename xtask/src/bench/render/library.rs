use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::bench::table::{Table, ratio};
use crate::conformance::folder;
use crate::process::{cargo, output, run as run_command};
use crate::workspace::Workspace;

/// Runs that each figure is the fastest of.
const RUNS: &str = "10";
/// How long charts take to load and to render in one process, beside Helm as a library.
pub(super) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let charts = folder(workspace).join("charts");
    let build = ["build", "--locked", "--release", "--package", "rhumb-testkit"];
    run_command(cargo(&workspace.root, &build).args(["--bin", "render-times"]))?;
    let program = workspace.target().join("release/render-times");
    let ours = output(Command::new(program).arg(&charts).arg(RUNS))?;
    let ours: Vec<Value> =
        ours.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("times")?;
    let python = python(workspace)?;
    let index: Value = serde_json::from_slice(&fs::read(charts.join("index.json"))?)?;
    let mut ratios: [Vec<(f64, String)>; 3] = Default::default();
    for times in &ours {
        let (load, render) = helm(&python, workspace, &charts, case(&index, times)?)?;
        let name = format!("{} {}", times["id"], times["case"]).replace('"', "");
        let figures = [("load_ms", load), ("render_ms", render), ("render_again_ms", render)];
        for (ratios, (key, helm)) in ratios.iter_mut().zip(figures) {
            ratios.extend(times[key].as_f64().map(|ours| (helm / ours, name.clone())));
        }
    }
    let mut table = Table::new(&["charts", "times faster", "at least", "of"]);
    let names = ["load", "render", "render, templates known"];
    for (name, ratios) in names.iter().zip(&mut ratios) {
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some((least, slowest)) = ratios.first().cloned() else { bail!("no charts") };
        let mean = geometric_mean(ratios.iter().map(|(ratio, _)| *ratio));
        let count = ratios.len().to_string();
        table.row(name, &[count, ratio(mean, 1.0), ratio(least, 1.0), format!("  {slowest}")]);
    }
    table.print();
    Ok(())
}

fn geometric_mean(ratios: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = u32::try_from(ratios.len().max(1)).map_or(f64::INFINITY, f64::from);
    (ratios.map(f64::ln).sum::<f64>() / count).exp()
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
