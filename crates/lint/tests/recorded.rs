//! Charts of which it is recorded what Helm 4.3.1 says.
//!
//! `rule/ID` has a chart that breaks that rule; `chart` has charts that are odd in other ways. A
//! folder holds `chart`, what `helm lint chart` prints in it (`helm.txt`, with `FOLDER` for the
//! whole path of the folder), and if they are to be given, `values.yaml` and `kube-version`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rhumb_chart::{SchemaLoader, Values};
use rhumb_lint::{Outcome, Request, Severity, lint, rules};
use rhumb_render::{KubeVersion, Moment, World};
use rhumb_report::Silent;

/// A rule that Helm has, too, but which no chart that can be loaded breaks.
const UNREACHABLE: &str = "dependency-unique";

#[derive(Debug)]
struct Nowhere;

impl World for Nowhere {
    fn now(&self) -> Moment {
        Moment { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

impl SchemaLoader for Nowhere {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        Err(format!("{url} is not fetched"))
    }
}

fn folders(kind: &str) -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(kind);
    let entries = fs::read_dir(all).expect("a folder of cases");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

fn outcome(folder: &Path) -> Outcome {
    let values = fs::read(folder.join("values.yaml")).unwrap_or_default();
    let values = Values::read(&values, "values.yaml").expect("values");
    let kube_version = fs::read_to_string(folder.join("kube-version"));
    let kube_version: KubeVersion = kube_version
        .map_or_else(|_| KubeVersion::default(), |text| text.trim().parse().expect("a version"));
    let request = Request {
        values: &values,
        namespace: "default",
        kube_version: &kube_version,
        skip_schema: false,
        schemas: &Nowhere,
        reporter: &Silent,
    };
    let world: Arc<dyn World> = Arc::new(Nowhere);
    lint(&folder.join("chart"), &request, &world)
}

/// What Helm prints of an outcome.
fn printed(outcome: &Outcome, folder: &Path) -> String {
    let mut text = "==> Linting chart\n".to_owned();
    for message in &outcome.messages {
        text = format!("{text}{message}\n");
    }
    if let Some(error) = &outcome.error {
        text = format!("{text}Error {error}\n");
    }
    text.push('\n');
    if !outcome.fails(false) {
        text.push_str("1 chart(s) linted, 0 chart(s) failed\n");
    }
    // Helm was given the chart by its name.
    let folder = folder.to_string_lossy();
    text.replace(&format!(": stat {folder}/"), ": stat ").replace(&*folder, "FOLDER")
}

#[test]
fn every_chart_gets_helms_words() {
    let mut differing = Vec::new();
    for folder in folders("rule").iter().chain(&folders("chart")) {
        let recorded = fs::read_to_string(folder.join("helm.txt")).expect("what Helm prints");
        let got = printed(&outcome(folder), folder);
        if got != recorded {
            differing.push(format!("## {}\n{recorded}-- but\n{got}", name(folder)));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn every_rule_has_a_chart_that_breaks_it() {
    let mut without: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    for folder in folders("rule") {
        let id = name(&folder);
        let broken = outcome(&folder).messages.iter().any(|message| message.rule == id);
        assert!(broken, "the chart of {id} does not break it");
        without.remove(&*id);
    }
    assert_eq!(without.into_iter().collect::<Vec<_>>(), [UNREACHABLE]);
}

/// Places as a reader sees them, `FILE:LINE: the line` with what is meant in brackets.
fn places(folder: &Path) -> String {
    let mut text = String::new();
    for message in outcome(folder).messages {
        let Some(span) = &message.span else { continue };
        let outcome = outcome(folder);
        let source = outcome.sources.get(&span.source).cloned().unwrap_or_default();
        let source = String::from_utf8_lossy(&source).into_owned();
        let (start, end) = (span.bytes.start.min(source.len()), span.bytes.end.min(source.len()));
        let line = source[..start].matches('\n').count() + 1;
        let before = source[..start].rsplit('\n').next().unwrap_or_default();
        let meant = source[start..end].lines().next().unwrap_or_default();
        let after = source[start + meant.len()..].lines().next().unwrap_or_default();
        let rule = message.rule;
        text = format!("{text}{rule} {}:{line}: {before}[{meant}]{after}\n", span.source);
    }
    text
}

#[test]
fn messages_about_a_place_have_it() {
    let all = folders("rule");
    let shown: String = all.iter().map(|folder| places(folder)).collect();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places.txt");
    let kept = fs::read_to_string(kept).expect("places");
    assert_eq!(shown, kept);
}

#[test]
fn warnings_only_count_where_that_is_asked_for() {
    let rule = |id: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rule").join(id);
    let outcome = outcome(&rule("templates-folder"));
    assert_eq!(outcome.messages.iter().map(|one| one.severity).max(), Some(Severity::Warning));
    assert!(!outcome.fails(false) && outcome.fails(true));
}
