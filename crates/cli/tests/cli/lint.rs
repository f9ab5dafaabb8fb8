use crate::support::Home;

#[test]
fn reports_in_helms_form() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/templates/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    home.write("web/crds/crd.yaml", "");
    assert_eq!(
        home.run(&["lint", "web"]).ok(),
        "==> Linting web\n[INFO] Chart.yaml: icon is recommended\n\n1 chart(s) linted, 0 chart(s) failed\n"
    );
    assert_eq!(home.run(&["lint", "web", "--quiet"]).ok(), "");
    let json: serde_json::Value =
        serde_json::from_str(&home.run(&["lint", "web", "-o", "json"]).ok()).unwrap();
    assert_eq!(json[0]["messages"][0]["severity"], "INFO");
}

#[test]
fn fails_on_errors_and_if_asked_to_on_warnings() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/templates/a.yaml", "a: [\n");
    let ran = home.run(&["lint", "web"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (Some(1), "Error: 1 chart(s) linted, 1 chart(s) failed\n")
    );
    assert!(ran.stdout.contains("[ERROR] templates/"), "{ran:?}");
    std::fs::remove_dir_all(home.join("web/templates")).unwrap();
    std::fs::remove_dir_all(home.join("web/crds")).unwrap();
    home.run(&["lint", "web"]).ok();
    assert_eq!(home.run(&["lint", "web", "--strict"]).code, Some(1));
}

#[test]
fn sarif_names_the_rule_and_the_file() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/templates/a.yaml", "a: [\n");
    let ran = home.run(&["lint", "web", "nowhere", "-o", "sarif"]);
    assert_eq!(ran.code, Some(1));
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
    }
    let of = |level: &str| {
        let found = results.iter().filter(|result| result["level"] == level);
        found
            .map(|result| {
                let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
                place.as_str().unwrap().to_owned()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(of("note"), ["web/Chart.yaml"]);
    assert!(of("error").iter().any(|place| place.starts_with("web/templates/")), "{results:?}");
    assert!(of("error").contains(&"nowhere".to_owned()), "{results:?}");
}

#[test]
fn charts_within_and_what_templates_let_pass() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.chart("web/charts/db", "1.0.0");
    home.write(
        "web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: 1.0.0, repository: 'file://x'}]\n",
    );
    home.write("web/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
    home.write(
        "web/templates/a.yaml",
        "{{ fail \"no way\" }}{{ required \"x\" nil }}{{ required \"y=\" \"\" }}",
    );
    home.write("web/charts/db/templates/a.yaml", "");
    home.write("web/crds/crd.yaml", "");
    home.write("web/charts/db/crds/crd.yaml", "");
    let ran = home.run(&["lint", "web", "--with-subcharts"]);
    assert!(ran.stdout.contains("==> Linting web/charts/db\n"), "{ran:?}");
    assert!(ran.stdout.contains("2 chart(s) linted"), "{ran:?}");
    assert_eq!(
        ran.stderr,
        "level=INFO msg=\"funcMap fail\" message=\"no way\"\nlevel=WARN msg=\"missing required value\" message=x\nlevel=WARN msg=\"missing required values\" message=\"y=\"\n"
    );
    let nowhere = home.run(&["lint", "./a/../nowhere"]);
    assert!(
        nowhere.stdout.contains("chart: stat nowhere/Chart.yaml: no such file or directory"),
        "{nowhere:?}"
    );
}

/// Helm puts the defaults of a chart into the maps that it was given, and lints on with those.
#[test]
fn given_maps_keep_the_defaults_of_charts_before() {
    let home = Home::new();
    for (name, values) in [("one", "m: {a: 1, b: null}\n"), ("two", "m: {c: 2}\ntop: 1\n")] {
        home.chart(name, "1.0.0");
        home.write(&format!("{name}/values.yaml"), values);
        home.write(&format!("{name}/templates/a.yaml"), "{{ .Values | toJson | fail }}");
    }
    let given = "{\"m\": {\"g\": 3}, \"top\": null}";
    let ran = home.run(&["lint", "one", "two", "--set-json", given]);
    assert_eq!(
        ran.stderr,
        "level=INFO msg=\"funcMap fail\" message=\"{\\\"m\\\":{\\\"a\\\":1,\\\"b\\\":null,\\\"g\\\":3},\\\"top\\\":null}\"\n\
         level=INFO msg=\"funcMap fail\" message=\"{\\\"m\\\":{\\\"a\\\":1,\\\"b\\\":null,\\\"c\\\":2,\\\"g\\\":3},\\\"top\\\":1}\"\n\
         Error: 2 chart(s) linted, 2 chart(s) failed\n"
    );
    let ran = home.run(&["lint", "one", "--set", "m=text"]);
    let warnings = ran.stderr.lines().filter(|line| line.contains("cannot overwrite table"));
    assert_eq!(
        warnings.collect::<Vec<_>>(),
        [
            "level=INFO msg=\"warning: cannot overwrite table with non table for m (map[a:1 b:<nil>])\""
        ]
    );
}

#[test]
fn charts_within_are_named_by_the_shortest_path() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.chart("web/charts/db", "1.0.0");
    let ran = home.run(&["lint", "./web/../web/.", "--with-subcharts"]);
    assert!(ran.stdout.contains("==> Linting web/charts/db\n"), "{ran:?}");
}

#[test]
fn old_lists_of_dependencies_are_said_as_often_as_the_chart_is_read() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/requirements.yaml", "dependencies: []\n");
    home.write("web/requirements.lock", "");
    let logged = "level=INFO msg=\"Warning: Dependency locking is handled in Chart.lock since apiVersion \\\"v2\\\". We recommend migrating to Chart.lock.\"\n\
                  level=INFO msg=\"Warning: Dependencies are handled in Chart.yaml since apiVersion \\\"v2\\\". We recommend migrating dependencies to Chart.yaml.\"\n";
    assert_eq!(home.run(&["template", "web"]).stderr, logged);
    // For its templates, its dependencies and its `crds`.
    let failed = "Error: 1 chart(s) linted, 1 chart(s) failed\n";
    assert_eq!(home.run(&["lint", "web"]).stderr, format!("{}{failed}", logged.repeat(3)));
}

#[test]
fn what_is_no_chart_is_told_in_the_words_of_the_system() {
    let home = Home::new();
    home.write("file", "");
    let report = |path: &str| home.run(&["lint", path]).stdout;
    let wanted = |path: &str, at: &str, why: &str| {
        format!(
            "==> Linting {path}\nError unable to check Chart.yaml file in chart: stat {at}: {why}\n\n"
        )
    };
    assert_eq!(report("file"), wanted("file", "file/Chart.yaml", "not a directory"));
    assert_eq!(report("none"), wanted("none", "none/Chart.yaml", "no such file or directory"));
    assert_eq!(report(""), wanted("", "Chart.yaml", "no such file or directory"));
    let opened = report("none.tgz");
    assert!(opened.ends_with("none.tgz: no such file or directory\n\n"), "{opened}");
    home.write("empty.tgz", "");
    assert_eq!(
        report("empty.tgz"),
        "==> Linting empty.tgz\nError unable to extract tarball: EOF\n\n"
    );
    home.write("deep.tgz", &rhumb_testkit::ChartFile::small("a/b", "1.0.0").archive);
    assert_eq!(
        report("deep.tgz"),
        "==> Linting deep.tgz\nError unable to extract tarball: chart name not specified\n\n"
    );
}

/// As Helm, which reads the values of a chart otherwise where it compares them with the schema alone.
#[test]
fn only_the_first_document_of_values_is_compared_alone() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("web/values.yaml", "a: 1\n---\nb: 2\n");
    home.write("web/values.schema.json", r#"{"additionalProperties": false}"#);
    let report = home.run(&["lint", "web"]).stdout;
    assert!(
        report.contains("[ERROR] values.yaml: - at '': additional properties 'a' not allowed\n"),
        "{report}"
    );
    assert!(report.contains("- at '': additional properties 'a', 'b' not allowed\n"), "{report}");
}
