use crate::support::{Artifact, Home, Ran, Registry, push_index};

fn charts() -> Registry {
    let registry = Registry::new();
    for version in ["0.9.0", "1.0.0", "1.1.0-rc.1", "0.8.0+b1"] {
        let tag = version.replace('+', "_");
        Artifact::chart("web", version).push(&registry, &format!("charts/web:{tag}"));
    }
    Artifact::chart("db", "3.0.0").push(&registry, "charts/db:3.0.0");
    Artifact::image().push(&registry, "charts/web:2.0.0");
    registry
}

fn search(registry: &Registry, what: &str, flags: &[&str]) -> Ran {
    let place = format!("oci://{}{what}", registry.host());
    let mut words = vec!["search", "repo", &place, "--plain-http"];
    words.extend(flags);
    Home::new().run(&words)
}

/// Name and version of each line.
fn found(registry: &Registry, what: &str, flags: &[&str]) -> Vec<String> {
    let output = search(registry, what, &[flags, &["-o", "json"]].concat()).ok();
    let charts: Vec<serde_json::Value> = serde_json::from_str(&output).unwrap();
    let text = |chart: &serde_json::Value| {
        let name = chart["name"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        format!("{name} {}", chart["version"].as_str().unwrap())
    };
    charts.iter().map(text).collect()
}

#[test]
fn lists_the_newest_or_all_in_helms_columns() {
    let registry = charts();
    let name = format!("oci://{}/charts/web", registry.host());
    let padding = " ".repeat(name.len() - 4);
    let head = format!("NAME{padding}\tCHART VERSION\tAPP VERSION\tDESCRIPTION\n");
    assert_eq!(
        search(&registry, "/charts/web", &[]).ok(),
        format!("{head}{name}\t1.0.0        \t7          \tAbout web  \n"),
        "neither the pre-release nor the image"
    );
    let all = search(&registry, "/charts/web", &["--versions"]).ok();
    let versions: Vec<_> =
        all.lines().skip(1).map(|line| line.split('\t').nth(1).unwrap()).collect();
    assert_eq!(versions, ["1.0.0        ", "0.9.0        ", "0.8.0+b1     "]);
}

#[test]
fn versions_can_be_chosen() {
    let registry = charts();
    let web = |flags: &[&str]| found(&registry, "/charts/web", flags);
    assert_eq!(web(&["--devel"]), ["web 1.1.0-rc.1"]);
    assert_eq!(web(&["--version", "<1"]), ["web 0.9.0"]);
    assert_eq!(web(&["--version", "<1", "-l"]), ["web 0.9.0", "web 0.8.0+b1"]);
    assert_eq!(found(&registry, "/charts/web:0.9.0", &[]), ["web 0.9.0"]);
}

#[test]
fn a_prefix_or_a_registry_lists_its_charts() {
    let registry = charts();
    for what in ["/charts", "/charts/", "", "/"] {
        assert_eq!(found(&registry, what, &[]), ["db 3.0.0", "web 1.0.0"], "{what}");
    }
}

#[test]
fn json_has_helms_fields_and_two_more() {
    let registry = charts();
    let output = search(&registry, "/charts/db", &["-o", "json"]).ok();
    let host = registry.host();
    let (before, digest) = output.split_once(r#""digest":"sha256:"#).unwrap();
    assert_eq!(
        before,
        format!(
            r#"[{{"name":"oci://{host}/charts/db","version":"3.0.0","app_version":"7","description":"About db","created":"2026-01-02T03:04:05Z","#
        )
    );
    assert_eq!(digest.len(), "\"}]\n".len() + 64);
}

#[test]
fn nothing_found_is_told_and_fails_if_asked_to() {
    let registry = charts();
    let flags = ["--version", "^9"];
    assert_eq!(search(&registry, "/charts/web", &flags).ok(), "No results found\n");
    assert_eq!(search(&registry, "/charts/web", &["--version", "^9", "-o", "json"]).ok(), "[]\n");
    let error =
        search(&registry, "/charts/web", &["--version", "^9", "--fail-on-no-result"]).error();
    assert_eq!(error, "Error: no results found\n");
    let error = search(&registry, "/nope", &[]).error();
    assert!(error.contains("nope") && error.contains("\nhint: check the name"), "{error}");
}

#[test]
fn cells_are_cut_at_the_width_asked_for() {
    let registry = charts();
    let output = search(&registry, "/charts/web", &["--max-col-width", "10"]).ok();
    assert_eq!(output.lines().next().unwrap(), "NAME      \tCHART V...\tAPP VER...\tDESCRIP...");
}

#[test]
fn an_index_is_listed_by_its_chart() {
    let registry = Registry::new();
    let chart = Artifact::chart("web", "1.0.0").push(&registry, "web:chart");
    let image = Artifact::image().push(&registry, "web:image");
    push_index(&registry, "web:1.0.0", vec![image, chart]);
    assert_eq!(found(&registry, "/web", &["-l"]), ["web 1.0.0"]);
}

#[test]
fn yaml_has_sorted_keys() {
    let registry = charts();
    let yaml = search(&registry, "/charts/db", &["-o", "yaml"]).ok();
    assert!(yaml.starts_with("- app_version: \"7\"\n"), "{yaml}");
    assert!(yaml.contains("\n  version: 3.0.0\n"), "{yaml}");
}
