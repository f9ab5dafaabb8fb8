use crate::support::{Artifact, Failure, Home, OUT, Registry, bomb, cut, fails, tarball};

const CHART: (&str, &str) = ("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");

/// Puts an archive into a registry, and unpacks it from there.
#[track_caller]
fn untar(home: &Home, archive: Vec<u8>) -> Failure {
    let registry = Registry::new();
    let mut chart = Artifact::chart("web", "1.0.0");
    chart.layers[0].1 = archive;
    chart.push(&registry, "charts/web:1.0.0");
    let place = format!("oci://{}/charts/web", registry.host());
    fails(home, &["pull", &place, "--plain-http", "--untar", "-d", OUT, "--untardir", "charts"])
}

/// Writes an archive to a file, which every command that takes one refuses.
#[track_caller]
fn file(home: &Home, archive: &[u8], message: &str, hint: &str) {
    home.write("bad.tgz", archive);
    let push = ["push", "bad.tgz", "oci://127.0.0.1:1/charts"];
    for words in [&push[..], &["show", "chart", "bad.tgz"]] {
        fails(home, words).says(message, hint);
    }
    let failure = fails(home, &["template", "bad.tgz"]);
    if failure.message == "unable to load chart archive" {
        // There Helm does not say why, so the hints do.
        failure.says("", message);
    } else {
        failure.says(message, hint);
    }
}

#[test]
fn cut_short() {
    let home = Home::new();
    untar(&home, cut()).says("failed to untar: ", "damaged or cut short");
    file(&home, &cut(), "unexpected EOF", "damaged or cut short");
}

#[test]
fn not_an_archive() {
    let home = Home::new();
    untar(&home, b"<html></html>".to_vec()).says("gzip: invalid header", "is not a packed chart");
    untar(&home, Vec::new()).says(": EOF", "is not a packed chart");
    let kind = "does not appear to be a gzipped archive; got 'text/html; charset=utf-8'";
    file(&home, b"<html></html>", kind, "give a chart's folder");
}

#[test]
fn without_a_chart_in_it() {
    let home = Home::new();
    let archive = tarball(&[("web/readme", "hello")]);
    untar(&home, archive.clone()).says("chart name not specified", "is not a packed chart");
    file(&home, &archive, "Chart.yaml", "is not a packed chart");
}

#[test]
fn much_larger_than_it_looks() {
    let home = Home::new();
    let message = "decompressed chart is larger than the maximum size 104857600";
    for mebibytes in [101, 210] {
        let archive = bomb(mebibytes);
        assert!(archive.len() < 4 << 20, "{}", archive.len());
        untar(&home, archive.clone()).says(message, "do not use");
        file(&home, &archive, message, "do not use");
    }
}

#[test]
fn paths_that_lead_out() {
    let home = Home::new();
    for (name, message) in [
        ("web/../../evil", "illegally references parent directory"),
        ("../../evil", "illegally references parent directory"),
        ("web/a/../../../evil", "illegally references parent directory"),
        ("web\\..\\..\\evil", "illegally references parent directory"),
        ("web//tmp/evil", "illegally contains absolute paths"),
        ("web/C:/evil", "illegally named files"),
        ("evil", "illegally contains content outside the base directory: \"evil\""),
    ] {
        let archive = tarball(&[CHART, (name, "evil")]);
        untar(&home, archive.clone()).says(message, "do not use");
        file(&home, &archive, message, "do not use");
        assert!(!home.join("evil").exists() && !home.join("out/evil").exists(), "{name}");
    }
}

#[test]
fn a_chart_named_as_a_path() {
    let home = Home::new();
    for name in ["../evil", "a/b", "..", "."] {
        let text = format!("apiVersion: v2\nname: {name}\nversion: 1.0.0\n");
        untar(&home, tarball(&[("web/Chart.yaml", &text)])).says("chart name", "do not use");
    }
    assert!(!home.join("evil").exists());
}

#[test]
fn links_that_lead_out() {
    let home = Home::new();
    for target in ["/etc/passwd", "../../secret", "../../../../etc"] {
        let link = format!("web/values.yaml -> {target}");
        let archive = tarball(&[CHART, (&link, "")]);
        let message = format!("chart illegally links values.yaml to {target}");
        untar(&home, archive.clone()).says(&message, "do not use");
        file(&home, &archive, &message, "do not use");
    }
    // Writing through a link that came before must not lead anywhere, either.
    let archive = tarball(&[CHART, ("web/a -> /tmp", ""), ("web/a/evil", "evil")]);
    untar(&home, archive).says("chart illegally links a to /tmp", "do not use");
}
