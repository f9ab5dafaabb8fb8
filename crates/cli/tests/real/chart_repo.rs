//! Chart repositories beside Helm: what is found in an index, and what is said of one that is wrong.

use rhumb_testkit::{ChartFile, Web};

use crate::beside_helm::Beside;

const INDEX: &str = ".cache/helm/repository/main-index.yaml";
const CONFIG: &str = ".config/helm/repositories.yaml";

/// Indexes, most of them wrong; `BASE` is the repository.
const INDEXES: &[&str] = &[
    "",
    "a: b",
    "apiVersion: v1\n",
    "{\"apiVersion\":\"v1\",\"more\":1}",
    "[]",
    "apiVersion: v1\nentries: 5\n",
    "apiVersion: v1\nentries: {web: 5}\n",
    "apiVersion: v1\nentries: {web: [5]}\n",
    "apiVersion: v1\nentries: {web: [{}]}\n",
    "apiVersion: v1\nentries: {web: [null, {name: web, version: 1.0.0, foo: 1}]}\n",
    "apiVersion: v1\nentries: {web: [null, {name: web, version: 1.0.0}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: bad, urls: [a]}, {name: '', version: 1.0.0}, {name: web, version: 1.0.0, created: x}]}\n",
    "apiVersion: v1\napiVersion: v2\n",
    "apiVersion: v1\n  a: b: c\n",
    "entries: {}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: [BASE/web-1.0.0.tgz], digest: zz}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: [BASE/web-1.0.0.tgz], digest: ab}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: [BASE/web-1.0.0.tgz], digest: abc}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: [web-1.0.0.tgz?a=b, other]}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: ['%zz']}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: ['']}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, urls: [ftp://x/y]}]}\n",
    "apiVersion: 1\nserverInfo: {a: 1}\ngenerated: x\nentries: {}\n",
    "{\"apiVersion\":\"v1\",\"entries\":{\"web\":[{\"name\":\"web\",\"version\":1}]}}",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, dependencies: [{name: a, alias: b c}]}, {name: web, version: 0.9.0, dependencies: [{name: a}, {name: a}], urls: [web-1.0.0.tgz]}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, maintainers: [{name: 5}]}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, dependencies: [{nme: x}]}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, annotations: {a: 5}}]}\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, created: 5}]}\n",
    "apiVersion: v1\npublicKeys: [5, {}]\n",
    "apiVersion: v1\nentries: {web: [{name: web, version: 1.0.0, deprecated: x, removed: 3}]}\n",
];

const CONFIGS: &[&str] = &[
    "",
    "[]",
    "a: b: c",
    "repositories: 5",
    "repositories: [5]",
    "repositories: [{name: main}]",
    "repositories: [{name: main, url: '%zz'}]",
    "repositories: [{name: main, url: ftp://x}]",
    "repositories: [{name: main, url: 'BASE/x', caFile: /nope}]",
    "repositories: [{name: main, url: 'BASE', certFile: /nope}]",
    "repositories: [{name: main, url: 'BASE', username: 5, password: p}]",
    "generated: x\nrepositories: []",
    "repositories: [{name: main, url: 'BASE/a%2Fb'}]",
];

fn serve(beside: &Beside) -> (Web, String) {
    let web = Web::new(&[]);
    let mut index = String::from("apiVersion: v1\nentries:\n  web:\n");
    for version in ["1.0.0", "1.1.0", "v1.0.5", "0.9.0+b", "2.0.0-rc.1"] {
        let chart = ChartFile::small("web", version);
        web.put(&format!("/{}", chart.file_name()), &chart.archive);
        index = format!("{index}  - {}\n", chart.index_entry(&chart.file_name()));
    }
    web.put("/index.yaml", &index);
    beside.write(CONFIG, format!("repositories:\n- {{name: main, url: '{}'}}\n", web.url("")));
    beside.write(INDEX, &index);
    (web, index)
}

