use crate::support::{Home, PASSWORD, Registry, USER};

const CONFIG: &str = ".config/helm/registry/config.json";

#[test]
fn keeps_a_login_that_works_in_dockers_format() {
    let (home, registry) = (Home::new(), Registry::with_login());
    let words =
        ["registry", "login", &registry.host(), "--plain-http", "-u", USER, "--password-stdin"];
    let ran = home.run_with(&words, &format!("{PASSWORD}\r\n"));
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.ok(), "Login Succeeded\n");
    let config: serde_json::Value = serde_json::from_str(&home.read(CONFIG)).unwrap();
    let auth = &config["auths"][registry.host()]["auth"];
    assert_eq!(auth, "YWxpY2U6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", "base64 of name:password");
}

#[test]
fn keeps_nothing_when_the_password_is_wrong() {
    let (home, registry) = (Home::new(), Registry::with_login());
    let words =
        ["registry", "login", &registry.host(), "--plain-http", "-u", USER, "--password-stdin"];
    let error = home.run_with(&words, "wrong").error();
    let host = registry.host();
    assert!(error.starts_with(&format!("Error: authenticating to \"{host}\": GET ")), "{error}");
    assert!(error.contains("hint: the user name or password is wrong or has expired"), "{error}");
    assert!(!home.join(CONFIG).exists());
}

#[test]
fn warns_of_a_password_on_the_command_line_in_helms_words() {
    let (home, registry) = (Home::new(), Registry::with_login());
    let ran = home.run(&[
        "registry",
        "login",
        &registry.host(),
        "--plain-http",
        "-u",
        USER,
        "-p",
        PASSWORD,
    ]);
    assert_eq!(
        ran.stderr,
        "level=WARN msg=\"using --password via the CLI is insecure. Use --password-stdin\"\n"
    );
    ran.ok();
}

#[test]
fn a_login_can_be_for_a_part_of_a_registry() {
    let (home, registry) = (Home::new(), Registry::with_login());
    let place = format!("{}/team-a", registry.host());
    let words = ["registry", "login", &place, "--plain-http", "-u", USER, "--password-stdin"];
    home.run_with(&words, PASSWORD).ok();
    let config: serde_json::Value = serde_json::from_str(&home.read(CONFIG)).unwrap();
    assert!(config["auths"][place].is_object(), "{config}");
}

#[test]
fn the_log_shows_no_secret() {
    let (home, registry) = (Home::new(), Registry::with_login());
    for password in [PASSWORD, "another-secret"] {
        let words = [
            "registry",
            "login",
            &registry.host(),
            "--plain-http",
            "-u",
            USER,
            "--password-stdin",
            "--debug",
        ];
        let ran = home.run_with(&words, password);
        assert!(ran.stderr.contains("answered"), "there is a log: {ran:?}");
        assert!(!ran.stderr.contains(password) && !ran.stdout.contains(password), "{ran:?}");
        assert!(!ran.stderr.contains("YWxpY2U6"), "not as base64 either: {ran:?}");
    }
}

#[test]
fn certificates_are_checked_unless_told_otherwise() {
    let home = Home::new();
    let (registry, certificate) = Registry::with_tls(home.path());
    let login = |flags: &[&str]| {
        let mut words = vec!["registry", "login", "", "-u", USER, "--password-stdin"];
        let host = registry.host();
        words[2] = &host;
        words.extend(flags);
        home.run_with(&words, PASSWORD)
    };
    let error = login(&[]).error();
    assert!(error.contains("tls: ") && error.contains("--ca-file"), "{error}");
    login(&["--insecure"]).ok();
    login(&["--ca-file", certificate.to_str().unwrap()]).ok();
    let error = login(&["--cert-file", "server.crt"]).error();
    assert_eq!(error, "Error: --cert-file needs --key-file\n");
}

#[test]
fn asks_only_where_somebody_can_answer() {
    let error = Home::new().run(&["registry", "login", "localhost:1"]).error();
    assert!(
        error.starts_with("Error: password: there is no terminal to ask on\nhint: "),
        "{error}"
    );
}

#[test]
fn unknown_hosts_and_dead_ones_are_told_apart() {
    let home = Home::new();
    let login = |host: &str| {
        home.run_with(&["registry", "login", host, "-u", USER, "--password-stdin"], PASSWORD)
            .error()
    };
    let error = login("no-such-host.invalid");
    assert!(
        error.contains("no such host") && error.contains("hint: check the host's name"),
        "{error}"
    );
    let error = login("127.0.0.1:1");
    assert!(
        error.contains("connection refused") && error.contains("hint: check the host and port"),
        "{error}"
    );
}

#[test]
fn wants_a_host() {
    assert_eq!(
        Home::new().run(&["registry", "login"]).error(),
        "Error: \"rhumb registry login\" requires at least 1 argument\n\nUsage:  rhumb registry login [host] [flags]\n"
    );
}
