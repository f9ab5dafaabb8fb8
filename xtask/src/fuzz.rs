mod oracle;
pub(crate) mod target;

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context as _, bail};
use serde_json::Value;

use self::oracle::Outcome;
use crate::conformance::score::{Score, ask, id};
use crate::conformance::{folder, program};
use crate::peers;
use crate::process::{in_ci, output, say};
use crate::workspace::Workspace;

/// A second time of day for our engine, in seconds since 1970, which differs from the first in the
/// minute, the weekday and all else: an answer that changes with it tells the time.
const OTHER_CLOCK: &str = "1000000000";
/// Ids of cases that a line about cases left out names.
const NAMED: usize = 5;

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
    let cases = parsed(cases.lines())?;
    let cases: Vec<_> = cases.iter().map(|(case, text)| (id(case), text.as_str())).collect();
    let outcomes = oracle::ask(&peers::program(workspace, "oracle")?, &cases)?;

    let (answered, mut left_out) = answered(&cases, outcomes);
    let answered = parsed(answered.iter().map(String::as_str))?;
    let answered: Vec<Value> = answered.into_iter().map(|(case, _)| case).collect();
    let ours = ask(&mut Command::new(&program), &answered)?;
    let later = ask(Command::new(&program).args(["--clock", OTHER_CLOCK]), &answered)?;
    let (steady, timed): (Vec<_>, Vec<_>) =
        answered.iter().partition(|case| ours.get(id(case)) == later.get(id(case)));
    if !timed.is_empty() {
        left_out.insert("our answer tells the time", timed.into_iter().map(id).collect());
    }

    for (reason, ids) in &left_out {
        let named = ids.iter().copied().take(NAMED).collect::<Vec<_>>().join(", ");
        say(&format!("{} left out, as {reason}: {named}", ids.len()));
    }
    let left_out: usize = left_out.values().map(Vec::len).sum();
    if left_out > cases.len() / 100 {
        bail!("{left_out} of {} cases left out are too many", cases.len());
    }
    let score = Score::of(steady, &ours);
    say(&score.report(*diffs));
    score.verdict().with_context(|| format!("seed {seed}"))
}

/// The answers of Helm's engine, and the ids of the cases that it has none for, by the reason.
fn answered<'a>(
    cases: &[(&'a str, &str)],
    outcomes: Vec<Outcome>,
) -> (Vec<String>, BTreeMap<&'static str, Vec<&'a str>>) {
    let mut left_out = BTreeMap::<_, Vec<&str>>::new();
    let mut answers = Vec::with_capacity(cases.len());
    for ((id, _), outcome) in cases.iter().zip(outcomes) {
        let reason = match outcome {
            Outcome::Answered(answer) => {
                answers.push(answer);
                continue;
            }
            Outcome::Varies => "Helm answers anew each time",
            Outcome::Hangs => "Helm hangs",
            Outcome::Dies => "Helm dies",
        };
        left_out.entry(reason).or_default().push(*id);
    }
    (answers, left_out)
}

/// Cases with their texts, each a line.
fn parsed<'a>(lines: impl Iterator<Item = &'a str>) -> anyhow::Result<Vec<(Value, String)>> {
    let parse = |line: &str| Ok((serde_json::from_str(line).context("a case")?, line.to_owned()));
    lines.map(parse).collect()
}

/// The run that CI makes.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<()> {
    run(workspace, &Arguments { seed: 1, count: 20_000, diffs: 10 })
}
