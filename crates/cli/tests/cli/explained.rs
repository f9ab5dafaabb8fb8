//! Failures as they are explained, and values: each case is a file in `tests/explained`.
//!
//! A case begins with a command line; `=== PATH` starts a file, and `=== output` what the command
//! prints on both streams. With `RHUMB_RECORD=1` the output is written anew, to be looked at.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Home;

const OUTPUT: &str = "output";

/// Files that a case need not have.
const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

struct Case {
    path: PathBuf,
    /// Everything before the output.
    input: String,
    output: String,
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a case");
        let (input, output) = text.split_once("=== output\n").unwrap_or((&text, ""));
        Self { path: path.to_owned(), input: input.to_owned(), output: output.to_owned() }
    }

    fn run(&self) -> String {
        let home = Home::new();
        home.write("web/Chart.yaml", CHART);
        home.write("web/values.yaml", "");
        let mut sections = self.input.split("=== ");
        let command = sections.next().expect("a command").trim();
        for section in sections {
            let (path, text) = section.split_once('\n').expect("a name and a text");
            assert_ne!(path, OUTPUT);
            home.write(path, text);
        }
        let words: Vec<&str> =
            command.strip_prefix("$ rhumb ").expect("`$ rhumb`").split(' ').collect();
        let ran = home.run(&words);
        ran.stdout + &ran.stderr
    }
}

#[test]
fn every_case_prints_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explained");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let record = std::env::var_os("RHUMB_RECORD").is_some();
    let mut differing = Vec::new();
    for case in paths.iter().map(|path| Case::read(path)) {
        let got = case.run();
        if record {
            fs::write(&case.path, format!("{}=== output\n{got}", case.input)).unwrap();
        } else if got != case.output {
            differing.push(format!("## {}\n{}-- but\n{got}", case.path.display(), case.output));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
