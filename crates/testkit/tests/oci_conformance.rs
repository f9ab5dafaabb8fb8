//! The conformance suite of the OCI distribution specification against the embedded registry.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{self, Write as _};
use std::process::Output;

use rhumb_testkit::{Home, Registry, program};

/// What the suite counts.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    tests: u32,
    failures: u32,
    errors: u32,
}

/// Runs the suite for a version of the specification; returns its end and what its report counts.
fn run(version: &str, switches: &[&str]) -> (Output, Counts) {
    let (home, registry) = (Home::new(), Registry::embedded());
    let mut command = home.command(program("oci-conformance"));
    command.env("OCI_REGISTRY", registry.host()).env("OCI_TLS", "disabled");
    command.env("OCI_REPO1", "conformance/one").env("OCI_REPO2", "conformance/two");
    command.env("OCI_VERSION", version).env("OCI_RESULTS_DIR", home.path());
    for switch in switches {
        command.env(switch, "true");
    }
    let output = command.output().unwrap();
    let report = fs::read_to_string(home.path().join("junit.xml")).unwrap();
    let count = |name| attribute(&report, name);
    let counts =
        Counts { tests: count("tests"), failures: count("failures"), errors: count("errors") };
    (output, counts)
}

/// An attribute of the one suite in a report.
fn attribute(report: &str, name: &str) -> u32 {
    let suite = report.split("<testsuite ").nth(1).expect("a suite");
    let (_, value) = suite.split_once(&format!(" {name}=\"")).expect("a count");
    value.split('"').next().unwrap().parse().unwrap()
}

fn assert_conforms(version: &str, switches: &[&str], at_least: u32) {
    let (output, counts) = run(version, switches);
    // Past the capture of test output: these counts are to be seen when all is well, too.
    let mut stdout = io::stdout();
    writeln!(stdout, "OCI conformance {version} {switches:?}: {counts:?}").unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = said.lines().filter(|line| line.contains("FAIL")).collect::<Vec<_>>();
    assert!(output.status.success(), "{counts:?}\n{}", failed.join("\n"));
    assert_eq!((counts.failures, counts.errors), (0, 0), "{}", failed.join("\n"));
    assert!(counts.tests >= at_least, "only {} tests ran", counts.tests);
}

#[test]
#[ignore = "needs oci-conformance"]
fn oci_conformance_1_1() {
    assert_conforms("1.1", &[], 800);
}

#[test]
#[ignore = "needs oci-conformance"]
fn oci_conformance_dev() {
    assert_conforms("dev", &[], 900);
}

/// All that the specification leaves open, but manifests whose blobs are missing: those are refused.
#[test]
#[ignore = "needs oci-conformance"]
fn oci_conformance_with_everything_optional() {
    let switches = [
        "OCI_API_BLOBS_DIGEST_HEADER",
        "OCI_API_BLOBS_UPLOAD_CANCEL",
        "OCI_API_MANIFESTS_DIGEST_HEADER",
        "OCI_API_MANIFESTS_TAG_PARAM",
    ];
    assert_conforms("dev", &switches, 900);
}
