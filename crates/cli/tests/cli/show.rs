use crate::support::{Artifact, Home, Registry};

const METADATA: &str = "apiVersion: v2\nappVersion: \"7\"\nname: web\nversion: 1.0.0\n\n";

#[test]
fn shows_the_parts_of_a_chart_wherever_it_is() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    home.run(&["package", "web"]).ok();
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web-1.0.0.tgz", &place, "--plain-http"]).ok();
    let place = format!("{place}/web");
    let parts = [
        ("chart", METADATA),
        ("values", "# How many\nreplicas: 1\n\n"),
        ("readme", "# web\n\n"),
        ("crds", "---\nkind: CustomResourceDefinition\n\n"),
    ];
    let all = format!("{}---\n{}---\n{}{}", parts[0].1, parts[1].1, parts[2].1, parts[3].1);
    for chart in ["web", "web-1.0.0.tgz", &place] {
        for (part, text) in parts {
            assert_eq!(
                home.run(&["show", part, chart, "--plain-http"]).ok(),
                text,
                "{part} {chart}"
            );
        }
        assert_eq!(home.run(&["inspect", "all", chart, "--plain-http"]).ok(), all, "{chart}");
    }
}

#[test]
fn the_metadata_of_a_reference_needs_no_archive() {
    let (home, registry) = (Home::new(), Registry::new());
    let mut chart = Artifact::chart("web", "1.0.0");
    chart.layers.clear();
    chart.push(&registry, "web:1.0.0");
    let place = format!("oci://{}/web", registry.host());
    let shown = home.run(&["show", "chart", &place, "--plain-http"]).ok();
    assert!(shown.contains("description: About web\n"), "{shown}");
    let error = home.run(&["show", "values", &place, "--plain-http"]).error();
    assert!(error.contains("manifest does not contain a layer with mediatype"), "{error}");
}

#[test]
fn what_is_no_chart_is_named() {
    let (home, registry) = (Home::new(), Registry::new());
    Artifact::chart("web", "1.0.0").push(&registry, "web:1.0.0");
    let place = format!("oci://{}/web", registry.host());
    let error = home.run(&["show", "values", &place, "--plain-http"]).error();
    assert!(error.contains("does not appear to be a gzipped archive"), "{error}");
    home.write("empty/x", "");
    let error = home.run(&["show", "all", "empty"]).error();
    assert!(error.starts_with("Error: Chart.yaml file is missing\nhint: "), "{error}");
}

/// As Helm, which minds the version of a chart only where it renders it.
#[test]
fn charts_of_any_version_are_shown() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    for version in ["v3", "v9"] {
        let metadata = format!("apiVersion: {version}\nname: web\nversion: 1.0.0\n");
        home.write("web/Chart.yaml", &metadata);
        assert_eq!(home.run(&["show", "chart", "web"]).ok(), format!("{metadata}\n"));
        assert_eq!(home.run(&["show", "values", "web"]).ok(), "# How many\nreplicas: 1\n\n");
        home.run(&["dependency", "list", "web"]).ok();
    }
}
