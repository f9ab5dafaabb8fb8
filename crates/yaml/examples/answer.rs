//! Answers the questions of `conformance/yaml/record` in its place, to compare the two at random.
//!
//! Reads JSON lines `{"op": …, "text": …}` (or `base64`) and writes `{"out": …}` or `{"error": …}` for
//! each one.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

#[path = "../tests/support/answer.rs"]
mod answer;

fn main() -> io::Result<()> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let operation = question["op"].as_str().unwrap_or_default();
        let answer = match answer::answer(operation, &answer::input(&question)) {
            Ok(out) => json!({ "out": out }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        writeln!(output, "{answer}")?;
    }
    output.flush()
}
