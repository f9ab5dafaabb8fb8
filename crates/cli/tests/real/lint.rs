//! Charts of which real Helm and we say the same: those of the rules, and a spread of real ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rhumb_testkit::{Home, program};

/// Each is a way to lint all charts.
const WAYS: &[&[&str]] = &[&[], &["--strict"], &["--quiet"], &["--strict", "--with-subcharts"]];

/// Of the real charts, one of so many is linted.
const SPREAD: usize = 20;

/// What a program printed on each stream, and how it ended.
fn lint(program: &Path, folder: &Path, charts: &[String], flags: &[&str]) -> [String; 3] {
    let home = Home::new();
    let mut command: Command = home.command(program);
    let output = command.current_dir(folder).arg("lint").args(charts).args(flags).output();
    let output = output.expect("an end");
    let text = |bytes: &[u8]| in_order(&String::from_utf8_lossy(bytes));
    [text(&output.stdout), text(&output.stderr), output.status.to_string()]
}

/// A text with problems of schemas in order: Helm has those of a map in any.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for run in lines.chunk_by_mut(|a, b| a.starts_with("- at ") && b.starts_with("- at ")) {
        run.sort_unstable();
    }
    lines.concat()
}

/// Compares all streams, and gives what Helm printed.
fn compare(folder: &Path, charts: &[String], flags: &[&str]) -> String {
    let ours = Path::new(env!("CARGO_BIN_EXE_rhumb"));
    let wanted = lint(&program("helm"), folder, charts, flags);
    let got = lint(ours, folder, charts, flags);
    for (wanted, got) in wanted.iter().zip(&got) {
        for (wanted, got) in wanted.split("==> Linting ").zip(got.split("==> Linting ")) {
            assert_eq!(got, wanted, "with {flags:?}");
        }
        assert_eq!(got, wanted, "with {flags:?}");
    }
    let [stdout, ..] = wanted;
    stdout
}

/// The folders of recorded charts, from the folder that they are in.
fn recorded(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for kind in ["rule", "chart"] {
        for entry in fs::read_dir(folder.join(kind)).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            names.push(format!("{kind}/{}", name.to_string_lossy()));
        }
    }
    names.sort();
    names
}

/// The flags that a recorded chart is linted with.
fn flags(folder: &Path) -> Vec<String> {
    let mut flags = Vec::new();
    let values = folder.join("values.yaml");
    if values.exists() {
        flags.extend(["-f".to_owned(), values.display().to_string()]);
    }
    if let Ok(version) = fs::read_to_string(folder.join("kube-version")) {
        flags.extend(["--kube-version".to_owned(), version.trim().to_owned()]);
    }
    flags
}

#[test]
#[ignore = "needs helm"]
fn helm_says_the_same_of_charts_that_break_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lint/tests");
    let folder = folder.canonicalize().expect("charts");
    let (plain, flagged): (Vec<String>, Vec<String>) =
        recorded(&folder).into_iter().partition(|name| flags(&folder.join(name)).is_empty());
    let charts: Vec<String> = plain.iter().map(|name| format!("{name}/chart")).collect();
    let mut said = String::new();
    for (index, way) in WAYS.iter().enumerate() {
        let printed = compare(&folder, &charts, way);
        if index == 0 {
            said = printed;
        }
    }
    for name in flagged {
        let flags = flags(&folder.join(&name));
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        said.push_str(&compare(&folder, &[format!("{name}/chart")], &flags));
    }
    // What is recorded is still what Helm says.
    let sections: Vec<&str> = said.split("==> Linting ").skip(1).collect();
    for name in recorded(&folder) {
        let text = fs::read_to_string(folder.join(&name).join("helm.txt")).expect("a record");
        let text = in_order(&text);
        let lines = text.split("\n\n").next().unwrap_or_default();
        let lines = lines.strip_prefix("==> Linting chart").unwrap_or_default();
        let whole = folder.join(&name).display().to_string();
        let lines =
            lines.replace("FOLDER", &whole).replace("stat chart/", &format!("stat {name}/chart/"));
        let section = sections.iter().find_map(|text| text.strip_prefix(&format!("{name}/chart")));
        assert!(section.is_some_and(|text| text.starts_with(&*lines)), "{name}: {section:?}");
    }
}

#[test]
#[ignore = "needs helm"]
fn helm_says_the_same_of_real_charts() {
    let Some(folder) = std::env::var_os("RHUMB_CONFORMANCE").map(PathBuf::from) else {
        eprintln!("NOT RUN: RHUMB_CONFORMANCE is not set");
        return;
    };
    let folder = folder.join("charts/charts");
    let entries = fs::read_dir(&folder).expect("charts");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut charts: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    charts.sort();
    let charts: Vec<String> = charts.into_iter().step_by(SPREAD).collect();
    assert!(charts.len() > 10, "{charts:?}");
    for way in WAYS {
        compare(&folder, &charts, way);
    }
}
