use crate::support::{Artifact, Fake, Home, OUT, PASSWORD, Registry, Reply, USER, fails, fails_as};

const CONFIG: &str = ".config/helm/registry/config.json";

/// Every command that asks a registry, of one that is not there.
fn commands(place: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["pull", place, "--plain-http", "-d", OUT],
        vec!["pull", place, "--plain-http", "--version", "1.0.0", "-d", OUT],
        vec!["show", "chart", place, "--plain-http"],
        vec!["search", "repo", place, "--plain-http"],
        vec!["push", "web", place, "--plain-http"],
    ]
}

#[test]
fn a_host_that_nobody_knows() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    for words in commands("oci://registry.invalid/charts/web") {
        fails(&home, &words).says(": no such host", "check the host's name");
    }
}

#[test]
fn a_port_where_nobody_listens() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    for words in commands("oci://127.0.0.1:1/charts/web") {
        fails(&home, &words)
            .says("dial tcp 127.0.0.1:1: connect: connection refused", "that the registry runs");
    }
}

#[test]
fn a_wrong_password_when_logging_in_and_when_used() {
    let (home, registry) = (Home::new(), Registry::with_login());
    let host = registry.host();
    let login = ["registry", "login", &host, "--plain-http", "-u", "bob", "--password-stdin"];
    for words in [&login[..], &[&login[..], &["--debug"]].concat()] {
        let ran = home.run_with(words, PASSWORD);
        assert!(!ran.stderr.contains(PASSWORD), "{ran:?}");
    }
    fails_as(home.run_with(&login, PASSWORD))
        .says(&format!("authenticating to \"{host}\""), "user name or password is wrong");
    assert!(!home.join(CONFIG).exists());
    // A login that was good once: alice with a password that is not hers any more.
    home.chart("web", "1.0.0");
    let auth = r#"{"auth":"YWxpY2U6bm90LXRoZS1zZWNyZXQ="}"#;
    home.write(CONFIG, format!(r#"{{"auths":{{"{host}":{auth}}}}}"#));
    let place = format!("oci://{host}/charts/web");
    for words in commands(&place) {
        let failure = fails(&home, &words);
        failure.says("response status code 401", "wrong or has expired");
        failure.says("", &format!("`registry login {host}"));
        let debug = home.run(&[&words[..], &["--debug"]].concat()).stderr;
        assert!(!debug.contains("not-the-secret") && !debug.contains("bm90LXRo"), "{debug}");
    }
    let right = ["registry", "login", &host, "--plain-http", "-u", USER, "--password-stdin"];
    home.run_with(&right, PASSWORD).ok();
}

#[test]
fn a_repository_that_is_not_there() {
    let (home, registry) = (Home::new(), Registry::new());
    let place = format!("oci://{}/charts/web", registry.host());
    fails(&home, &["pull", &place, "--plain-http", "-d", OUT])
        .says("not found", "until you log in");
    fails(&home, &["show", "chart", &place, "--plain-http", "--version", "1.0.0"])
        .says("/charts/web:1.0.0: not found", "check the name and version");
}

#[test]
fn a_repository_that_must_be_made_before_a_push() {
    let home = Home::new();
    home.chart("web", "1.0.0");
    for (status, code) in [(404, "NAME_UNKNOWN"), (403, "DENIED"), (400, "NAME_UNKNOWN")] {
        let fake = Fake::start(move |method, _| match method {
            "POST" | "PUT" => Reply::error(status, code, "no such repository"),
            _ => Reply::error(404, code, "no such repository"),
        });
        let place = format!("oci://{}/charts", fake.host());
        let auth = r#"{"auth":"YWxpY2U6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5"}"#;
        home.write(CONFIG, format!(r#"{{"auths":{{"{}":{auth}}}}}"#, fake.host()));
        fails(&home, &["push", "web", &place, "--plain-http"])
            .says("", "need the repository or project created first");
    }
}

#[test]
fn an_image_where_a_chart_should_be() {
    let (home, registry) = (Home::new(), Registry::new());
    Artifact::image().push(&registry, "charts/web:1.0.0");
    let place = format!("oci://{}/charts/web", registry.host());
    let pull = ["pull", &place, "--plain-http", "-d", OUT];
    for words in [
        &pull[..],
        &[&pull[..], &["--untar"]].concat(),
        &["show", "chart", &place, "--plain-http"],
        &["template", &place, "--plain-http"],
    ] {
        fails(&home, words).says("is not a chart", "another kind of artifact");
    }
}