#[test]
#[ignore = "needs helm"]
fn helm_finds_the_same_charts() {
    let beside = Beside::new();
    let (web, _) = serve(&beside);
    let base = web.url("");
    web.put("/page", "<html></html>");
    let ranges = [
        "",
        "1.0.0",
        "1.0.5",
        "v1.0.5",
        "^1",
        "1",
        "1.1",
        "0.9.0",
        "0.9.0+b",
        "2.0.0-rc.1",
        ">1.1",
        ">=2.0.0-0",
        "9",
        "a b",
        "1.0.x",
        "latest",
    ];
    for range in ranges {
        beside.compare(&["show", "chart", "main/web", "--version", range]);
        beside.compare(&["template", "web", "--repo", &base, "--version", range]);
    }
    for words in [
        "show chart main/web --devel",
        "show chart web --repo BASE --devel",
        "show all main/db",
        "show values other/web",
        "show chart web",
        "show chart main//web",
        "show chart BASE/web-1.0.0.tgz --version 9",
        "show chart BASE/web-7.tgz",
        "show chart BASE/page",
        "show chart BASE",
        "show chart ftp://h/x",
        "show chart file:///x/y",
        "show chart a%zz/b",
        "show chart oci://",
        "show chart web --repo x",
        "show chart web --repo ftp://x",
        "show chart web --repo %zz",
        "show chart web --repo BASE/no",
        "show chart web --repo http://127.0.0.1:1",
        "show chart db --repo BASE",
        "show chart db --repo BASE --version 1",
        "pull web",
        "pull ./main",
        "pull main/web --version 9",
        "template rel main/web --ca-file /nope",
        "template rel main/web --cert-file /nope --key-file /nope",
        "template rel main/web --ca-file .config/helm/repositories.yaml",
    ] {
        let words = words.replace("BASE", &base);
        beside.compare(&words.split(' ').collect::<Vec<_>>());
    }
    for words in
        [&["pull", "main/web"][..], &["pull", "web", "--repo", &base, "--version", "v1.0.5"]]
    {
        beside.write("to/.keep", "");
        beside.compare_files(&[words, &["-d", "to"]].concat(), "to");
    }
}

#[test]
#[ignore = "needs helm"]
fn helm_says_the_same_of_wrong_files() {
    let beside = Beside::new();
    let (web, index) = serve(&beside);
    for text in INDEXES {
        beside.write(INDEX, text.replace("BASE", &web.url("")));
        beside.compare(&["show", "chart", "main/web"]);
        web.put("/other/index.yaml", text.replace("BASE", &web.url("")));
        // What Helm warns of it has twice: it reads the index again from a file of a random name.
        if !text.contains("[{") && !text.contains("null") {
            beside.compare(&["show", "chart", "web", "--repo", &web.url("/other")]);
        }
    }
    beside.write(INDEX, &index);
    for text in CONFIGS {
        beside.write(CONFIG, text.replace("BASE", &web.url("")));
        beside.compare(&["show", "chart", "main/web", "--version", "1.0.0"]);
    }
    std::fs::remove_file(beside.path().join(INDEX)).expect("a file");
    beside.write(CONFIG, format!("repositories: [{{name: main, url: '{}'}}]", web.url("")));
    beside.compare(&["show", "chart", "main/web"]);
    beside.compare(&["show", "chart", &web.url("/web-1.0.0.tgz")]);
}

#[test]
#[ignore = "needs helm"]
fn helm_trusts_the_same_servers() {
    let beside = Beside::new();
    let (web, authority) = Web::with_tls(&[], beside.path());
    let chart = ChartFile::small("web", "1.0.0");
    web.put("/web-1.0.0.tgz", &chart.archive);
    let entry = chart.index_entry("web-1.0.0.tgz");
    let index = format!("apiVersion: v1\nentries: {{web: [{entry}]}}\n");
    web.put("/index.yaml", &index);
    beside.write(INDEX, index);
    beside.write("Chart.yaml", "apiVersion: v2\nname: all\nversion: 1.0.0\ndependencies: [{name: web, version: ^1, repository: '@main'}]\n");
    let authority = authority.display().to_string();
    for more in [
        String::new(),
        format!(", caFile: '{authority}'"),
        ", insecure_skip_tls_verify: true".to_owned(),
        format!(", insecure_skip_tls_verify: true, caFile: '{authority}'"),
        ", caFile: Chart.yaml".to_owned(),
        format!(", certFile: '{authority}', keyFile: /nope"),
    ] {
        let config = format!("repositories: [{{name: main, url: '{}'{more}}}]", web.url(""));
        beside.write(CONFIG, config);
        for words in [
            "show chart main/web",
            "show chart main/web --ca-file AUTHORITY",
            "show chart main/web --insecure-skip-tls-verify",
            "show chart BASE/web-1.0.0.tgz",
            "show chart web --repo BASE",
            "show chart web --repo BASE --ca-file AUTHORITY",
            "show chart web --repo BASE --insecure-skip-tls-verify",
            "show chart web --repo BASE --plain-http",
            "repo update",
            "dependency update .",
            // Last: of two entries with one address, Helm asks either, whichever its map gives first.
            "repo add other BASE --insecure-skip-tls-verify --force-update",
        ] {
            let words = words.replace("AUTHORITY", &authority).replace("BASE", &web.url(""));
            let words: Vec<&str> = words.split(' ').collect();
            let (helm, rhumb) = beside.ask_both(&words, ".cache/helm/content");
            assert_eq!(rhumb, helm, "{words:?} {more}");
        }
    }
}
