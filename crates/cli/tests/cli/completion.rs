use rhumb_testkit::ChartFile;

use crate::support::{Artifact, Home, Registry};

fn complete(words: &[&str]) -> String {
    Home::new().run(&[&["__complete"], words].concat()).ok()
}

#[test]
fn tags_of_references_come_newest_first() {
    let registry = Registry::new();
    for tag in ["0.9.0", "0.10.0", "latest", "1.0.0_b"] {
        Artifact::chart("web", tag).push(&registry, &format!("charts/web:{tag}"));
    }
    let place = format!("oci://{}/charts/web", registry.host());
    let offers = |typed: &str| complete(&["pull", "--plain-http", typed]);
    let all = offers(&format!("{place}:"));
    assert_eq!(
        all,
        format!("{place}:1.0.0_b\n{place}:0.10.0\n{place}:0.9.0\n{place}:latest\n:4\n")
    );
    assert_eq!(offers(&format!("{place}:l")), format!("{place}:latest\n:4\n"));
    let versions = complete(&["pull", &place, "--plain-http", "--version", "1"]);
    assert_eq!(versions, "1.0.0+b\n:4\n");
}

#[test]
fn repositories_come_from_the_catalog() {
    let registry = Registry::new();
    Artifact::chart("web", "1.0.0").push(&registry, "charts/web:1.0.0");
    Artifact::chart("db", "1.0.0").push(&registry, "charts/db:1.0.0");
    let place = format!("oci://{}/charts", registry.host());
    let offers = complete(&["pull", "--plain-http", &format!("{place}/w")]);
    assert_eq!(offers, format!("{place}/web\n:6\n"));
}

#[test]
fn a_registry_that_does_not_answer_offers_nothing() {
    assert_eq!(complete(&["pull", "--plain-http", "oci://127.0.0.1:1/web:"]), ":4\n");
}

#[test]
fn subcommands_flags_and_prefixes_are_offered_as_helm_does() {
    assert!(complete(&["registry", "log"]).starts_with("login\t"));
    assert!(complete(&["pull", "--prov"]).starts_with("--prov\t"));
    assert!(complete(&["pull", "oc"]).ends_with("\n:6\n"));
    assert_eq!(complete(&["registry", "logout", "x", ""]), ":4\n");
}

#[test]
fn repositories_their_charts_and_versions_are_offered() {
    let home = Home::new();
    let offers = |words: &[&str]| home.run(&[&["__complete"], words].concat()).ok();
    home.write(
        ".config/helm/repositories.yaml",
        "repositories: [{name: main, url: 'http://a'}, {name: more, url: 'http://b'}]",
    );
    let mut index = String::from("apiVersion: v1\nentries:\n  web:\n");
    for version in ["1.0.0", "1.10.0", "1.9.0"] {
        let entry = ChartFile::small("web", version).index_entry("web.tgz");
        let entry = entry.replace("urls:", "created: '2026-11-05T01:02:03Z', urls:");
        index = format!("{index}  - {entry}\n");
    }
    home.write(".cache/helm/repository/main-index.yaml", index);
    home.write(".cache/helm/repository/more-charts.txt", "db\nweb\n");
    assert_eq!(offers(&["repo", "remove", ""]), "main\thttp://a\nmore\thttp://b\n:4\n");
    assert_eq!(offers(&["repo", "update", "more", ""]), "main\thttp://a\n:4\n");
    assert_eq!(offers(&["repo", "add", ""]), ":4\n");
    assert_eq!(offers(&["pull", "mo"]), "more/\thttp://b\n:6\n");
    assert_eq!(offers(&["show", "chart", "more/"]), "more/db\nmore/web\n:0\n");
    assert_eq!(offers(&["template", "x", "main/w"]), "main/web\n:0\n");
    assert_eq!(offers(&["push", "mo"]), ":0\n", "not a place to push from");
    let version = |number| format!("{number}\tApp: 1.0, Created: November 5, 2026\n");
    let versions = ["1.10.0", "1.9.0", "1.0.0"].map(version).concat();
    for chart in [&["pull", "main/web"][..], &["template", "x", "main/web"]] {
        assert_eq!(offers(&[chart, &["--version", ""]].concat()), format!("{versions}:4\n"));
    }
    assert_eq!(offers(&["pull", "main/none", "--version", ""]), ":4\n");
}
