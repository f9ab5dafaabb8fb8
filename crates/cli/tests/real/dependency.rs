//! The charts that a chart needs, beside Helm: what is fetched, the lock, and what is said.

use std::io::Read as _;

use flate2::read::GzDecoder;
use rhumb_testkit::{ChartFile, Client as _, Helm, Registry, Web};

use crate::beside_helm::Beside;

/// What of a file is compared: not when a lock was made, and of archives that were packed here what is in them, for
/// they are compressed in another way.
fn shown(path: &str, bytes: &[u8]) -> Vec<u8> {
    if path.ends_with("/Chart.lock") {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().filter(|line| !line.starts_with("generated: "));
        return lines.collect::<Vec<_>>().join("\n").into_bytes();
    }
    if !path.contains("local-") {
        return bytes.to_vec();
    }
    let mut archive = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut archive).expect("an archive");
    archive
}

fn serve(beside: &Beside, name: &str, versions: &[&str]) -> Web {
    let web = Web::new(&[]);
    let mut index = format!("apiVersion: v1\nentries:\n  {name}:\n");
    for version in versions {
        let chart = ChartFile::small(name, version);
        web.put(&format!("/{}", chart.file_name()), &chart.archive);
        index = format!("{index}  - {}\n", chart.index_entry(&chart.file_name()));
    }
    web.put("/index.yaml", &index);
    beside.write(".config/helm/repositories.yaml", "repositories: []\n");
    web
}

/// Dependencies, one chart each; `MAIN` is a repository that the user has, `OTHER` one that the user does not have,
/// and `OCI` a registry.
const CHARTS: &[&str] = &[
    "- {name: web, version: ^1, repository: MAIN}",
    "- {name: web, version: 1.0.x, repository: 'MAIN/'}",
    "- {name: web, version: '', repository: '@main'}",
    "- {name: web, version: '*', repository: 'alias:main', alias: a, tags: [x, y], condition: a.b, import-values: [c, {child: d, parent: e}]}",
    "- {name: web, version: 1, repository: MAIN}\n- {name: web, version: 1, repository: MAIN, alias: b}",
    "- {name: db, version: '>=2', repository: OTHER}",
    "- {name: db, version: ^2, repository: OTHER}\n- {name: web, version: ~1.0, repository: '@main'}",
    "- {name: local, version: '>0', repository: 'file://../local'}",
    "- {name: local, version: ^9, repository: 'file://../local'}",
    "- {name: local, version: ^1, repository: 'file://../nowhere'}",
    "- {name: nest, version: ^1, repository: ''}",
    "- {name: nest, version: ^2, repository: ''}",
    "- {name: none, version: ^2, repository: ''}",
    "- {name: web, version: ^1, repository: OCI}",
    "- {name: web, version: 1.0.0, repository: OCI}",
    "- {name: web, version: ^7, repository: OCI}",
    "- {name: web, version: ^7, repository: MAIN}\n- {name: db, version: ^7, repository: OTHER}",
    "- {name: db, version: ^1, repository: MAIN}",
    "- {name: web, version: a b, repository: MAIN}",
    "- {name: web, version: ^1, repository: OTHER/nowhere}",
    "- {name: web, version: ^1, repository: 'http://127.0.0.1:1'}",
    "- {name: web, version: ^1, repository: stable}\n- {name: db, version: ^1, repository: '@nobody'}",
    "- {name: web, version: ^1, repository: 'alias:nobody'}",
    "- {name: web, version: ^1, repository: 'ftp://h/x'}",
];

#[test]
#[ignore = "needs helm"]
fn helm() {
    let beside = Beside::new();
    let (main, other) = (
        serve(&beside, "web", &["1.0.0", "1.1.0", "v1.0.5", "2.0.0-rc.1"]),
        serve(&beside, "db", &["1.0.0", "2.0.0"]),
    );
    let registry = Registry::embedded();
    let pusher = Helm::new(env!("CARGO_BIN_EXE_rhumb"), &registry);
    for version in ["1.0.0", "1.2.0"] {
        pusher.push("charts", &ChartFile::small("web", version));
    }
    let oci = format!("oci://{}/{}", registry.host(), registry.repository("charts"));
    let config = format!("repositories:\n- {{name: main, url: '{}'}}\n", main.url(""));
    beside.write(".config/helm/repositories.yaml", config);
    let chart = |name: &str| format!("apiVersion: v2\nname: {name}\nversion: 1.2.3\n");
    beside.write("local/Chart.yaml", chart("local"));
    beside.write("local/values.yaml", "a: b\n");
    for dependencies in CHARTS {
        let text = dependencies.replace("MAIN", &main.url(""));
        let text = text.replace("OTHER", &other.url("")).replace("OCI", &oci);
        std::fs::remove_dir_all(beside.path().join("all")).ok();
        beside.write("all/Chart.yaml", format!("{}dependencies:\n{text}\n", chart("all")));
        beside.write("all/charts/nest/Chart.yaml", chart("nest"));
        beside.write("all/charts/old-1.0.0.tgz", ChartFile::small("old", "1.0.0").archive);
        for words in [
            "dependency list all",
            "dependency update all --plain-http",
            "dependency list all",
            "dependency build all --plain-http",
            "dep up all --skip-refresh --plain-http",
            "template all",
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            beside.compare_files_by(&words, "all", shown);
        }
        std::fs::remove_dir_all(beside.path().join("all/charts")).expect("a folder");
        let words = ["template", "all", "--dependency-update", "--plain-http"];
        beside.compare_files_by(&words, "all", shown);
        // The lock is of other dependencies then.
        beside.write("all/Chart.yaml", format!("{}dependencies: []\n", chart("all")));
        beside.compare_files_by(&["dep", "build", "all"], "all", shown);
        beside.compare_files_by(&["dep", "update", "all"], "all", shown);
    }
    for words in
        ["dep update nowhere", "dep build local/Chart.yaml", "dep list nowhere", "dep update local"]
    {
        beside.compare(&words.split(' ').collect::<Vec<_>>());
    }
}
