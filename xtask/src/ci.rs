use std::time::Instant;

use anyhow::bail;
use cargo_metadata::TargetKind;

use crate::process::{cargo, run as run_command, say};
use crate::workspace::Workspace;
use crate::{conformance, dependencies, docs, fuzz, layers, spelling, wasm};

/// Check everything but the tests
///
/// Every step runs, also after one that failed.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Steps to run instead of all
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(STEPS.iter().map(|step| step.0)))]
    steps: Vec<String>,
}

type Step = (&'static str, fn(&Workspace) -> anyhow::Result<()>);

const STEPS: &[Step] = &[
    ("fmt", |workspace| cargo_step(workspace, &["fmt", "--all", "--check"])),
    ("layers", layers::run),
    ("dependencies", dependencies::run),
    ("typos", spelling::run),
    ("clippy", |workspace| {
        let arguments =
            ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        cargo_step(workspace, &arguments)
    }),
    ("doc", doc),
    ("docs", docs::check),
    ("wasm", wasm::run),
    ("benches", benches),
    ("conformance", conformance::check),
    ("fuzz", fuzz::check),
    ("fuzz-targets", fuzz::target::check),
];

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { steps } = arguments;
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        if !steps.is_empty() && !steps.iter().any(|asked| asked == name) {
            continue;
        }
        say(&format!("── {name}"));
        let start = Instant::now();
        match step(workspace) {
            Ok(()) => say(&format!("ok {name} ({:.1} s)", start.elapsed().as_secs_f64())),
            Err(error) => {
                say(&format!("FAILED {name}: {error:#}"));
                failed.push(*name);
            }
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn cargo_step(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<()> {
    run_command(&mut cargo(&workspace.root, arguments))
}

fn doc(workspace: &Workspace) -> anyhow::Result<()> {
    let mut command = cargo(&workspace.root, &["doc", "--workspace", "--no-deps", "--locked"]);
    run_command(command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// Runs each bench once, unoptimised, so that none rots.
fn benches(workspace: &Workspace) -> anyhow::Result<()> {
    let benches = workspace.targets(&TargetKind::Bench);
    if benches.is_empty() {
        say("there are no benches yet");
        return Ok(());
    }
    let mut command = cargo(&workspace.root, &["test", "--locked"]);
    for (package, bench) in benches {
        command.args(["--package", package, "--bench", bench]);
    }
    run_command(&mut command)
}
