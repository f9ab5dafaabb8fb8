//! The commands about chart repositories, beside Helm: what is said, and what is in the files then.

use rhumb_testkit::{ChartFile, Web};

use crate::beside_helm::Beside;

/// Commands after one another; `MAIN` and `OTHER` are repositories.
const COMMANDS: &[&str] = &[
    "repo list",
    "repo list -o json",
    "repo list -o yaml",
    "repo update",
    "repo remove x",
    "search repo",
    "repo add main MAIN",
    "repo add main MAIN",
    "repo add main MAIN/",
    "repo add main OTHER",
    "repo add main OTHER --force-update",
    "repo add other OTHER --username u --password p --pass-credentials --insecure-skip-tls-verify",
    "repo add third MAIN/ --timeout 10s",
    "repo add a/b MAIN",
    "repo add x MAIN/no",
    "repo add x MAIN/bad",
    "repo add x ftp://x",
    "repo add x http://127.0.0.1:1",
    "repo add x https://kubernetes-charts.storage.googleapis.com",
    "repo add x MAIN --ca-file /nope",
    "repo list",
    "repo list --no-headers",
    "repo ls -o json",
    "repo ls -o yaml",
    "repo update main",
    "repo up other",
    "repo update main nope",
    "search repo",
    "search repo web",
    "search repo WEB -l",
    "search repo server --devel",
    "search repo nope",
    "search repo nope -o json",
    "search repo nope --fail-on-no-result",
    "search repo nope --fail-on-no-result -o yaml",
    "search repo -o json",
    "search repo -o yaml -l",
    "search repo --version ^1",
    "search repo -l --version ~1.9",
    "search repo --version x.y",
    "search repo -r w.b$",
    "search repo -r (",
    "search repo main/w",
    "search repo about web",
    "search repo --max-col-width 10",
    "repo remove third nope main",
    "repo rm other",
    "repo list",
    "repo remove main",
    "repo list",
];

/// A file without the times in it.
fn shown(path: &str, bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let is_time = |line: &str| line.contains("generated") || line.contains("created");
    let mut lines: Vec<&str> = text.lines().filter(|line| !is_time(line)).collect();
    // Helm leaves the order to chance.
    if path.contains("-charts.") {
        lines.sort_unstable();
    }
    lines.join("\n").into_bytes()
}

fn serve() -> Web {
    let web = Web::new(&[]);
    let mut index = String::from("apiVersion: v1\nentries:\n");
    for name in ["web", "db-web", "other"] {
        index = format!("{index}  {name}:\n");
        for version in ["1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1"] {
            let chart = ChartFile::small(name, version);
            web.put(&format!("/{}", chart.file_name()), &chart.archive);
            let entry = chart.index_entry(&chart.file_name());
            let entry = entry.replace("urls:", "keywords: [kube, web server], urls:");
            index = format!("{index}  - {entry}\n");
        }
    }
    web.put("/index.yaml", index);
    web.put("/bad/index.yaml", "entries: {}");
    web
}

#[test]
#[ignore = "needs helm"]
fn helm_keeps_repositories_the_same_way() {
    let (beside, web, second) = (Beside::new(), serve(), serve());
    let (main, other) = (web.url(""), second.url(""));
    beside.write("all/.keep", "");
    let config =
        ["--repository-config", "all/repositories.yaml", "--repository-cache", "all/cache"];
    for words in COMMANDS {
        let words = words.replace("MAIN", &main).replace("OTHER", &other);
        let words: Vec<&str> = words.split(' ').chain(config).collect();
        beside.compare_files_by(&words, "all", shown);
    }
    for text in ["", "[]", "a: b: c", "repositories: 5", "generated: x"] {
        beside.write("all/repositories.yaml", text);
        for words in
            ["repo list", "repo update", "repo remove x", "search repo", "repo add main MAIN"]
        {
            let words = words.replace("MAIN", &main);
            let words: Vec<&str> = words.split(' ').chain(config).collect();
            beside.compare_files_by(&words, "all", shown);
        }
    }
}

#[test]
#[ignore = "needs helm"]
fn helm_makes_the_same_indexes() {
    let beside = Beside::new();
    for (name, version, to) in [
        ("web", "1.0.0", "a"),
        ("web", "1.1.0", "b"),
        ("db", "0.1.0", "sub/c"),
        ("no", "1.0.0", "sub/sub/d"),
    ] {
        beside.write(&format!("dir/{to}.tgz"), ChartFile::small(name, version).archive);
    }
    beside.write("dir/bad.tgz", "no archive");
    beside.write("dir/old.yaml", "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: [x]}, {name: web, version: 0.9.0, urls: [y]}], gone: [{name: gone, version: v1, digest: z, urls: []}]}\n");
    for flags in [
        "",
        " --url http://h/x/",
        " --url http://h?q=1 --json",
        " --url x/y",
        " --merge dir/new.yaml",
        " --merge dir/new.json --json",
        " --merge dir/old.yaml",
        " --merge dir/bad.tgz",
    ] {
        let words = format!("repo index dir{flags}");
        let words: Vec<&str> = words.split(' ').collect();
        beside.compare_files_by(&words, "dir", shown);
    }
}
