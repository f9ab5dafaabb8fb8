use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, bail};

use crate::conformance::score::Score;
use crate::conformance::{folder, program};
use crate::peers;
use crate::process::{in_ci, line, output, say};
use crate::workspace::Workspace;

/// How many cases are known to differ: one of seed 1 prints the time of day, to the minute, so that
/// Helm's two answers are mostly the same and ours, from a fixed clock, is not.
const KNOWN: usize = 1;

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
    let cases = output(&mut generate)?;
    let cases: Vec<&str> = cases.lines().collect();
    let oracle = peers::program(workspace, "oracle")?;
    let (first, second) = (answers(&oracle, &cases)?, answers(&oracle, &cases)?);
    let mut answered = Vec::with_capacity(cases.len());
    for (first, second) in first.into_iter().zip(second) {
        answered.extend(first.filter(|first| second.as_ref() == Some(first)));
    }
    let left_out = cases.len() - answered.len();
    say(&format!("{left_out} cases left out, for which Helm crashes or answers anew each time"));
    if left_out > cases.len() / 100 {
        bail!("{left_out} of {} cases left out are too many", cases.len());
    }
    let score = Score::of(&program, answered.iter().map(String::as_str), "")?;
    say(&score.report(*diffs));
    score.verdict(KNOWN).with_context(|| format!("seed {seed}"))
}

/// What Helm's engine says to each case: nothing where it crashes, as it does when it prints a map
/// that contains itself. Then it goes on behind that case.
fn answers(oracle: &Path, cases: &[&str]) -> anyhow::Result<Vec<Option<String>>> {
    let mut answers = Vec::with_capacity(cases.len());
    while let Some(rest) = cases.get(answers.len()..).filter(|rest| !rest.is_empty()) {
        let mut command = Command::new(oracle);
        command.env("TZ", "UTC").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| line(&command))?;
        let mut stdin = child.stdin.take().context("a pipe")?;
        let output = thread::scope(|scope| {
            // One that ends early is seen by the answers that are missing.
            scope.spawn(move || rest.iter().try_for_each(|case| writeln!(stdin, "{case}")));
            child.wait_with_output()
        })?;
        let text = String::from_utf8(output.stdout).with_context(|| line(&command))?;
        answers.extend(text.lines().map(|answer| Some(answer.to_owned())));
        if !output.status.success() {
            answers.push(None);
        } else if answers.len() != cases.len() {
            bail!("`{}` answered {} of {} cases", line(&command), answers.len(), cases.len());
        }
    }
    Ok(answers)
}

/// The run that CI makes.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    run(workspace, &Arguments { seed: 1, count: 20_000, diffs: 10 })
}
