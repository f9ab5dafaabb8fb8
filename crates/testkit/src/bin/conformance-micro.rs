//! Answers micro cases: reads cases from stdin and writes answers to stdout, a JSON object a line.
//!
//! `--clock SECONDS` gives it another time than the usual, in seconds since 1970.

use std::io::{BufRead as _, Error, Write as _, stdin, stdout};

use rhumb_testkit::conformance::{CLOCK, micro, renderer};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let clock = match arguments.as_slice() {
        [] => Some(CLOCK),
        [flag, seconds] if flag == "--clock" => seconds.parse().ok(),
        _ => None,
    };
    let clock = clock.ok_or_else(|| Error::other("usage: conformance-micro [--clock SECONDS]"))?;
    let renderer = renderer(clock);
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
