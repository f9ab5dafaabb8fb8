//! Answers micro cases: reads cases from stdin and writes answers to stdout, a JSON object a line.

use std::io::{BufRead as _, Write as _, stdin, stdout};

use rhumb_testkit::conformance::{micro, renderer};

fn main() -> std::io::Result<()> {
    let renderer = renderer();
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let case = serde_json::from_str(&line)?;
        writeln!(out, "{}", micro::answer(&renderer, &case))?;
        out.flush()?;
    }
    Ok(())
}
