use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Home, OUT, Proxy, Registry, noise};

/// Bytes over the line, after which the program is killed; 0 is at once.
const MOMENTS: [u64; 9] = [0, 1, 300, 900, 2_000, 20_000, 100_000, 200_000, 290_000];

/// Bytes in the chart that nothing packs.
const SIZE: usize = 300_000;

/// Writes a chart's folder with a file that does not get smaller in an archive.
fn chart(home: &Home) {
    home.chart("web", "1.0.0");
    home.write("web/noise", noise(SIZE));
}

/// Starts the program over a slow line, and kills it as hard as can be.
fn kill(home: &Home, proxy: &Proxy, words: &[&str], moment: u64) {
    proxy.slow(true);
    let mut command = home.command(words);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while proxy.passed() < moment {
        assert!(start.elapsed() < Duration::from_mins(1), "{} of {moment}", proxy.passed());
        thread::sleep(Duration::from_micros(200));
    }
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), None, "killed after {moment} bytes, not ended");
}

#[test]
fn a_pull() {
    let (home, registry) = (Home::new(), Registry::new());
    chart(&home);
    let proxy = Proxy::new(registry.host());
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &place, "--plain-http"]).ok();
    let place = format!("oci://{}/charts/web", proxy.host());
    let pull = ["pull", &place, "--plain-http", "-d", OUT];
    let untar = [&pull[..], &["--untar"]].concat();
    std::fs::create_dir(home.join(OUT)).unwrap();
    for moment in MOMENTS {
        kill(&home, &proxy, &pull, moment);
        kill(&home, &proxy, &untar, moment);
        assert_eq!(home.list(OUT), [""; 0], "{moment}");
    }
    proxy.slow(false);
    home.run(&untar).ok();
    home.run(&pull).ok();
    assert_eq!(home.list(OUT), ["web", "web-1.0.0.tgz"]);
    let file = |path: &str| std::fs::read(home.join(path)).unwrap();
    assert_eq!(file("out/web/noise"), file("web/noise"));
}

#[test]
fn a_push() {
    let (home, registry) = (Home::new(), Registry::new());
    chart(&home);
    let proxy = Proxy::new(registry.host());
    let place = format!("oci://{}/charts", proxy.host());
    let push = ["push", "web", &place, "--plain-http"];
    for moment in MOMENTS {
        kill(&home, &proxy, &push, moment);
    }
    proxy.slow(false);
    let pushed = home.run(&push).ok();
    let pull = ["pull", &format!("{place}/web"), "--plain-http", "--untar", "-d", OUT];
    let pulled = home.run(&pull).ok();
    assert_eq!(pushed.replace("Pushed", "Pulled"), pulled);
    let file = |path: &str| std::fs::read(home.join(path)).unwrap();
    assert_eq!(file("out/web/noise"), file("web/noise"));
}

#[test]
fn a_pull_in_the_same_moment_as_another() {
    let (home, registry) = (Home::new(), Registry::new());
    chart(&home);
    let proxy = Proxy::new(registry.host());
    let place = format!("oci://{}/charts", registry.host());
    home.run(&["push", "web", &place, "--plain-http"]).ok();
    let place = format!("oci://{}/charts/web", proxy.host());
    let pull = ["pull", &place, "--plain-http", "-d", OUT];
    proxy.slow(true);
    let mut command = home.command(&pull);
    let mut other = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while proxy.passed() < 50_000 {
        thread::sleep(Duration::from_millis(1));
    }
    // One of two that share a cache dies; the other does not notice.
    kill(&home, &proxy, &pull, 20_000);
    assert!(other.wait().unwrap().success());
    assert_eq!(home.list(OUT), ["web-1.0.0.tgz"]);
}
