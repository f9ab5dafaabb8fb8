use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::process::{line, say};

/// What Helm says to a case; an implementation is not told.
const ANSWER: &[&str] = &["ok", "output", "error", "stage"];
/// Characters of a value that a difference shows.
const SHOWN: usize = 400;

/// How answers compare with Helm's.
#[derive(Debug, Default)]
pub(crate) struct Score {
    areas: BTreeMap<String, Area>,
}

#[derive(Debug, Default)]
struct Area {
    cases: usize,
    /// Cases that Helm renders, and how many of them came out the same.
    outputs: (usize, usize),
    /// Cases in which Helm fails, and how many had its text.
    errors: (usize, usize),
    differences: Vec<String>,
}

impl Score {
    /// Compares a program's answers, by the ids of their cases, with Helm's in the cases.
    pub(crate) fn of<'a>(
        cases: impl IntoIterator<Item = &'a Value>,
        answers: &BTreeMap<String, Value>,
    ) -> Self {
        let mut score = Self::default();
        for case in cases {
            score.add(case, answers.get(id(case)));
        }
        score
    }

    fn add(&mut self, case: &Value, answer: Option<&Value>) {
        let area = self.areas.entry(text(case, "area").to_owned()).or_default();
        let renders = case["ok"] == true;
        let (key, counts) =
            if renders { ("output", &mut area.outputs) } else { ("error", &mut area.errors) };
        area.cases += 1;
        counts.0 += 1;
        let same = |answer: &Value| (answer["ok"] == true) == renders && answer[key] == case[key];
        if answer.is_some_and(same) {
            counts.1 += 1;
        } else {
            area.differences.push(difference(case, answer));
        }
    }

    /// A table of the areas, then `shown` differences of each.
    pub(crate) fn report(&self, shown: usize) -> String {
        let mut table = format!("{:24}{:>16}{:>16}\n", "area", "output", "error");
        let mut total = ((0, 0), (0, 0));
        let mut row = |name: &str, outputs: (usize, usize), errors: (usize, usize)| {
            let outputs = format!("{}/{}", outputs.1, outputs.0);
            let errors = format!("{}/{}", errors.1, errors.0);
            writeln!(table, "{name:24}{outputs:>16}{errors:>16}").expect("a string takes all");
        };
        for (name, area) in &self.areas {
            row(name, area.outputs, area.errors);
            total.0 = (total.0.0 + area.outputs.0, total.0.1 + area.outputs.1);
            total.1 = (total.1.0 + area.errors.0, total.1.1 + area.errors.1);
        }
        row("total", total.0, total.1);
        for difference in self.areas.values().flat_map(|area| area.differences.iter().take(shown)) {
            table.push_str(difference);
        }
        table
    }

    /// An error if any answer was not Helm's.
    pub(crate) fn verdict(&self) -> anyhow::Result<()> {
        let differ: usize = self.areas.values().map(|area| area.differences.len()).sum();
        let cases: usize = self.areas.values().map(|area| area.cases).sum();
        if differ > 0 {
            bail!("{differ} of {cases} cases differ from Helm");
        }
        Ok(())
    }
}

/// What a case is called.
pub(crate) fn id(case: &Value) -> &str {
    text(case, "id")
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_default()
}

/// Runs a program over cases, whose answers it is not given: its own, by the ids of their cases. One
/// that it does not give is missing.
pub(crate) fn ask(
    command: &mut Command,
    cases: &[Value],
) -> anyhow::Result<BTreeMap<String, Value>> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().context("a pipe")?;
    let stdout = child.stdout.take().context("a pipe")?;
    let answers = thread::scope(|scope| {
        scope.spawn(move || {
            for case in cases {
                let mut case = case.clone();
                if let Some(case) = case.as_object_mut() {
                    case.retain(|key, _| !ANSWER.contains(&key.as_str()));
                }
                // A program that ends early is seen by the answers that are missing.
                if writeln!(stdin, "{case}").is_err() {
                    break;
                }
            }
        });
        let mut answers = BTreeMap::new();
        for line in BufReader::new(stdout).lines() {
            let answer: Value = serde_json::from_str(&line?).context("an answer")?;
            answers.insert(id(&answer).to_owned(), answer);
        }
        anyhow::Ok(answers)
    })?;
    let status = child.wait()?;
    if !status.success() {
        say(&format!("`{}` ended with {status}", line(command)));
    }
    Ok(answers)
}

fn difference(case: &Value, answer: Option<&Value>) -> String {
    let key = if case["ok"] == true { "output" } else { "error" };
    let asked = case.get("template").or_else(|| case.get("files")).unwrap_or(&Value::Null);
    let have = answer.map(|answer| {
        let key = if answer["ok"] == true { "output" } else { "error" };
        short(&answer[key])
    });
    format!(
        "--- {} ({key})\ncase {}\nwant {}\nhave {}\n",
        id(case),
        short(asked),
        short(&case[key]),
        have.as_deref().unwrap_or("no answer"),
    )
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts_by_area() {
        let mut score = Score::default();
        let renders = json!({ "id": "1", "area": "a", "template": "x", "ok": true, "output": "x" });
        let fails = json!({ "id": "2", "area": "b", "template": "{{", "ok": false, "error": "e" });
        score.add(&renders, Some(&json!({ "id": "1", "ok": true, "output": "x" })));
        score.add(&fails, Some(&json!({ "id": "2", "ok": false, "error": "e" })));
        assert!(score.verdict().is_ok());
        score.add(&renders, Some(&json!({ "id": "1", "ok": true, "output": "y" })));
        score.add(&fails, Some(&json!({ "id": "2", "ok": true, "output": "e" })));
        score.add(&fails, None);
        assert_eq!(score.verdict().unwrap_err().to_string(), "3 of 5 cases differ from Helm");
        let report = score.report(1);
        assert!(
            report.contains(&format!("{:24}{:>16}{:>16}\n", "total", "1/2", "1/3")),
            "{report}"
        );
        assert!(
            report.contains("--- 1 (output)\ncase \"x\"\nwant \"x\"\nhave \"y\"\n"),
            "{report}"
        );
    }
}
