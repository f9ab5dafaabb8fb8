use crate::support::{Home, Ran, Registry};

fn push(home: &Home, registry: &Registry, words: &[&str]) -> Ran {
    let place = format!("oci://{}/charts", registry.host());
    home.run(&[&["push"], words, &[&place, "--plain-http"]].concat())
}

fn json(output: &str) -> serde_json::Value {
    serde_json::from_str(output).expect("one line of JSON")
}

#[test]
fn says_what_helm_says_and_stores_what_pull_gets() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    home.run(&["package", "web"]).ok();
    let ran = push(&home, &registry, &["web-1.0.0.tgz"]);
    assert_eq!(ran.stderr, "");
    let output = ran.ok();
    let host = registry.host();
    let want = format!("Pushed: {host}/charts/web:1.0.0\nDigest: sha256:");
    assert!(output.starts_with(&want) && output.len() == want.len() + 65, "{output}");
    let place = format!("oci://{host}/charts/web");
    let pulled = home.run(&["pull", &place, "--plain-http", "-d", "back"]).ok();
    assert_eq!(output.replace("Pushed", "Pulled"), pulled);
    let bytes = |path: &str| std::fs::read(home.join(path)).unwrap();
    assert_eq!(bytes("back/web-1.0.0.tgz"), bytes("web-1.0.0.tgz"));
    home.run(&["pull", &place, "--plain-http", "--untar", "-d", "un"]).ok();
    assert_eq!(home.read("un/web/values.yaml"), home.read("web/values.yaml"));
    let error = home.run(&["pull", &place, "--plain-http", "--untar", "-d", "un"]).error();
    assert_eq!(
        error,
        "Error: failed to untar: a file or directory with the name un/web already exists\n\
         hint: remove it, or choose another folder with `--untardir`\n"
    );
}

#[test]
fn a_chart_that_has_not_changed_is_not_uploaded_again() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    let once = json(&push(&home, &registry, &["web", "-o", "json"]).ok());
    assert_eq!(
        (&once["outcome"], &once["name"], &once["version"]),
        (&"uploaded".into(), &"web".into(), &"1.0.0".into())
    );
    let again = json(&push(&home, &registry, &["web", "-o", "json"]).ok());
    assert_eq!((&again["outcome"], &again["digest"]), (&"unchanged".into(), &once["digest"]));
}

#[test]
fn a_tag_that_is_there_is_overwritten_left_or_an_error() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    let first = json(&push(&home, &registry, &["web", "-o", "json"]).ok());
    home.write("web/values.yaml", "replicas: 2\n");
    let skipped = push(&home, &registry, &["web", "--if-exists", "skip"]).ok();
    let host = registry.host();
    let digest = first["digest"].as_str().unwrap();
    assert_eq!(
        skipped,
        format!("Skipped: {host}/charts/web:1.0.0 already exists\nDigest: {digest}\n")
    );
    let error = push(&home, &registry, &["web", "--if-exists", "fail"]).error();
    assert!(
        error.starts_with(&format!("Error: {host}/charts/web:1.0.0 already exists\nhint: ")),
        "{error}"
    );
    let second = json(&push(&home, &registry, &["web", "-o", "json"]).ok());
    assert_ne!(second["digest"], first["digest"]);
}

#[test]
fn several_charts_go_to_one_place_and_provenance_files_go_along() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    home.chart("db", "2.0.0+b");
    home.run(&["package", "web"]).ok();
    home.write("web-1.0.0.tgz.prov", "signed");
    let output = push(&home, &registry, &["web-1.0.0.tgz", "db"]).ok();
    let host = registry.host();
    assert!(output.contains(&format!("Pushed: {host}/charts/web:1.0.0\n")), "{output}");
    assert!(
        output.contains(&format!("{host}/charts/db:2.0.0_b contains an underscore.\n")),
        "{output}"
    );
    let place = format!("oci://{host}/charts/web");
    home.run(&["pull", &place, "--plain-http", "--prov", "-d", "back"]).ok();
    assert_eq!(home.read("back/web-1.0.0.tgz.prov"), "signed");
}

#[test]
fn another_name_or_tag_must_be_asked_for() {
    let (home, registry) = (Home::new(), Registry::new());
    home.chart("web", "1.0.0");
    let output = push(&home, &registry, &["web", "--name", "web-chart", "--tag", "latest"]).ok();
    assert!(output.contains("/charts/web-chart:latest\n"), "{output}");
}

#[test]
fn mistakes_are_named_before_anything_is_sent() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    home.write("text.tgz", "no archive");
    home.write("cut.tgz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1, 2]);
    let error = |chart: &str, place: &str| home.run(&["push", chart, place]).error();
    assert_eq!(error("nope.tgz", "oci://127.0.0.1:1/a"), "Error: nope.tgz: no such file\n");
    assert!(
        error("web", "127.0.0.1:1/a")
            .starts_with("Error: scheme prefix missing from remote (e.g. \"oci://\")\nhint: ")
    );
    assert!(
        error("web", "https://h/a").starts_with("Error: scheme \"https\" not supported\nhint: ")
    );
    assert!(
        error("text.tgz", "oci://127.0.0.1:1/a")
            .contains("does not appear to be a gzipped archive; got 'application/octet-stream'")
    );
    assert!(
        error("cut.tgz", "oci://127.0.0.1:1/a")
            .contains("hint: the archive is damaged or cut short")
    );
    assert!(error("web", "oci://127.0.0.1:1/A").contains("is not a repository name"));
}
