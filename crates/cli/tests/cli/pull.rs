use rhumb_oci::media_type;

use crate::support::{Artifact, Home, Ran, Registry, push_index};

/// Pulls `repository` and whatever follows it.
fn pull(home: &Home, registry: &Registry, what: &str, flags: &[&str]) -> Ran {
    let place = format!("oci://{}/{what}", registry.host());
    let mut words = vec!["pull", &place, "--plain-http"];
    words.extend(flags);
    home.run(&words)
}

fn versions() -> Registry {
    let registry = Registry::new();
    for version in ["0.9.0", "1.0.0", "1.1.0-rc.1", "v1.0.1", "0.8.0+b1"] {
        let tag = version.replace('+', "_");
        Artifact::chart("web", version).push(&registry, &format!("charts/web:{tag}"));
    }
    registry
}

#[test]
fn says_what_helm_says_and_writes_the_archive() {
    let (home, registry) = (Home::new(), Registry::new());
    let descriptor = Artifact::chart("web", "1.0.0").push(&registry, "charts/web:1.0.0");
    let ran = pull(&home, &registry, "charts/web:1.0.0", &["-d", "charts"]);
    assert_eq!(ran.stderr, "");
    let (host, digest) = (registry.host(), &descriptor.digest);
    assert_eq!(ran.ok(), format!("Pulled: {host}/charts/web:1.0.0\nDigest: {digest}\n"));
    assert_eq!(home.list("charts"), ["web-1.0.0.tgz"]);
    assert_eq!(home.read("charts/web-1.0.0.tgz"), "web 1.0.0");
}

#[test]
fn finds_versions_however_they_are_asked_for() {
    let (home, registry) = (Home::new(), versions());
    for (what, flags, file) in [
        ("charts/web", &[] as &[&str], "web-v1.0.1.tgz"),
        ("charts/web", &["--version", "~1.0.0"], "web-v1.0.1.tgz"),
        ("charts/web", &["--version", "<1"], "web-0.9.0.tgz"),
        ("charts/web", &["--devel"], "web-1.1.0-rc.1.tgz"),
        ("charts/web", &["--version", "1.0.1"], "web-v1.0.1.tgz"),
        ("charts/web", &["--version", "v1.0.0"], "web-1.0.0.tgz"),
        ("charts/web", &["--version", "1.0"], "web-v1.0.1.tgz"),
        ("charts/web:0.8.0+b1", &[], "web-0.8.0+b1.tgz"),
        ("charts/web", &["--version", "0.8.0+b1"], "web-0.8.0+b1.tgz"),
    ] {
        pull(&home, &registry, what, &[flags, &["-d", "out"]].concat()).ok();
        assert_eq!(home.list("out"), [file], "{what} {flags:?}");
        std::fs::remove_dir_all(home.join("out")).unwrap();
    }
}

#[test]
fn a_name_is_a_tag_like_any_other() {
    let (home, registry) = (Home::new(), Registry::new());
    Artifact::chart("web", "1.0.0").push(&registry, "web:latest");
    pull(&home, &registry, "web", &["--version", "latest", "-d", "out"]).ok();
    pull(&home, &registry, "web:latest", &["-d", "out"]).ok();
    assert_eq!(home.list("out"), ["web-latest.tgz"]);
}

#[test]
fn a_digest_is_enough_and_must_agree_with_a_tag() {
    let (home, registry) = (Home::new(), Registry::new());
    let old = Artifact::chart("web", "1.0.0").push(&registry, "web:1.0.0").digest;
    let new = Artifact::chart("web", "2.0.0").push(&registry, "web:2.0.0").digest;
    let host = registry.host();
    let output = pull(&home, &registry, &format!("web@{old}"), &["-d", "out"]).ok();
    assert_eq!(output, format!("Pulled: {host}/web@{old}\nDigest: {old}\n"));
    assert_eq!(home.list("out"), [format!("web@sha256-{}.tgz", old.hex())]);
    pull(&home, &registry, &format!("web:1.0.0@{old}"), &[]).ok();
    // What has a digest need not have the tag.
    pull(&home, &registry, &format!("web:3.0.0@{old}"), &[]).ok();
    let error = pull(&home, &registry, &format!("web:2.0.0@{old}"), &[]).error();
    assert!(
        error.starts_with(&format!("Error: chart reference digest mismatch: {new} is not {old}\n")),
        "{error}"
    );
}

