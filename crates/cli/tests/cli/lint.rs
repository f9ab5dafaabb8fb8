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
