use std::fs;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::conformance::score::Score;
use crate::conformance::{folder, program};
use crate::peers;
use crate::process::{in_ci, line, output, say};
use crate::workspace::Workspace;

/// Compare with Helm's engine on random templates
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Which random cases
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How many
    #[arg(long, default_value_t = 20_000)]
    count: u64,

    /// Differences to show
    #[arg(long, default_value_t = 10)]
    diffs: usize,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { seed, count, diffs } = arguments;
    let Some(program) = program(workspace, "conformance-micro")? else {
        say("NOT RUN: there is no program conformance-micro yet");
        return Ok(());
    };
    let generator = folder(workspace).join("micro/fuzz_gen.py");
    if !generator.is_file() {
        let text = format!("{} is not there: set RHUMB_CONFORMANCE", generator.display());
        if in_ci() {
            bail!(text);
        }
        say(&format!("NOT RUN: {text}"));
        return Ok(());
    }
    let mut generate = Command::new("python3");
    generate.arg(&generator).args(["--seed", &seed.to_string(), "--count", &count.to_string()]);
    let cases = workspace.target().join(format!("fuzz-{seed}-{count}.jsonl"));
    fs::write(&cases, output(&mut generate)?)?;
    let mut oracle = Command::new(peers::program(workspace, "oracle")?);
    oracle.env("TZ", "UTC").stdin(fs::File::open(&cases)?);
    let answered = output(&mut oracle).with_context(|| line(&oracle))?;
    let score = Score::of(&program, answered.lines(), "")?;
    say(&score.report(*diffs));
    score.verdict().with_context(|| format!("seed {seed}"))
}

/// The run that CI makes.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    run(workspace, &Arguments { seed: 1, count: 20_000, diffs: 10 })
}