#[test]
fn tells_that_an_underscore_stands_for_a_plus() {
    let (home, registry) = (Home::new(), versions());
    let output = pull(&home, &registry, "charts/web", &["--version", "0.8.0+b1"]).ok();
    assert!(
        output.contains("charts/web:0.8.0_b1 contains an underscore.\n\nOCI artifact references")
    );
    assert!(output.ends_with("a plus (+) when pulling from a registry.\n"));
}

#[test]
fn the_provenance_file_is_written_beside_the_archive() {
    let (home, registry) = (Home::new(), Registry::new());
    let mut chart = Artifact::chart("web", "1.0.0");
    chart.layers.push((media_type::PROVENANCE_LAYER.into(), b"signed".to_vec()));
    chart.push(&registry, "web:1.0.0");
    pull(&home, &registry, "web", &["--prov", "-d", "out"]).ok();
    assert_eq!(home.list("out"), ["web-1.0.0.tgz", "web-1.0.0.tgz.prov"]);
    assert_eq!(home.read("out/web-1.0.0.tgz.prov"), "signed");
}

#[test]
fn a_missing_provenance_file_is_warned_of() {
    let (home, registry) = (Home::new(), versions());
    let ran = pull(&home, &registry, "charts/web:1.0.0", &["--prov", "-d", "out"]);
    let host = registry.host();
    let want = format!("WARNING: Verification not found for oci://{host}/charts/web:1.0.0: ");
    assert!(ran.stderr.starts_with(&want), "{ran:?}");
    ran.ok();
    assert_eq!(home.list("out"), ["web-1.0.0.tgz"]);
}

#[test]
fn layers_of_old_are_taken_with_helms_warning() {
    let (home, registry) = (Home::new(), Registry::new());
    let mut chart = Artifact::chart("web", "1.0.0");
    chart.layers[0].0 = media_type::LEGACY_CHART_LAYER.into();
    chart.push(&registry, "web:1.0.0");
    let ran = pull(&home, &registry, "web", &[]);
    assert_eq!(ran.stderr, "Warning: chart media type application/tar+gzip is deprecated\n");
    ran.ok();
    assert!(home.join("web-1.0.0.tgz").exists());
}

#[test]
fn several_charts_are_several_lines_of_json() {
    let (home, registry) = (Home::new(), versions());
    let place = |tag: &str| format!("oci://{}/charts/web:{tag}", registry.host());
    let words = ["pull", &place("0.9.0"), &place("1.0.0"), "--plain-http", "-o", "json"];
    let output = home.run(&words).ok();
    let paths = output.lines().map(|line| {
        let pulled: serde_json::Value = serde_json::from_str(line).unwrap();
        pulled["path"].as_str().unwrap().to_owned()
    });
    assert_eq!(paths.collect::<Vec<_>>(), ["./web-0.9.0.tgz", "./web-1.0.0.tgz"]);
}

#[test]
fn what_was_pulled_once_needs_no_network() {
    let (home, registry) = (Home::new(), versions());
    pull(&home, &registry, "charts/web:1.0.0", &["-d", "first"]).ok();
    let place = format!("oci://{}/charts/web", registry.host());
    drop(registry);
    let words = ["pull", &format!("{place}:1.0.0"), "--offline", "-d", "second"];
    home.run(&words).ok();
    assert_eq!(home.read("second/web-1.0.0.tgz"), "web 1.0.0");
    let error = home.run(&["pull", &format!("{place}:0.9.0"), "--offline"]).error();
    assert!(error.contains("is not in the cache, and `--offline` forbids"), "{error}");
}

#[test]
fn a_cache_that_cannot_be_written_is_done_without() {
    let (home, registry) = (Home::new(), versions());
    // A file stands where the cache's folder would be.
    home.write(".cache", "");
    pull(&home, &registry, "charts/web:1.0.0", &[]).ok();
    assert_eq!(home.read("web-1.0.0.tgz"), "web 1.0.0");
}

