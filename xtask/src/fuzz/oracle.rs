//! Helm's engine, which does not come back from every random case.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::process::line;

/// How long Helm's engine may think about a case; it needs a millisecond for most.
const PATIENCE: Duration = Duration::from_secs(10);

/// What Helm's engine makes of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The case with its answer, a JSON object.
    Answered(String),
    /// It answers anew each time it is asked.
    Varies,
    /// It does not come to an end.
    Hangs,
    /// It dies, as of a map that contains itself when that is printed.
    Dies,
}

/// Asks about all cases, given by their ids and as JSON objects; where the engine hangs or dies, a
/// new one goes on behind that case.
pub(super) fn ask(oracle: &Path, cases: &[(&str, &str)]) -> anyhow::Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(cases.len());
    while let Some(rest) = cases.get(outcomes.len()..).filter(|rest| !rest.is_empty()) {
        let (mut found, end) = run(oracle, rest)?;
        let known = rest.iter().map_while(|(id, _)| found.remove(*id));
        outcomes.extend(known);
        match end {
            Some(end) if outcomes.len() < cases.len() => outcomes.push(end),
            None if outcomes.len() < cases.len() => {
                bail!("Helm's engine ended after {} of {} cases", outcomes.len(), cases.len())
            }
            _ => {}
        }
    }
    Ok(outcomes)
}

/// One run of the engine: what it made of the cases that it came to, and what it did on the next.
fn run(
    oracle: &Path,
    cases: &[(&str, &str)],
) -> anyhow::Result<(BTreeMap<String, Outcome>, Option<Outcome>)> {
    let mut command = Command::new(oracle);
    command.env("TZ", "UTC");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| line(&command))?;
    let mut stdin = child.stdin.take().context("a pipe")?;
    let stdout = child.stdout.take().context("a pipe")?;
    let stderr = child.stderr.take().context("a pipe")?;
    let (sender, lines) = channel();
    thread::scope(|scope| {
        // One that ends early is seen by the answers that are missing.
        scope.spawn(move || cases.iter().try_for_each(|(_, case)| writeln!(stdin, "{case}")));
        let dropped = sender.clone();
        scope.spawn(move || read(stdout, &sender));
        scope.spawn(move || read(stderr, &dropped));
        watch(&mut child, &lines)
    })
}

fn read(pipe: impl Read, lines: &Sender<String>) {
    // What comes before an error of the pipe counts.
    let read = BufReader::new(pipe).lines().map_while(Result::ok);
    read.map(|line| lines.send(line)).take_while(Result::is_ok).for_each(drop);
}

/// Takes in what the engine prints until it ends, or ends it when it prints nothing for long.
fn watch(
    child: &mut Child,
    lines: &Receiver<String>,
) -> anyhow::Result<(BTreeMap<String, Outcome>, Option<Outcome>)> {
    let mut found = BTreeMap::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => found.extend(outcome(line)),
            Err(RecvTimeoutError::Disconnected) => {
                let died = !child.wait()?.success();
                return Ok((found, died.then_some(Outcome::Dies)));
            }
            Err(RecvTimeoutError::Timeout) => {
                child.kill()?;
                child.wait()?;
                return Ok((found, Some(Outcome::Hangs)));
            }
        }
    }
}

/// What a line says about which case: an answer, or one that is dropped since it varies. Others are
/// of the trace that the engine leaves when it dies.
fn outcome(line: String) -> Option<(String, Outcome)> {
    if let Some(id) = line.strip_prefix("dropped ") {
        return Some((serde_json::from_str(id).ok()?, Outcome::Varies));
    }
    let answer: serde_json::Value = serde_json::from_str(&line).ok()?;
    Some((answer["id"].as_str()?.to_owned(), Outcome::Answered(line)))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn goes_on_behind_a_case_that_kills_the_engine() {
        let folder = std::env::temp_dir().join(format!("rhumb-oracle-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let engine = folder.join("engine");
        let script = "#!/bin/sh\nwhile read -r case; do case $case in\n\
            *die*) echo 'goroutine stack exceeds' >&2; exit 2;;\n\
            *vary*) echo 'dropped \"vary\"' >&2;;\n\
            *) echo \"$case\";;\nesac; done\n";
        fs::write(&engine, script).unwrap();
        fs::set_permissions(&engine, Permissions::from_mode(0o755)).unwrap();
        let ids = ["a", "vary", "die", "b", "die"];
        let texts = ids.map(|id| format!("{{\"id\":\"{id}\"}}"));
        let cases: Vec<_> = ids.into_iter().zip(texts.iter().map(String::as_str)).collect();
        let outcomes = ask(&engine, &cases);
        fs::remove_dir_all(&folder).unwrap();
        let answered = |index: usize| Outcome::Answered(texts[index].clone());
        let want = [answered(0), Outcome::Varies, Outcome::Dies, answered(3), Outcome::Dies];
        assert_eq!(outcomes.unwrap(), want);
    }
}
