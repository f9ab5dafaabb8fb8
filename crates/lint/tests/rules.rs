//! Charts that break rules, and what is said of them: the texts are Helm 4.3.1's.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rhumb_chart::{SchemaLoader, Values};
use rhumb_lint::{Request, Severity, lint};
use rhumb_render::{KubeVersion, Moment, World};

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

const CHART: &str = "apiVersion: v2\nname: a\nversion: 0.1.0\n";

/// The lines that Helm would print of a chart with these files.
fn lines(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("a folder can be made");
        }
        fs::write(path, text).expect("a file can be written");
    }
    outcome(folder.path()).messages.iter().map(ToString::to_string).collect()
}

fn outcome(path: &Path) -> rhumb_lint::Outcome {
    let world: Arc<dyn World> = Arc::new(Nowhere);
    let (values, kube_version) = (Values::default(), KubeVersion::default());
    let request = Request {
        values: &values,
        namespace: "default",
        kube_version: &kube_version,
        skip_schema: false,
        schemas: &Nowhere,
    };
    lint(path, &request, &world)
}

#[test]
fn a_good_chart_only_lacks_an_icon() {
    let files = [
        ("Chart.yaml", CHART),
        ("values.yaml", "a: 1\n"),
        ("templates/a.yaml", "kind: ConfigMap\nmetadata: {name: x}\n"),
    ];
    assert_eq!(lines(&files), ["[INFO] Chart.yaml: icon is recommended"]);
}

#[test]
fn each_rule_about_the_chart_file_speaks() {
    let chart = "name: \"\"\nversion: 1.10\nappVersion: 2\nfoo: 1\nicon: x\nsources: \
                 [riverrun.io]\nmaintainers: [{name: a, email: b}]\n";
    assert_eq!(
        lines(&[("Chart.yaml", chart)]),
        [
            "[WARNING] Chart.yaml: failed to strictly parse chart metadata file\n\terror \
             unmarshaling JSON: while decoding JSON: json: unknown field \"foo\"",
            "[ERROR] Chart.yaml: name is required",
            "[ERROR] Chart.yaml: apiVersion is required. The value must be either \"v1\" or \"v2\"",
            "[ERROR] Chart.yaml: version should be of type string but it's of type float64",
            "[ERROR] Chart.yaml: appVersion should be of type string but it's of type float64",
            "[ERROR] Chart.yaml: invalid email 'b' for maintainer 'a'",
            "[ERROR] Chart.yaml: invalid source URL 'riverrun.io'",
            "[ERROR] Chart.yaml: invalid icon URL 'x'",
            "[WARNING] Chart.yaml: version '1.1' is not a valid SemVerV2",
            "[INFO] values.yaml: file does not exist",
            "[WARNING] templates/: directory does not exist",
            "[ERROR] : unable to load chart\n\tvalidation: chart.metadata.name is required",
        ]
    );
}

#[test]
fn objects_are_looked_at() {
    let template = "kind: Service\nmetadata: {name: 1a}\n---\napiVersion: apps/v1beta1\nkind: \
                    Deployment\nmetadata: {name: b}\n---\nkind: [1]\n";
    let found =
        lines(&[("Chart.yaml", CHART), ("values.yaml", ""), ("templates/a.yaml", template)]);
    assert!(found[1].starts_with("[WARNING] templates/a.yaml: object name does not conform"));
    assert_eq!(
        found[2..],
        [
            "[WARNING] templates/a.yaml: apps/v1beta1 Deployment is deprecated in v1.8+, \
             unavailable in v1.16+; use apps/v1 Deployment",
            "[ERROR] templates/a.yaml: a Deployment must contain matchLabels or \
             matchExpressions, and \"b\" does not",
            "[ERROR] templates/a.yaml: unable to parse YAML: error unmarshaling JSON: while \
             decoding JSON: json: cannot unmarshal array into Go struct field k8sYamlStruct.Kind \
             of type string",
        ]
    );
}

#[test]
fn warnings_only_count_where_that_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("Chart.yaml"), CHART).expect("a file can be written");
    let outcome = outcome(folder.path());
    assert_eq!(outcome.messages.iter().map(|one| one.severity).max(), Some(Severity::Warning));
    assert!(!outcome.fails(false) && outcome.fails(true));
    let missing = outcome_of_nothing(folder.path());
    assert!(missing.error.is_some_and(|error| error.starts_with("unable to check Chart.yaml")));
}

fn outcome_of_nothing(folder: &Path) -> rhumb_lint::Outcome {
    outcome(&folder.join("nothing"))
}
