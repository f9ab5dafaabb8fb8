use std::io::Write as _;
use std::process::Command;

use crate::support::{
    Failure, Home, OUT, PASSWORD, Ran, Registry, USER, fails_as, left_over, noise,
};

/// A disk of 64 KiB over [`OUT`], in a name space of its own; what is left on it goes to a file.
const SMALL_DISK: &str = r#"mount -t tmpfs -o size=64k none out || exit 99
"$@"; code=$?; ls -A out >listing; exit $code"#;

/// Files of more than 4 KiB cannot be written anywhere, as on a disk that gets full.
const SMALL_FILES: &str =
    r#"trap "" XFSZ; ulimit -f 8; "$@"; code=$?; ls -A out >listing; exit $code"#;

/// What to do in all of these cases.
const HINT: &str = "free some space and run the command again";

/// A chart that is larger than either.
fn chart(home: &Home) {
    home.chart("web", "1.0.0");
    home.write("web/noise", noise(200_000));
    std::fs::create_dir_all(home.join(OUT)).unwrap();
}

/// Runs a command in a shell's surroundings.
fn run(home: &Home, shell: &[&str], script: &str, words: &[&str]) -> Ran {
    let program = env!("CARGO_BIN_EXE_rhumb");
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).args(["-c", script, "sh", program]).args(words);
    command.env_clear().env("HOME", home.path()).env("PATH", std::env::var_os("PATH").unwrap());
    Ran::of(command.current_dir(home.path()).output().unwrap())
}

/// Runs a command with little room, in both ways, and checks that nothing is left of it.
#[track_caller]
fn full(home: &Home, words: &[&str]) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut check = |shell: &[&str], script: &str| {
        failures.push(fails_as(run(home, shell, script, words)));
        assert_eq!(home.read("listing"), "");
        assert_eq!(left_over(home.path()), [""; 0]);
    };
    check(&["sh"], SMALL_FILES);
    if can_mount() {
        check(&["unshare", "-rm", "sh"], SMALL_DISK);
    }
    failures
}

/// Whether a small disk can be had; in CI it must.
fn can_mount() -> bool {
    let script = "mount -t tmpfs -o size=64k none /mnt";
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", script]).output();
    let can = tried.is_ok_and(|output| output.status.success());
    let must = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(can || !must, "`unshare -rm` cannot mount a small disk here");
    if !can {
        // Past the harness, which hides what a test that passes prints.
        let mut stderr = std::io::stderr();
        let message =
            "not run on a small disk, only with small files: `unshare -rm` cannot mount one";
        writeln!(stderr, "{message}").unwrap();
    }
    can
}

#[test]
fn pull() {
    let (home, registry) = (Home::new(), Registry::new());
    chart(&home);
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &place, "--plain-http"]).ok();
    let place = format!("{place}/web");
    let pull = ["pull", &place, "--plain-http", "-d", OUT];
    for failure in full(&home, &pull) {
        failure.says("writing out/web-1.0.0.tgz: ", HINT);
    }
    for failure in full(&home, &[&pull[..], &["--untar"]].concat()) {
        failure.says("failed to untar: cannot write out/web/noise: ", HINT);
    }
    home.run(&pull).ok();
}

#[test]
fn package() {
    let home = Home::new();
    chart(&home);
    for failure in full(&home, &["package", "web", "-d", OUT]) {
        failure.says("failed to save: ", HINT);
    }
}

#[test]
fn a_cache_that_is_full_is_no_reason_to_fail() {
    let (home, registry) = (Home::new(), Registry::new());
    chart(&home);
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &place, "--plain-http"]).ok();
    // Nothing can be made below a file.
    std::fs::remove_dir_all(home.join(".cache")).unwrap();
    home.write(".cache", "");
    home.run(&["pull", &format!("{place}/web"), "--plain-http", "-d", OUT]).ok();
    assert_eq!(home.list(OUT), ["web-1.0.0.tgz"]);
}

#[test]
fn login_leaves_the_other_logins_alone() {
    let (home, registry) = (Home::new(), Registry::with_login());
    std::fs::create_dir_all(home.join(OUT)).unwrap();
    let config = format!(r#"{{"auths":{{}},"note":"{}"}}"#, "x".repeat(5_000));
    home.write("logins.json", &config);
    let host = registry.host();
    let login = ["registry", "login", &host, "--plain-http", "-u", USER, "-p", PASSWORD];
    let words = [&login[..], &["--registry-config", "logins.json"]].concat();
    let ran = run(&home, &["sh"], SMALL_FILES, &words);
    // The first line warns of a password on the command line.
    let text = ran.stderr.split_once('\n').unwrap().1.to_owned();
    fails_as(Ran { stderr: text, ..ran }).says("logins.json", HINT);
    assert_eq!(home.read("logins.json"), config);
    assert_eq!(left_over(home.path()), [""; 0]);
}

#[test]
fn output_that_cannot_be_written() {
    let home = Home::new();
    chart(&home);
    for words in [&["version"][..], &["show", "chart", "web"], &["template", "web"]] {
        let ran = run(&home, &["sh"], r#""$@" >/dev/full"#, words);
        fails_as(ran).says("cannot write the result: No space left on device", HINT);
    }
}
