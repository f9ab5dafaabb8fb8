use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use crate::support::Home;

/// A server in a process of its own, which ends with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(home: &Home, flags: &[&str]) -> Self {
        let mut words = vec!["registry", "serve", "--address", "127.0.0.1:0"];
        words.extend(flags);
        let mut command = home.command(&words);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("://").expect("an address").1.to_owned();
        Self { child, address }
    }

    fn interrupt(&mut self) -> Option<i32> {
        let done = std::process::Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(done.unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn prints_its_address_serves_and_ends_in_peace() {
    let home = Home::new();
    let mut server = Server::start(&home, &["--access-log", "log"]);
    let words =
        ["registry", "login", &server.address, "--plain-http", "-u", "a", "--password-stdin"];
    home.run_with(&words, "b").ok();
    assert_eq!(server.interrupt(), Some(0));
    assert!(home.join(".local/share/helm/registry").is_dir(), "the default storage");
    let log = home.read("log");
    let entry: serde_json::Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!((&entry["path"], &entry["status"]), (&"/v2/".into(), &200.into()));
}

#[test]
fn asks_for_users_of_a_password_file() {
    let home = Home::new();
    // The hash of `secret`, as `htpasswd -nbBC 4` made it.
    home.write("users", "bob:$2y$04$nMqK0nrMEhzaEt6NWCeStevHvAkb5d3aySbKBAcWqo3y8oS5e4TKq\n");
    let server = Server::start(&home, &["--storage", "memory", "--htpasswd", "users"]);
    let words =
        ["registry", "login", &server.address, "--plain-http", "-u", "bob", "--password-stdin"];
    home.run_with(&words, "wrong").error();
    home.run_with(&words, "secret").ok();
}

#[test]
fn flags_that_need_each_other_say_so() {
    let home = Home::new();
    for (flag, value, need) in [
        ("--anonymous-pull=true", "", "--htpasswd"),
        ("--tls-cert", "a", "--tls-key"),
        ("--tls-key", "a", "--tls-cert"),
    ] {
        let mut words = vec!["registry", "serve", "--storage", "memory", flag];
        words.extend(Some(value).filter(|value| !value.is_empty()));
        let error = home.run(&words).error();
        let flag = flag.trim_end_matches("=true");
        assert_eq!(error, format!("Error: {flag} needs {need}\n"));
    }
}

#[test]
fn an_address_that_is_taken_and_a_folder_in_use_are_named() {
    let home = Home::new();
    let server = Server::start(&home, &[]);
    let error = home
        .run(&["registry", "serve", "--storage", "memory", "--address", &server.address])
        .error();
    assert!(
        error.starts_with(&format!("Error: cannot listen on `{}`: ", server.address)),
        "{error}"
    );
    assert!(
        error.ends_with("hint: choose another `--address`; port 0 takes a free one\n"),
        "{error}"
    );
    let error = home.run(&["registry", "serve", "--address", "127.0.0.1:0"]).error();
    assert!(error.contains("is in use by another process; stop it first"), "{error}");
}
