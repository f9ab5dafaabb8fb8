use crate::support::{Home, PASSWORD, Registry, USER};

const CONFIG: &str = ".config/helm/registry/config.json";

#[test]
fn forgets_one_login_and_keeps_what_else_the_file_has() {
    let (home, registry) = (Home::new(), Registry::with_login());
    home.write(CONFIG, r#"{"auths":{"other.example":{"auth":"YTpi"}},"mine":{"kept":true}}"#);
    let host = registry.host();
    let words = ["registry", "login", &host, "--plain-http", "-u", USER, "--password-stdin"];
    home.run_with(&words, PASSWORD).ok();
    let ran = home.run(&["registry", "logout", &host]);
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.ok(), format!("Removing login credentials for {host}\n"));
    let config: serde_json::Value = serde_json::from_str(&home.read(CONFIG)).unwrap();
    assert_eq!(config["auths"][&host], serde_json::Value::Null);
    assert_eq!(config["auths"]["other.example"]["auth"], "YTpi");
    assert_eq!(config["mine"]["kept"], true);
}

#[test]
fn there_may_be_nothing_to_forget() {
    let home = Home::new();
    assert_eq!(
        home.run(&["registry", "logout", "ghcr.io"]).ok(),
        "Removing login credentials for ghcr.io\n"
    );
}

#[test]
fn a_broken_file_is_named_and_left_alone() {
    let home = Home::new();
    home.write(CONFIG, "{ this is not JSON");
    let error = home.run(&["registry", "logout", "ghcr.io"]).error();
    assert!(error.contains("config.json is not a registry configuration"), "{error}");
    assert!(error.contains("hint: repair or remove "), "{error}");
    assert_eq!(home.read(CONFIG), "{ this is not JSON");
}