#[test]
fn an_index_leads_to_its_chart_every_time() {
    let (home, registry) = (Home::new(), Registry::new());
    let image = Artifact::image().push(&registry, "web:image");
    let chart = Artifact::chart("web", "1.0.0").push(&registry, "web:chart");
    let other = Artifact::chart("db", "1.0.0").push(&registry, "web:other");
    let root = push_index(&registry, "web:1.0.0", vec![image.clone(), other, chart]);
    for _ in 0..3 {
        let output = pull(&home, &registry, "web:1.0.0", &[]).ok();
        assert!(output.ends_with(&format!("Digest: {root}\n")), "{output}");
        assert_eq!(home.read("web-1.0.0.tgz"), "web 1.0.0");
    }
    push_index(&registry, "web:2.0.0", vec![image]);
    let error = pull(&home, &registry, "web:2.0.0", &["-d", "none"]).error();
    assert!(
        error.contains("is an index without a chart in it\nhint: check the reference"),
        "{error}"
    );
    assert!(!home.join("none").exists());
}

#[test]
fn an_index_of_charts_that_could_all_be_meant_is_refused() {
    let (home, registry) = (Home::new(), Registry::new());
    let one = Artifact::chart("db", "1.0.0").push(&registry, "web:one");
    let two = Artifact::chart("api", "1.0.0").push(&registry, "web:two");
    push_index(&registry, "web:1.0.0", vec![one.clone(), two]);
    let error = pull(&home, &registry, "web:1.0.0", &["-d", "none"]).error();
    let named =
        format!("web:1.0.0 is an index of 2 charts: db 1.0.0 (@{}), api 1.0.0 (@", one.digest);
    assert!(error.contains(&named), "{error}");
    assert!(error.ends_with("hint: name one of them by its digest\n"), "{error}");
    pull(&home, &registry, &format!("web@{}", one.digest), &[]).ok();
}

#[test]
fn every_mistake_is_named_and_nothing_is_written() {
    let (home, registry) = (Home::new(), versions());
    Artifact::image().push(&registry, "charts/image:1.0.0");
    for (what, flags, message) in [
        (
            "charts/web:1.0.0",
            &["--version", "2.0.0"] as &[&str],
            "chart reference and version mismatch: 2.0.0 is not 1.0.0",
        ),
        (
            "charts/web",
            &["--version", "^9"],
            "could not locate a version matching provided version string ^9",
        ),
        ("charts/web", &["--version", "9.9.9"], "\nhint: check the name and version"),
        ("charts/nope", &[], "\nhint: check the name and version"),
        (
            "charts/image:1.0.0",
            &[],
            "charts/image:1.0.0 is not a chart: could not load config with mediatype application/vnd.cncf.helm.config.v1+json, found application/vnd.oci.image.config.v1+json",
        ),
        ("charts/web", &["--version", "a b"], "improper constraint: \"a b\""),
        ("Charts/Web", &[], "`Charts/Web` is not a repository name"),
    ] {
        let error = pull(&home, &registry, what, &[flags, &["-d", "none"]].concat()).error();
        assert!(error.contains(message), "{error}");
        assert!(!home.join("none").exists(), "{what}");
    }
}

#[test]
fn a_repository_of_pre_releases_says_how_to_get_them() {
    let (home, registry) = (Home::new(), Registry::new());
    Artifact::chart("web", "1.0.0-rc.1").push(&registry, "web:1.0.0-rc.1");
    let error = pull(&home, &registry, "web", &[]).error();
    assert!(error.ends_with("hint: only pre-releases are there: add `--devel`\n"), "{error}");
}

#[test]
fn paths_and_names_of_chart_repositories_are_told_apart() {
    let home = Home::new();
    home.write("web/Chart.yaml", "name: web");
    for (chart, message) in [
        ("./nope", "repo . not found"),
        ("stable/web", "repo stable not found"),
        ("nope", "non-absolute URLs should be in form of repo_name/path_to_chart, got: nope"),
        ("web", "non-absolute URLs should be in form of repo_name/path_to_chart, got: web"),
    ] {
        let error = home.run(&["pull", chart]).error();
        assert!(error.starts_with(&format!("Error: {message}\nhint: ")), "{error}");
    }
}
