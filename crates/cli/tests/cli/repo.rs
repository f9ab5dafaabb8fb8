use std::process::Child;

use rhumb_testkit::ChartFile;

use crate::support::{Home, Web};

fn serve() -> Web {
    let chart = ChartFile::small("web", "1.0.0");
    let entry = chart.index_entry("web-1.0.0.tgz");
    let index = format!("apiVersion: v1\nentries: {{web: [{entry}]}}\n");
    let web = Web::new(&[("/index.yaml", &index)]);
    web.put("/web-1.0.0.tgz", &chart.archive);
    web
}

#[test]
fn a_repository_is_added_used_updated_and_removed() {
    let (home, web) = (Home::new(), serve());
    let said = home.run(&["repo", "add", "main", &web.url("")]).ok();
    assert_eq!(said, "\"main\" has been added to your repositories\n");
    let said = home.run(&["repo", "list"]).ok();
    assert_eq!(said.lines().nth(1).map(str::trim_end), Some(&*format!("main\t{}", web.url(""))));
    assert_eq!(home.read(".cache/helm/repository/main-charts.txt"), "web\n");
    let found = home.run(&["search", "repo", "we", "-o", "json"]).ok();
    assert_eq!(
        found,
        "[{\"name\":\"main/web\",\"version\":\"1.0.0\",\"app_version\":\"1.0\",\"description\":\"About web\"}]\n"
    );
    home.run(&["pull", "main/web"]).ok();
    web.put("/index.yaml", "apiVersion: v1\nentries: {}\n");
    home.run(&["repo", "update"]).ok();
    let error = home.run(&["pull", "main/web"]).error();
    assert!(error.contains("no chart name found\nhint: `search repo`"), "{error}");
    let said = home.run(&["repo", "remove", "main"]).ok();
    assert_eq!(said, "\"main\" has been removed from your repositories\n");
    assert!(home.list(".cache/helm/repository").is_empty());
    let error = home.run(&["search", "repo"]).error();
    assert_eq!(error, "Error: no repositories configured\nhint: `repo add NAME URL` adds one\n");
}

#[test]
#[cfg(unix)]
fn passwords_are_kept_where_only_their_owner_may_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let (home, web) = (Home::new(), serve());
    web.protect("/", "alice:secret");
    let words = ["repo", "add", "main", &web.url(""), "--username", "alice"];
    let error = home.run(&words).error();
    assert!(error.starts_with("Error: password: there is no terminal to ask on\n"), "{error}");
    let stdin = [&words[..], &["--password-stdin"]].concat();
    let error = home.run_with(&stdin, "wrong\n").error();
    assert!(error.contains(" : 401 Unauthorized\n") && !error.contains("wrong"), "{error}");
    home.run_with(&stdin, "secret\n").ok();
    let path = home.join(".config/helm/repositories.yaml");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    home.run(&["show", "chart", "main/web"]).ok();
    let listed = home.run(&["repo", "list", "-o", "yaml"]).ok();
    assert!(!listed.contains("secret"), "{listed}");
    // A link stays one.
    let elsewhere = home.join("dotfiles.yaml");
    std::fs::rename(&path, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    web.put("/more/index.yaml", "apiVersion: v1\n");
    let more = web.url("/more");
    home.run(&["repo", "add", "more", &more, "--username", "alice", "--password", "secret"]).ok();
    assert!(home.read("dotfiles.yaml").contains("name: more\n"));
    assert!(std::fs::symlink_metadata(&path).unwrap().is_symlink());
}

#[test]
fn repositories_that_are_added_at_once_are_all_there() {
    let (home, web) = (Home::new(), serve());
    let names: Vec<String> = (0..8).map(|number| format!("repo{number}")).collect();
    let start = |name: &String| -> Child {
        let mut command = home.command(&["repo", "add", name, &web.url("")]);
        command.stdout(std::process::Stdio::null()).spawn().expect("the program runs")
    };
    let children: Vec<Child> = names.iter().map(start).collect();
    for mut child in children {
        assert!(child.wait().expect("an end").success());
    }
    let said = home.run(&["repo", "list", "--no-headers"]).ok();
    let mut listed: Vec<&str> =
        said.lines().map(|line| line.split('\t').next().unwrap_or_default()).collect();
    listed.sort_unstable();
    assert_eq!(listed, names);
}

#[test]
fn what_is_wrong_leaves_nothing() {
    let (home, web) = (Home::new(), serve());
    web.put("/bad/index.yaml", "[");
    for url in
        [&web.url("/bad"), &web.url("/nothing"), "http://127.0.0.1:1", "ftp://x", "oci://h/a"]
    {
        let error = home.run(&["repo", "add", "main", url]).error();
        assert!(error.contains("\nhint: "), "{error}");
    }
    assert!(!home.join(".cache/helm/repository").exists());
    assert_eq!(home.list(".config/helm"), ["repositories.lock"]);
    home.run(&["repo", "add", "main", &web.url("")]).ok();
    let before = home.read(".cache/helm/repository/main-index.yaml");
    web.put("/index.yaml", "entries: 5");
    let ran = home.run(&["repo", "update"]);
    assert_eq!(ran.code, Some(1));
    let url = web.url("");
    assert_eq!(
        ran.stderr,
        format!("Error: failed to update the following repositories: [{url}]\n")
    );
    assert_eq!(home.read(".cache/helm/repository/main-index.yaml"), before, "the old one stays");
    // Nobody answers there.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    let error = home.run(&["repo", "add", "silent", &url, "--timeout", "50ms"]).error();
    assert!(error.contains("context deadline exceeded"), "{error}");
    assert!(error.ends_with("hint: try again, or give it more time with `--timeout`\n"), "{error}");
}
